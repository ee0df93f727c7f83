"""The grammar of heading markers in official documents.

Levels follow GB/T 9704-2012 (format of party and government documents): 一、 then （一） then 1. then （1）;
regulations use 第X章, 第X节, 第X条 (Legislation Law, article 65).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold_aligned

Level = Literal["chapter", "article", "han", "paren", "digit", "item"]

_HAN = f"[{NUMERAL_CHARS}]{{1,7}}"
_GRAMMAR: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第({_HAN}|\d{{1,3}})[章编]\s*")),
    ("article", re.compile(rf"第({_HAN}|\d{{1,4}})条(?:之{_HAN})?\s*(?![的、和至及或所款,;]|规定)")),
    ("han", re.compile(rf"({_HAN})、\s*")),
    ("paren", re.compile(rf"[(〔]({_HAN})[)〕]\s*(?![、项款])")),
    ("item", re.compile(r"[(〔](\d{1,3})[)〕]\s*|(?:——|--)\s*")),
    ("digit", re.compile(r"(\d{1,3})[.．、](?!\d)\s*")),
)
_CIRCLED = re.compile(r"[①-⑳]")
MARK_LENGTH = 24  # no marker is longer; only this much of a line is folded and matched


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading marker at the start of a line; `length` counts its code points, trailing spaces included."""

    level: Level
    number: int | None
    length: int
    label: str


def read_marker(line: str) -> Marker | None:
    """Return the marker with which `line` begins, or None.

    A line that begins with a reference (第五条规定…, （三）项…) has no marker.
    """
    if _CIRCLED.match(line):  # folding turns ① into 1
        return Marker("item", int(unicodedata.normalize("NFKC", line[0])), 1, line[0])
    head = fold_aligned(line[:MARK_LENGTH])
    for level, pattern in _GRAMMAR:
        match = pattern.match(head)
        if match:
            number = next((g for g in match.groups() if g), None)
            label = line[: match.end()].strip()
            return Marker(level, parse_numeral(number) if number else None, match.end(), label)
    return None
