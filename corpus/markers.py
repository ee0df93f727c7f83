"""The grammar of heading markers in official documents.

Levels follow GB/T 9704-2012 (format of party and government documents): 一、 then （一） then 1. then （1）;
regulations use 第X编, 第X章, 第X节, 第X条 (Legislation Law, article 65), and 第X条之一 for an article put in later.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold_aligned

Level = Literal[
    "book", "chapter", "division", "article", "han", "paren", "digit", "round", "half", "circled", "dash"
]  # fmt: skip
ITEM_LEVELS: frozenset[Level] = frozenset(("round", "half", "circled", "dash"))

_HAN = f"[{NUMERAL_CHARS}]{{1,7}}"
_JOINED = r"[和及至或与](?:第|前|本|[(〔])"
# what follows a number that is referred to, not opened: 第五条规定的…, 第三条、第四条, （三）项所列…
_NO_ARTICLE = rf"(?!第|之规定|[的款,;)》”]|、第|规定|所列|所称|所指|中的|要求的|项(?!目)|{_JOINED})"
_NO_CHAPTER = rf"(?!第|的|、第|规定|所|{_JOINED})"
_NO_PAREN = rf"(?!项(?!目)|款(?![待项])|目(?![标录的])|、[(〔]|{_JOINED})"
_GRAMMAR: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("book", re.compile(rf"第(?P<n>{_HAN}|\d{{1,3}})分?编\s*{_NO_CHAPTER}")),
    ("chapter", re.compile(rf"第(?P<n>{_HAN}|\d{{1,3}})章\s*{_NO_CHAPTER}")),
    ("division", re.compile(rf"第(?P<n>{_HAN}|\d{{1,3}})节\s*{_NO_CHAPTER}")),
    ("article", re.compile(rf"第(?P<n>{_HAN}|\d{{1,4}})条(?:之(?P<sub>{_HAN}))?\s*{_NO_ARTICLE}")),
    ("han", re.compile(rf"(?P<n>{_HAN})(?:、|\.(?!\d))\s*")),
    ("paren", re.compile(rf"[(〔](?P<n>{_HAN})[)〕]、?\s*{_NO_PAREN}")),
    ("round", re.compile(r"[(〔](?P<n>\d{1,3})[)〕]\s*")),
    ("dash", re.compile(r"(?:——|--)\s*")),
    ("digit", re.compile(r"(?P<n>\d{1,3})[.、](?!\d)\s*")),
    ("half", re.compile(r"(?P<n>\d{1,3})\)\s*")),
)
_CIRCLED = re.compile(r"[①-⑳]\s*")
MARK_LENGTH = 24  # no marker is longer; only this much of a line is folded and matched


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading marker at the start of a line; `length` counts its code points, trailing spaces included.

    sub: the second number of 第十二条之一.
    """

    level: Level
    number: int | None
    length: int
    label: str
    sub: int | None = None


def read_marker(line: str) -> Marker | None:
    """Return the marker with which `line` begins, or None.

    A line that begins with a reference (第五条规定…, （三）项…) has no marker, nor has a row of a table.
    """
    circled = _CIRCLED.match(line[:MARK_LENGTH])  # folding turns ① into 1
    if circled:
        number = int(unicodedata.normalize("NFKC", line[0]))
        return _unless_row(line, Marker("circled", number, circled.end(), line[0]))
    head = fold_aligned(line[:MARK_LENGTH])
    for level, pattern in _GRAMMAR:
        match = pattern.match(head)
        if match:
            return _unless_row(line, _marker(level, match, line))
    return None


def is_table_row(line: str) -> bool:
    """Whether `line` is a row of a table: cells set apart by a tab, other than a tab after a heading marker."""
    return "\t" in line and read_marker(line) is None


def _marker(level: Level, match: re.Match[str], line: str) -> Marker | None:
    groups = match.groupdict()
    label = line[: match.end()].strip()
    if "n" not in groups:
        return Marker(level, None, match.end(), label)
    number, sub = parse_numeral(groups["n"]), parse_numeral(groups.get("sub") or "")
    return Marker(level, number, match.end(), label, sub) if number else None


def _unless_row(line: str, marker: Marker | None) -> Marker | None:
    return None if marker is None or "\t" in line[marker.length :] else marker
