"""The title that a new text prints, and the genre that its title or its own words name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from opencc import OpenCC

from corpus.intake.lines import Found, Line, Lines, fields
from corpus.script import fold, fold_aligned

# the 15 kinds of the Regulations on the Handling of Official Documents, those of regulations, and those of planning
_KINDS = (
    "决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 复函 函 纪要 条例 规定 办法 细则 规程 规则 规范 "
    "准则 守则 章程 制度 标准 纲要 规划 计划 方案 要点 措施 安排 指南 指引 清单 目录 指标体系 总结 "
    "倡议书 责任书 预案 法 解释"
).split()
_MODIFIERS = "若干 工作 实施 行动 指导 管理 落实 暂行 评估 评价 考核 操作 建设 改革 发展 应急".split()
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
GENRE = rf"(?:{'|'.join(_MODIFIERS)})?(?:{_KIND})"
_REMARK = (
    r"(?:[(〔\[](?:试行|暂行|修订|修订版|修正|修正案|[^()〔〕\[\]]{0,8}(?:稿|草案)|节选|\d{4}年[^()]{0,6})[)〕\]])"
)
_ENDS_AS_TITLE = re.compile(rf"(?P<genre>{GENRE})[》〉]?(?P<remark>{_REMARK}*)$")
_NO_TITLE = re.compile(
    r"[。;:!?,]|^(?:各|附件|附:|抄送|主送|此件|签发人|目录|\d+$)|^[(〔].*[)〕]$|文件$|\d+号$|日$|令$"
)
_ISSUES = re.compile(
    r"(?:印发|转发|批转|发布|公布|颁布)[《〈]?(?P<issued>.{4,}?)[》〉]?(?P<remark>\(.{2,8}\))?的(?:通知|决定|公告|函)$"
)
ORGANISATION = (
    r"(?:委员会|办公[室厅]|政府|国务院|[厅局委院署部室办处科]|党组|领导小组|中心|大学|学院|学校|[中小]学|幼儿园|集团|联合会"
    r"|学会|协会|督导团|督导组)"
)
_ISSUER_LINE = re.compile(rf".*(?:{ORGANISATION}|[省市县区旗州盟])$")
_ISSUES_WORD = re.compile("印发|转发|批转")
_ABOUT = re.compile(r".{0,40}关于")
_SELF = re.compile(rf"(?:本|如下|下列)(?P<genre>{GENRE})")
_SHORTEST_LINE, _LONGEST_LINE, _MOST_LINES, _LONG_ENOUGH = 3, 60, 4, 15
_CAPTION = 4  # 通知公告, 政策法规: a line this short is no title
_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿|审议稿|意见征集稿")


def find_title(lines: Lines) -> Found[str] | None:
    """Return the title of the text; of a notice that issues another text which follows, the title of that text."""
    printed = printed_title(lines)
    if printed is None:
        stated = next(fields((*lines.head, *lines.margins), "标题|名称|文件名称|articletitle"), None)
        return _tidied(stated, lines) if stated else None
    block, after = printed
    whole = join_lines(block)
    issued = _ISSUES.search(fold(whole.value))
    own = _standing_alone(issued["issued"] + (issued["remark"] or ""), lines.head[after:]) if issued else None
    return _tidied(own or whole, lines)


def printed_title(lines: Lines) -> tuple[tuple[Line, ...], int] | None:
    """Return the lines of the head that are its first title, and the number of the line after them."""
    head = lines.head
    for end, line in enumerate(head):
        if len(line.text) <= _CAPTION or not _like_title(line) or not _ENDS_AS_TITLE.search(fold(line.text)):
            continue
        first = end
        while first and end - first < _MOST_LINES - 1 and _runs_on(head[first - 1], head[first]):
            first -= 1
        last = end + 1
        if last < len(head) and _like_title(head[last]) and re.match("的.{0,2}(?:通知|函|决定)$", head[last].folded):
            last += 1
        if last < len(head) and _is_remark(head[last]):
            last += 1
        return head[first:last], last
    return None


def find_genre(title: Found[str] | None, lines: Lines) -> Found[str] | None:
    """Return the kind of document, simplified: as the title ends, else as the text calls itself (本实施方案)."""
    if title:
        match = _ENDS_AS_TITLE.search(fold(title.value))
        return Found(match["genre"], title.quote, title.start) if match else None
    counted: Counter[str] = Counter()
    first: dict[str, Found[str]] = {}
    for line in lines.body:
        for match in _SELF.finditer(line.folded):
            counted[match["genre"]] += 1
            first.setdefault(match["genre"], line.found(match["genre"], *match.span()))
    return first[max(counted, key=lambda genre: counted[genre])] if counted else None


def find_draft(title: Found[str] | None, lines: Lines) -> Found[str] | None:
    """Return the wording of the title that calls the text a draft."""
    if title and (match := _DRAFT.search(fold(title.value))):
        return Found(match.group(), title.quote, title.start)
    for line in lines.head:
        if re.fullmatch(rf"[(〔\[](?:{_DRAFT.pattern})[)〕\]]", fold(line.text)):
            return line.found(line.folded.strip("()〔〕[]"))
    return None


def _like_title(line: Line) -> bool:
    return _SHORTEST_LINE <= len(line.text) <= _LONGEST_LINE and not _NO_TITLE.search(line.folded)


def _is_remark(line: Line) -> bool:
    """（试行） and the like on a line of its own."""
    return re.fullmatch(_REMARK, fold(line.text)) is not None


def _runs_on(above: Line, below: Line) -> bool:
    """Whether the title goes on from the line `above`: an issuer's name, or words too long for a caption."""
    if not _like_title(above) or fold(below.text).startswith(fold(above.text)):
        return False
    return bool(_ISSUER_LINE.match(above.folded) or _ABOUT.match(above.folded) or len(above.text) >= _LONG_ENOUGH)


