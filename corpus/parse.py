"""Clean text to a tree of parts, sections and measures.

Which marker level counts the measures is read from the numbering: articles (第X条) where there are any, else the
deepest level whose numbers run on through the whole text. Levels above it are parts and sections; levels below it
are sub-items inside a measure. Where no level runs on, the leaves of the tree are unnumbered parts and sections.
Each attachment is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.attachments import split_attachments
from corpus.items import find_items
from corpus.markers import Marker
from corpus.notes import read_note
from corpus.numbering import LONGEST_HEADING, Line, measure_level, read_lines, settle_markers
from corpus.references import resolve_references
from corpus.tree import Ids, Node, Scope, attachment_scope, grow
from corpus.types import CleanText, Heading, Measure, Metadata, PolicyDocument

_HEADING_END = re.compile(r"[。;；\n]")


def parse_document(meta: Metadata, clean: CleanText) -> PolicyDocument:
    """Return the tree of `clean`. A text without any numbering gets one unit for each paragraph, with a warning."""
    lines = read_lines(clean.text)
    own, attachments, record = split_attachments(lines)
    warnings = settle_markers(own)
    level = measure_level(own)
    if level is None and not attachments and not any(line.marker for line in own):
        return _unnumbered(meta, clean, lines)
    ids = Ids()
    scope = Scope(f"{meta.id}/", Node(ids.give(f"{meta.id}/0"), "front", None, 0, 0), level)
    units = grow(scope, own, ids, f"{meta.id}/end")
    headings = list(scope.headings)
    for attachment in attachments:
        warnings += settle_markers(attachment.lines[attachment.head :])
        below = attachment_scope(meta.id, attachment, measure_level(attachment.lines), ids)
        units += grow(below, attachment.lines, ids, None)
        headings += below.headings
    if record:
        units.append(Node(ids.give(f"{meta.id}/end"), "closing", None, record[0].start, record[-1].end))
    measures = _with_leads([_measure(meta.id, unit, clean.text) for unit in units])
    parts = tuple(_heading(node, clean.text) for node in headings)
    warnings += [f"the number of {m.id} is printed more than once" for m in measures if "~" in m.id and m.label]
    return PolicyDocument(meta, clean, parts, resolve_references(meta, measures, parts), tuple(warnings))


def _measure(document: str, node: Node, text: str) -> Measure:
    body = text[node.start : node.end]
    note = read_note(body)
    lines = read_lines(body)
    if node.marker and lines:
        lines[0].marker = None
    return Measure(
        id=node.id,
        document_id=document,
        kind=node.kind,
        label=node.label,
        heading=node.title or _heading_of(body, node.marker),
        path=node.path,
        start=node.start,
        text=body,
        note=note.span if note else None,
        units=note.units if note else (),
        leads=note.leads if note else (),
        items=find_items(lines),
    )


def _heading_of(body: str, marker: Marker | None) -> str:
    if marker is None or marker.level == "article":
        return ""
    rest = body[marker.length : marker.length + LONGEST_HEADING + 1]
    end = _HEADING_END.search(rest)
    title = rest[: end.start()] if end else rest
    return title if len(title) <= LONGEST_HEADING else ""


def _with_leads(measures: Sequence[Measure]) -> list[Measure]:
    """Mark the first unit as lead where a note says so, and in later notes where it says 下同."""
    out, leads_on = [], False
    for measure in measures:
        note = read_note(measure.text)
        if note and note.units and not note.leads and (note.first_leads or leads_on):
            measure = replace(measure, leads=note.units[:1])
        leads_on = leads_on or bool(note and note.holds_on)
        out.append(measure)
    return out


def _heading(node: Node, text: str) -> Heading:
    line = text[node.start : node.head_end]
    title = node.title or _heading_of(line, node.marker)
    sections = tuple(_heading(section, text) for section in node.sections)
    return Heading(node.id, node.label, title, node.start, node.head_end, tuple(node.below), sections)


def _unnumbered(meta: Metadata, clean: CleanText, lines: Sequence[Line]) -> PolicyDocument:
    nodes = [Node(f"{meta.id}/p{i}", "part", None, line.start, line.end) for i, line in enumerate(lines, start=1)]
    measures = resolve_references(meta, [_measure(meta.id, node, clean.text) for node in nodes], ())
    return PolicyDocument(meta, clean, (), measures, ("no numbering found: one unit for each paragraph",))
