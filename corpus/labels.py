"""Which unit of a document bears which printed number, and what stands inside it, for cross references."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.markers import Level, is_table_row, read_marker
from corpus.numerals import parse_numeral
from corpus.script import fold_aligned
from corpus.types import Heading, Measure

_ATTACHED = re.compile(r"附(件|表|录)?\s*(\S*)")
_SCOPE = re.compile(r"[^/]*/(a\d+(?:~\d+)*)?")
_MOST_ALIKE = 500  # a number printed more often names nothing
_BRACKETS = "()（）〔〕"

Number = tuple[str, Level, int, int]
"""Scope, level, number, and the second number of 第十二条之一 (0 where there is none)."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a unit's text holds: offsets at which its paragraphs begin, and the numbers of its items."""

    paragraphs: tuple[int, ...]
    items: frozenset[int]
    first_item_end: int | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Units by printed number.

    path, level: the headings above, and the level of the number. articles: ids in order, by scope; place: an
    article's index in that list. attachments: by word (件, 表, 录) and number, None where none is printed.
    """

    units: dict[Number, list[str]]
    measures: dict[str, Measure]
    path: dict[str, tuple[str, ...]]
    level: dict[str, Level] = field(default_factory=dict)
    articles: dict[str, list[str]] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    attachments: dict[tuple[str, int | None], str] = field(default_factory=dict)
    _inside: dict[str, Inside] = field(default_factory=dict)

    def unit(
        self, at: Measure, levels: Sequence[Level], number: int | None, sub: int = 0, under: str | None = None
    ) -> str | None:
        """Return the one unit that bears the number in the scope of `at`, or below the same part as `at`; else None.

        under: the heading or attachment below which it must stand, where the text names one.
        """
        scope = scope_of(under or at.id)
        found = [i for level in levels for i in self.units.get((scope, level, number or 0, sub), ())[:_MOST_ALIKE]]
        if under:
            found = [i for i in found if under in self.path[i]]
        elif len(found) > 1:
            found = [i for i in found if at.path and at.path[0] in (*self.path[i], i)]
        return found[0] if len(found) == 1 else None

    def inside(self, unit: str) -> Inside:
        """Return what the text of `unit` holds; a heading without text holds nothing."""
        if unit not in self._inside:
            self._inside[unit] = _look_inside(self.measures[unit]) if unit in self.measures else _NOTHING
        return self._inside[unit]

    def paragraph(self, at: Measure, offset: int) -> int:
        """Return in which paragraph of `at` an offset stands, counted from 1."""
        return bisect_right(self.inside(at.id).paragraphs, offset)


_NOTHING = Inside((), frozenset(), None)


def read_labels(measures: Sequence[Measure], parts: Sequence[Heading]) -> Labels:
    """Return the printed numbers of a document's units and headings."""
    labels = Labels({}, {m.id: m for m in measures}, {m.id: m.path for m in measures})
    for measure in measures:
        if measure.kind == "measure":
            _enter(labels, measure.id, measure.label)
            if labels.level.get(measure.id) == "article":
                articles = labels.articles.setdefault(scope_of(measure.id), [])
                labels.place[measure.id] = len(articles)
                articles.append(measure.id)
    for part in parts:
        _enter_heading(labels, part, ())
    return labels


def scope_of(unit: str) -> str:
    """Return the attachment that an id belongs to, empty for the text itself."""
    match = _SCOPE.match(unit)
    return (match[1] or "") if match else ""


def _enter_heading(labels: Labels, heading: Heading, above: tuple[str, ...]) -> None:
    labels.path.setdefault(heading.id, above)
    attached = _ATTACHED.match(heading.label)
    if attached:
        labels.attachments.setdefault((attached[1] or "件", parse_numeral(attached[2])), heading.id)
    else:
        _enter(labels, heading.id, heading.label)
    for section in heading.sections:
        _enter_heading(labels, section, (*above, heading.id))


def _enter(labels: Labels, unit: str, label: str) -> None:
    marker = read_marker(label)
    if marker and marker.number:
        labels.units.setdefault((scope_of(unit), marker.level, marker.number, marker.sub or 0), []).append(unit)
        labels.level[unit] = marker.level


def _look_inside(measure: Measure) -> Inside:
    begun = {item.span.start for item in measure.items}
    if measure.note:
        begun.add(measure.note.start)
    paragraphs, at = [], 0
    for line in measure.text.split("\n"):
        if line.strip() and at not in begun and not is_table_row(line):
            paragraphs.append(at)
        at += len(line) + 1
    numbers = {parse_numeral(fold_aligned(item.label).strip(_BRACKETS + ".、是")) for item in measure.items}
    ends = min((item.span.end for item in measure.items), default=None)
    return Inside(tuple(paragraphs), frozenset(n for n in numbers if n), ends)
