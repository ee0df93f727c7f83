"""Which lines of a web page are the policy text, and which stand around it.

Lines that read as running text or as numbered headings are the text; whatever stands between the first and the last of
them stays unless it is clearly furniture, and short lines before and after them (title, number, signature, date,
attachments) stay up to the next furniture. Furniture left in the text does less harm than text left out: that is why
this is done here and not by trafilatura, which left out titles, attachments and paragraphs that are links, and glued
paragraphs of table layouts together, in all three pages of the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from corpus.intake.web_line import Line
from corpus.markers import read_marker
from corpus.notes import read_note

_SENTENCE = re.compile(r"[。；！？;]|，.*，|[，：:]$")
_SHORTEST_SENTENCE, _LONG_TEXT = 10, 40  # characters outside links
_LINKED = 0.5  # share of a line's characters that stand in links
_SHORTEST_TITLE = 6
_HELD = 1 / 2  # a block with more of the running text than this is no furniture, whatever its name
_ATTACHED = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|rar|zip|rtf|txt|jpe?g|png|tif)(?:[?#].*)?$", re.I)
_ATTACHMENT = re.compile(r"附\s*[件表图]|下载")
_OWNER = re.compile(r"[ICP备]{3,4}\s*[\d第]|公网安备|网站标识码|版权所有|copyright|©|all rights reserved", re.I)
_FOOTER = re.compile(
    r"技术支持\s*[:：]|网站地图|浏览器.{0,12}(?:浏览|访问|版本|以上)|分辨率.{0,12}浏览|您是第.{0,12}位"
    r"|无障碍(?:浏览|阅读)|建议使用.{0,20}浏览",
    re.I,
)
_CRUMBS = re.compile(
    r"(?:您?的?|您)?(?:当前|现在|所在)(?:的)?(?:位置|页面|栏目)\s*[:：]?|首\s*页\s*(?:[>›»/|\-]|&gt;|＞|→)|位置\s*[:：]\s*首\s*页"
)
_BUTTON = re.compile(
    r"[\[【〖(（\s]*(?:打\s*印|关\s*闭|收\s*藏|分\s*享|扫一扫|返回|责任编辑|审\s*核\s*[:：]|编\s*辑\s*[:：]|上一[篇条页]"
    r"|下一[篇条页]|我要纠错|语音播报|朗读|放大|缩小|二维码|相关(?:链接|文档|新闻|解读|阅读|附件下载|稿件)"
    r"|政策解读\s*$|下载\s*(?:word|pdf|文字)版|视力保护)"
)
_ABOUT = re.compile(
    r"[\[【〖(（\s]*(?:字\s*[体号]\s*[:：]?|来\s*源\s*[:：]|信息来源|文章来源|稿源|发布(?:日期|时间|机构|人)|公布日期"
    r"|更新(?:日期|时间)|时\s*间\s*[:：]|日\s*期\s*[:：]|(?:浏览|点击|阅读|访问)(?:次数|率|量)?\s*[:：]|作\s*者\s*[:：]"
    r"|大\s+中\s+小)"
)
_LONGEST_TOOL = 120
_INDEX = re.compile(
    r"[\[【]?\s*(?:索\s*引\s*号|主题(?:分类|词)|组配分类|体裁分类|服务对象|发文(?:机关|机构|单位|日期|字号)|发布机构"
    r"|成文日期|文\s*号|标\s*题|名\s*称|公开(?:方式|形式|类别|范围|时限|日期)|信息(?:类别|名称|分类)|有\s*效\s*性"
    r"|生效日期|废止日期|效力状态|时\s*效|公文种类|关\s*键\s*词|内容概述|统一编号|文件编号)\s*[】\]]?\s*[:：\t]"
)


class Part(Enum):
    """What a line is on its page.

    RUNNING: text in sentences, or a numbered heading. PLAIN: text that may stand anywhere. AROUND: links and captions
    that mark the border of the text. TOOL: a line about the page, which may stand between a title and its text.
    """

    RUNNING = 1
    PLAIN = 2
    AROUND = 3
    TOOL = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines of the text and those around it, each in the page's order.

    found: whether there was running text. doubtful: lines around it that read as running text all the same.
    """

    text: tuple[Line, ...]
    margins: tuple[Line, ...]
    found: bool
    doubtful: tuple[Line, ...]


def choose(lines: list[Line], title: str) -> Choice:
    """Return which of `lines` are the text; title: what the page's head calls it, empty where it has none."""
    parts = _parts(lines)
    running = [i for i, part in enumerate(parts) if part is Part.RUNNING]
    if not running:
        kept = {i for i, part in enumerate(parts) if part is Part.PLAIN}
    else:
        start = _start(lines, parts, running[0], title)
        end = _end(lines, parts, running[-1])
        kept = {i for i in range(start, end) if parts[i] in (Part.RUNNING, Part.PLAIN)}
    margins = tuple(line for i, line in enumerate(lines) if i not in kept)
    return Choice(
        text=tuple(line for i, line in enumerate(lines) if i in kept),
        margins=margins,
        found=bool(running),
        doubtful=tuple(line for line in margins if _runs(line) and not _is_furniture(line.text)),
    )


