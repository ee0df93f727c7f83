"""Lines that are layout and no text: page numbers, captions of a site, tables of contents, a second printing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.script import fold

_PAGE_NUMBER = re.compile(
    r"[-—–－·•]*(?:第?\d{1,4}页?|\d{1,4}/\d{1,4})[-—–－·•]*"
    r"|[-—–－]*第\d{1,4}页[,/]?[共总]?\d{1,4}页?[-—–－]*|[-—–－]*共\d{1,4}页[,/]?第\d{1,4}页[-—–－]*"
)
_FURNITURE = frozenset(
    "印发通知 方案全文 通知全文 正文 全文 打印 关闭 打印本页 关闭窗口 返回顶部 分享到 收藏 字体大小".split()
)
_STRAY = re.compile(r"[|｜_=*#~·•\-]{1,3}")
_CONTENTS = re.compile(r"(?:目录|目次|contents):?")
_LEADERS = re.compile(r"(.{1,80}?)[.·…‥⋯—]{3,}[(-]?(?:\d{1,3}|[ivx]{1,5})[)-]?")
_ENTRY = re.compile(r"(.{2,60}?)(?:[.·…‥⋯—]*\d{1,3})?")
_LONGEST_ENTRY, _FEWEST_ENTRIES = 120, 2
_MIN_REPEAT_LINES, _MIN_REPEAT_CHARS = 3, 200


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of the raw text without its margins; `start` and `end` are raw offsets."""

    start: int
    end: int
    text: str


Reader = Callable[[Sequence[RawLine]], list[int]]


def page_numbers(lines: Sequence[RawLine]) -> list[int]:
    """Lines that hold a page number alone, as in — 4 — or 第4页 共9页; never the first or only line."""
    return [i for i, line in enumerate(lines) if i and len(line.text) <= 24 and _PAGE_NUMBER.fullmatch(fold(line.text))]


def web_furniture(lines: Sequence[RawLine]) -> list[int]:
    """Captions that sites print around a text."""
    return [i for i, line in enumerate(lines) if len(line.text) <= 6 and fold(line.text) in _FURNITURE]


def stray_marks(lines: Sequence[RawLine]) -> list[int]:
    """Lines of one to three marks that are no words."""
    return [i for i, line in enumerate(lines) if _STRAY.fullmatch(line.text)]


def repeated_block(lines: Sequence[RawLine]) -> list[int]:
    """The lines at the end of the text that repeat, without a gap, a run of lines before them."""
    backwards = [line.text for line in reversed(lines)]
    lengths = list(accumulate(map(len, backwards)))
    agree = _agreements(backwards)
    for size in range(len(lines) // 2, _MIN_REPEAT_LINES - 1, -1):
        if agree[size] >= size and lengths[size - 1] >= _MIN_REPEAT_CHARS:
            return list(range(len(lines) - size, len(lines)))
    return []


def contents(lines: Sequence[RawLine]) -> list[int]:
    """A table of contents: its caption 目录 and the entries below, or two and more lines led by dots to a page number.

    Below the caption an entry is led to a page number, or it stands again further down as a heading of the text.
    """
    keys = [fold(line.text) if len(line.text) <= _LONGEST_ENTRY else "" for line in lines]
    last = {key: i for i, key in enumerate(keys)}
    led = [bool(_LEADERS.fullmatch(key)) for key in keys]
    out: list[int] = []
    at = 0
    while at < len(lines):
        captioned = bool(_CONTENTS.fullmatch(keys[at]))
        end = at + captioned
        while end < len(lines) and (led[end] or captioned and _stands_again(keys[end], lines[end].text, end, last)):
            end += 1
        if end - at - captioned >= _FEWEST_ENTRIES:
            out += range(at, end)
        at = max(end, at + 1)
    return out


def _stands_again(key: str, text: str, at: int, last: dict[str, int]) -> bool:
    if "\t" in text and text.rsplit("\t", 1)[1].strip().isdigit():
        return True
    match = _ENTRY.fullmatch(key)
    return bool(key) and (last[key] > at or bool(match) and last.get(match[1] if match else "", -1) > at)


def _agreements(items: Sequence[str]) -> list[int]:
    """How many items from each place on agree with those from the first on (the Z function, in linear time)."""
    n = len(items)
    out = [n] + [0] * n
    left = right = 0
    for i in range(1, n):
        length = min(right - i, out[i - left]) if i < right else 0
        while i + length < n and items[length] == items[i + length]:
            length += 1
        out[i] = length
        if i + length > right:
            left, right = i, i + length
    return out