def join_lines(block: Sequence[Line]) -> Found[str]:
    """Return the lines of a title as one text, with a space between the names of two offices."""
    text = block[0].text
    for line in block[1:]:
        both = _ISSUER_LINE.match(fold_aligned(text)) and not re.match("关于|印发|转发", line.folded)
        organisation = re.search(rf"{ORGANISATION}(?:关于|$)", line.folded)
        text += (" " if both and organisation else "") + line.text
    quote = "\n".join(line.text for line in block)
    return Found(text, quote, block[0].start)


def _standing_alone(issued: str, lines: Sequence[Line]) -> Found[str] | None:
    """The issued text's own title: one to three lines that read as the notice names it, or end so."""
    wanted = fold(issued)
    ending: Found[str] | None = None
    for n in range(len(lines)):
        for size in range(1, 4):
            block = lines[n : n + size]
            if not all(_like_title(line) or _is_remark(line) for line in block):
                break
            text = fold("".join(line.text for line in block)).strip("《》")
            if text == wanted:
                return join_lines(block)
            if text.endswith(wanted) and not _ISSUES_WORD.search(text):
                ending = ending or join_lines(block)
    return ending


def _tidied(title: Found[str], lines: Lines) -> Found[str]:
    """Without spaces inside words, and in one script."""
    text = re.sub(r"(\S+)\s+(?=(\S+))", _spaced, title.value.strip("《》"))
    if _is_mixed(text) and sum(_leaning(line.text) for line in lines.body) >= 0:
        text = _simplifier().convert(text)
    return Found(text, title.quote, title.start)


def _spaced(match: re.Match[str]) -> str:
    """A space stays between two offices and between two Latin words."""
    left, right = fold_aligned(match[1]), fold_aligned(match[2])
    offices = re.search(rf"{ORGANISATION}$", left) and not re.match("关于|印发|转发", right)
    keep = offices or left[-1].isascii() and right[0].isascii() and not right[0].isdigit()
    return match[1] + (" " if keep else "")


def _is_mixed(text: str) -> bool:
    simple: str = _simplifier().convert(text)
    traditional: str = _traditionaliser().convert(text)
    return simple != text != traditional


def _leaning(text: str) -> int:
    """How many characters are simplified, less those that are traditional."""
    pairs = zip(text, _simplifier().convert(text), _traditionaliser().convert(text), strict=False)
    return sum((c != traditional) - (c != simple) for c, simple, traditional in pairs)


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _traditionaliser() -> OpenCC:
    return OpenCC("s2t")
