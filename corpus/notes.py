"""The responsibility note （责任单位：…） that closes a measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.script import fold_aligned
from corpus.types import Span

_OPEN, _CLOSE = "([〔{", ")]〕}"
_NOTE = re.compile(r"[(〔]责任单位[:]")
_SEPARATORS = "、,;"
_LEAD_RULE = re.compile(r"第一(?:单位|个单位)为(?:牵头|主要责任|责任)?单位")
_HOLDS_ON = re.compile(r"下同")


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility note: its span, the units in it, whether it makes the first one the lead, and from here on."""

    span: Span
    units: tuple[Span, ...]
    first_leads: bool
    holds_on: bool


def read_note(text: str) -> Note | None:
    """Return the last responsibility note of a measure's `text`, spans in code points of `text`."""
    folded = fold_aligned(text)
    starts = [m for m in _NOTE.finditer(folded)]
    if not starts:
        return None
    match = starts[-1]
    end = _closing(folded, match.start())
    inner = Span(match.end(), end - 1 if folded[end - 1] in _CLOSE else end)
    units = []
    first_leads = holds_on = False
    for span in _split(folded, inner):
        word = span.of(folded)
        if _LEAD_RULE.search(word):
            first_leads = True
        elif _HOLDS_ON.fullmatch(word):
            holds_on = True
        elif word:
            units.append(span)
    return Note(Span(match.start(), end), tuple(units), first_leads, holds_on)


def _closing(text: str, start: int) -> int:
    """The offset after the bracket that closes the one at `start`; the text's end where none does."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            depth -= 1
            if depth == 0:
                return i + 1
    return len(text)


def _split(text: str, span: Span) -> list[Span]:
    """Split at separators that stand outside inner brackets, without surrounding white space."""
    parts, depth, start = [], 0, span.start
    for i in range(span.start, span.end):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            depth -= 1
        elif text[i] in _SEPARATORS and depth == 0:
            parts.append((start, i))
            start = i + 1
    parts.append((start, span.end))
    out = []
    for a, b in parts:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        out.append(Span(a, b))
    return out
