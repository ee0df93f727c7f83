"""Lines with their numbers: which numbers open a unit, which belong to a list, which are only words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.markers import ITEM_LEVELS, Level, Marker, read_marker

RANKS: tuple[Level, ...] = ("book", "chapter", "division", "han", "paren", "digit")
LONGEST_HEADING = 45
_LIST_END = re.compile(r"(?:[；;，,]|[；;，,](?:和|或|以及|并且?))$")
_LISTED: frozenset[Level] = frozenset(("han", "paren", "digit"))
_MOST_SKIPPED = 2
_FEWEST_MEASURES, _FEWEST_ARTICLES = 3, 2


@dataclass(slots=True)
class Line:
    """A line of the clean text. marker: the number that opens a unit with it; None where it opens none."""

    start: int
    text: str
    marker: Marker | None

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.start + len(self.text)


def read_lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines of `text` that hold anything; offsets count from `start`."""
    out, at = [], start
    for piece in text.split("\n"):
        if piece.strip():
            out.append(Line(at, piece, read_marker(piece)))
        at += len(piece) + 1
    return out


def settle_markers(lines: Sequence[Line]) -> list[str]:
    """Take back every marker that opens no unit; return a warning for each number out of turn.

    Marks of lists open none, nor do numbers 1 to n on neighbouring lines that all end in a semicolon but the last; in
    a text by articles no other number does.
    """
    for line in lines:
        if line.marker and line.marker.level in ITEM_LEVELS:
            line.marker = None
    if _counts_articles(lines):
        for line in lines:
            if line.marker and line.marker.level in _LISTED:
                line.marker = None
    _take_back_lists(lines)
    return _take_back_strays(lines)


def measure_level(lines: Sequence[Line]) -> Level | None:
    """The level whose numbers run on through the text: articles, else the deepest one below the parts.

    Digits below one single （一） among others are local to it, and do not run on.
    """
    found: dict[Level, list[int]] = {}
    parents: set[int] = set()
    parens = 0
    for line in lines:
        if line.marker is None or line.marker.number is None:
            continue
        found.setdefault(line.marker.level, []).append(line.marker.number)
        parens += line.marker.level == "paren"
        if line.marker.level == "digit":
            parents.add(parens)
    if _counts_articles(lines):
        return "article"
    local = parens >= 2 and len(parents) == 1 and parents != {0}
    deepest_first: tuple[Level, ...] = ("paren",) if local else ("digit", "paren")
    for level in deepest_first:
        numbers = found.get(level, [])
        if len(numbers) >= _FEWEST_MEASURES and all(a < b for a, b in pairwise(numbers)):
            return level
    return None


def _counts_articles(lines: Sequence[Line]) -> bool:
    return sum(line.marker is not None and line.marker.level == "article" for line in lines) >= _FEWEST_ARTICLES


def _take_back_lists(lines: Sequence[Line]) -> None:
    run: list[Line] = []
    for line in lines:
        marker = line.marker
        follows = bool(run) and marker is not None and run[-1].marker is not None
        if follows and marker and _next(run[-1].marker, marker) and _LIST_END.search(run[-1].text):
            run.append(line)
            continue
        _take_back(run)
        run = [line] if marker and marker.level in _LISTED and marker.number == 1 else []
    _take_back(run)


def _take_back(run: Sequence[Line]) -> None:
    if len(run) >= 2:
        for line in run:
            line.marker = None


def _next(before: Marker | None, after: Marker) -> bool:
    return before is not None and before.level == after.level and before.number == (after.number or 0) - 1


def _take_back_strays(lines: Sequence[Line]) -> list[str]:
    """Take a marker whose number does not follow for text, and warn of gaps and repeats."""
    warnings = []
    last: dict[Level, tuple[int, int]] = {}
    for line in lines:
        marker = line.marker
        if marker is None or marker.number is None:
            continue
        before, sub = last.get(marker.level, (0, 0))
        inserted = marker.sub is not None and marker.number == before and marker.sub > sub
        restarts = marker.number == 1 and marker.sub is None
        repeats = marker.number == before and marker.sub is None and len(line.text) <= LONGEST_HEADING
        if not (inserted or restarts or repeats or before < marker.number <= before + 1 + _MOST_SKIPPED):
            line.marker = None
            warnings.append(f"{marker.label!r} does not follow number {before}: taken as text")
            continue
        if not inserted and not restarts and marker.number != before + 1:
            warnings.append(f"numbering: {marker.label!r} after number {before}")
        last[marker.level] = (marker.number, marker.sub or 0)
    return warnings