def _is_furniture(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_OWNER, _FOOTER)) or any(
        pattern.match(text) for pattern in (_CRUMBS, _INDEX, _ABOUT, _BUTTON)
    )


def _parts(lines: list[Line]) -> list[Part]:
    runs = [_runs(line) for line in lines]
    weight = sum(len(line.text) for line, run in zip(lines, runs, strict=True) if run)
    held: dict[int, int] = {}
    holders: set[int] = set()
    for line, run in zip(lines, runs, strict=True):
        if run:
            if not _FOOTER.search(line.text) and not _OWNER.search(line.text):
                holders.add(line.holder)
            for zone in {*line.zones, *line.outside}:
                held[zone] = held.get(zone, 0) + len(line.text)
    furniture = {z for line in lines for z in (*line.zones, *line.outside) if held.get(z, 0) <= weight * _HELD}
    parts = []
    before = True
    for line, run in zip(lines, runs, strict=True):
        part = _part(line, run, furniture, line.holder in holders, before)
        before = before and part is not Part.RUNNING
        parts.append(part)
    return parts


def _part(line: Line, runs: bool, furniture: set[int], beside_text: bool, before_text: bool) -> Part:
    """What a line is; beside_text: its block holds running text too; before_text: none stands before it."""
    text = line.text
    if not runs or not beside_text:
        if _OWNER.search(text) or _CRUMBS.match(text) or not beside_text and _FOOTER.search(text):
            return Part.AROUND
    if len(text) <= _LONGEST_TOOL and _is_tool(line, runs, beside_text, before_text):
        return Part.TOOL
    if furniture.intersection(line.outside) or furniture.intersection(line.zones) and not _stays(line, runs):
        return Part.AROUND
    if runs:
        return Part.RUNNING
    beside_text = beside_text and not before_text and not _is_script(line)
    return Part.AROUND if _is_linked(line) and not _attachment(line) and not beside_text else Part.PLAIN


def _is_tool(line: Line, runs: bool, beside_text: bool, before_text: bool) -> bool:
    """Whether a line is about the page; below the text, a time or a source may belong to it."""
    if before_text and (_INDEX.match(line.text) or _ABOUT.match(line.text) and not runs):
        return True
    return not runs and bool(_BUTTON.match(line.text)) and (not beside_text or line.links > 0)


def _stays(line: Line, runs: bool) -> bool:
    """Whether a line stays though a name says that its block is furniture: names are often taken from elsewhere."""
    return runs and len(line.text) - line.links >= _LONG_TEXT or bool(_ATTACHED.search(line.target))


def _is_linked(line: Line) -> bool:
    return line.links > len(line.text) * _LINKED


def _runs(line: Line) -> bool:
    """Whether a line reads as text of a document: a sentence, a numbered heading or a responsibility note."""
    own = len(line.text) - line.links
    if _is_linked(line):
        return len(line.text) >= _LONG_TEXT and "。" in line.text
    marker = read_marker(line.text)
    if marker and marker.number is not None and not line.row:
        return True
    return own >= _SHORTEST_SENTENCE and bool(_SENTENCE.search(line.text)) or read_note(line.text) is not None


def _attachment(line: Line) -> bool:
    return bool(_ATTACHED.search(line.target) or _ATTACHMENT.search(line.text))


def _is_script(line: Line) -> bool:
    return line.target.strip().lower().startswith(("javascript:", "#"))


def _start(lines: list[Line], parts: list[Part], first: int, title: str) -> int:
    """The first line of the text: its title where one stands above the running text, and what runs up to it."""
    above = [i for i in range(first) if parts[i] is Part.PLAIN]
    named = [i for i in above if _is_title(lines[i].text, title)]
    headings = [i for i in above if lines[i].heading]
    start = max(named, key=lambda i: len(lines[i].text)) if named else max(headings, default=first)
    while start and parts[start - 1] in (Part.PLAIN, Part.TOOL):
        start -= 1
    return start


def _is_title(text: str, title: str) -> bool:
    """Whether a line is what the head calls the page (there often with the site's name), or begins it."""
    text, title = "".join(text.split()), "".join(title.split())
    return len(text) >= _SHORTEST_TITLE and (title.startswith(text) or len(text) * 2 >= len(title) and text in title)


def _end(lines: list[Line], parts: list[Part], last: int) -> int:
    """One behind the last line of the text; a line about the page does not end it."""
    end = last + 1
    while end < len(lines) and parts[end] in (Part.PLAIN, Part.TOOL):
        end += 1
    return end
