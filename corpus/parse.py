"""Clean text to a tree of parts, sections and measures.

Which marker level counts the measures is read from the numbering: articles (第X条) where there are any, else the
deepest level whose numbers run on through the whole text. Levels above it are parts and sections; levels below it
are sub-items inside a measure. Where no level runs on, the leaves of the tree are unnumbered parts and sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.markers import Level, Marker, read_marker
from corpus.notes import read_note
from corpus.script import fold_aligned
from corpus.types import CleanText, Heading, Measure, MeasureKind, Metadata, PolicyDocument, Span

_ORDER: tuple[Level, ...] = ("chapter", "han", "paren", "digit")
_HEADING_END = re.compile(r"[。;；\n]")
_LONGEST_HEADING = 45
_RECORD = re.compile(r"(抄送|抄报|主送|附件|附:|报送:)|.{0,40}\d日印发$")
_MOST_SKIPPED = 2
_FEWEST_MEASURES = 3


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    marker: Marker | None


@dataclass(slots=True)
class _Open:
    """A part, section or measure while its lines are being collected."""

    id: str
    kind: MeasureKind
    marker: Marker | None
    start: int
    end: int
    path: tuple[str, ...] = ()
    measure_ids: list[str] = field(default_factory=list)
    sections: list[_Open] = field(default_factory=list)


def parse_document(meta: Metadata, clean: CleanText) -> PolicyDocument:
    """Return the tree of `clean`. A text without any numbering gets one unit for each paragraph, with a warning."""
    lines = _lines(clean.text)
    warnings: list[str] = []
    _reject_stray_numbers(lines, warnings)
    level = _measure_level(lines)
    if not any(line.marker and line.marker.level in _ORDER for line in lines) and level is None:
        return _unnumbered(meta, clean, lines)
    units, parts = _collect(meta.id, lines, level)
    measures = tuple(_with_notes([_measure(meta.id, unit, clean.text) for unit in units]))
    headings = tuple(_heading(part, clean.text) for part in parts)
    return PolicyDocument(meta, clean, headings, measures, tuple(warnings + _repeats(measures)))


def _lines(text: str) -> list[_Line]:
    out, at = [], 0
    for piece in text.split("\n"):
        if piece:
            out.append(_Line(at, piece, read_marker(piece)))
        at += len(piece) + 1
    return out


def _reject_stray_numbers(lines: list[_Line], warnings: list[str]) -> None:
    """Take a marker whose number does not follow for text, and warn of gaps and repeats."""
    last: dict[Level, int] = {}
    for line in lines:
        marker = line.marker
        if marker is None or marker.number is None or marker.level == "item":
            continue
        before = last.get(marker.level, 0)
        restarts = marker.number == 1
        repeats = marker.number == before and len(line.text) <= _LONGEST_HEADING
        if not restarts and not repeats and not before < marker.number <= before + 1 + _MOST_SKIPPED:
            line.marker = None
            warnings.append(f"{marker.label!r} does not follow number {before}: taken as text")
            continue
        if not restarts and marker.number != before + 1:
            warnings.append(f"numbering: {marker.label!r} after number {before}")
        last[marker.level] = marker.number


def _measure_level(lines: list[_Line]) -> Level | None:
    """The level whose numbers run on through the text: articles, else the deepest one below the parts."""
    numbers: dict[Level, list[int]] = {}
    for line in lines:
        if line.marker and line.marker.number is not None:
            numbers.setdefault(line.marker.level, []).append(line.marker.number)
    if len(numbers.get("article", ())) >= 2:
        return "article"
    deepest_first: tuple[Level, ...] = ("digit", "paren")
    for level in deepest_first:
        found = numbers.get(level, [])
        if len(found) >= _FEWEST_MEASURES and all(a < b for a, b in pairwise(found)):
            return level
    return None


def _collect(document: str, lines: list[_Line], level: Level | None) -> tuple[list[_Open], list[_Open]]:
    """Walk the lines once; return the units of citation in reading order, and the parts."""
    front = _Open(f"{document}/0", "front", None, 0, 0)
    units, parts = [front], list[_Open]()
    current, noted = front, False
    for line in lines:
        end = line.start + len(line.text)
        marker = line.marker
        part = parts[-1] if parts else None
        if marker and marker.level == level:
            current = _Open(f"{document}/{marker.number}", "measure", marker, line.start, end, _path(part))
            _hang(part, current)
            units.append(current)
        elif marker and marker.level in ("han", "chapter"):
            current = part = _Open(f"{document}/p{len(parts) + 1}", "part", marker, line.start, end)
            parts.append(part)
        elif marker and marker.level == "paren" and part and level in (None, "digit"):
            current = _Open(f"{part.id}.{marker.number}", "section", marker, line.start, end, (part.id,))
            part.sections.append(current)
        elif current.kind == "measure" and (noted or _RECORD.match(fold_aligned(line.text))):
            current = _Open(f"{document}/end", "closing", None, line.start, end)
            units.append(current)
        current.end = end
        noted = read_note(line.text) is not None and current.kind == "measure"
        if current.kind in ("part", "section") and _has_text(current, line):
            if current not in units:
                units.append(current)
                _hang(part, current)
    return units, parts


def _printed(node: _Open) -> str:
    return node.marker.label if node.marker else ""


def _path(part: _Open | None) -> tuple[str, ...]:
    if part is None:
        return ()
    return (part.id, part.sections[-1].id) if part.sections else (part.id,)


def _hang(part: _Open | None, unit: _Open) -> None:
    if part is None:
        return
    holder = part.sections[-1] if part.sections and unit is not part.sections[-1] else part
    holder.measure_ids.append(unit.id)


def _has_text(node: _Open, line: _Line) -> bool:
    """Whether `line` gives the heading `node` text of its own."""
    return line.start != node.start or len(line.text) > _LONGEST_HEADING or "。" in line.text[:-1]


def _measure(document: str, unit: _Open, text: str) -> Measure:
    body = text[unit.start : unit.end]
    label = unit.marker.label if unit.marker else ""
    note = read_note(body)
    return Measure(
        id=unit.id,
        document_id=document,
        kind=unit.kind,
        label=label,
        heading=_heading_of(body, unit.marker),
        path=unit.path,
        start=unit.start,
        text=body,
        note=note.span if note else None,
        units=note.units if note else (),
        items=_items(body),
    )


def _heading_of(body: str, marker: Marker | None) -> str:
    if marker is None or marker.level == "article":
        return ""
    rest = body[marker.length :]
    end = _HEADING_END.search(rest)
    title = rest[: end.start()] if end else rest
    return title if len(title) <= _LONGEST_HEADING else ""


def _items(body: str) -> tuple[Span, ...]:
    spans = [
        (line.start, line.start + len(line.text))
        for line in _lines(body)
        if line.marker and line.marker.level == "item"
    ]
    return tuple(Span(a, b) for a, b in spans)


def _with_notes(measures: list[Measure]) -> list[Measure]:
    """Mark lead units: in the measure whose note says so, and in later ones where it says 下同."""
    out, leads_on = [], False
    for measure in measures:
        note = read_note(measure.text)
        if note and (note.first_leads or leads_on):
            measure = replace(measure, leads=1)
            leads_on = leads_on or note.holds_on
        out.append(measure)
    return out


def _heading(node: _Open, text: str) -> Heading:
    line_end = text.find("\n", node.start)
    line = text[node.start : line_end if line_end >= 0 else len(text)]
    title = _heading_of(line, node.marker)
    sections = tuple(_heading(section, text) for section in node.sections)
    return Heading(
        node.id, _printed(node), title, node.start, node.start + len(line), tuple(node.measure_ids), sections
    )


def _repeats(measures: tuple[Measure, ...]) -> list[str]:
    seen: set[str] = set()
    out = []
    for measure in measures:
        if measure.id in seen:
            out.append(f"the id {measure.id} occurs twice")
        seen.add(measure.id)
    return out


def _unnumbered(meta: Metadata, clean: CleanText, lines: list[_Line]) -> PolicyDocument:
    measures = tuple(
        Measure(f"{meta.id}/p{i}", meta.id, "part", "", "", (), line.start, line.text)
        for i, line in enumerate(lines, start=1)
    )
    return PolicyDocument(meta, clean, (), measures, ("no numbering found: one unit for each paragraph",))
