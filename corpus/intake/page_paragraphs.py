"""Lines to paragraphs by their place: first-line indents, short last lines, gaps; over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.intake.page_columns import Column
from corpus.intake.page_edges import INEXACT, Edges, PageBlocks
from corpus.intake.page_glyphs import is_han
from corpus.intake.page_layout import Rule
from corpus.intake.page_lines import Segment
from corpus.intake.page_tables import Table
from corpus.intake.page_words import join_lines
from corpus.markers import read_marker

_INDENT = (1.2, 3.2)  # em: the first line of a paragraph stands two characters in
_CENTRED, _CENTRED_IN = 1.6, 2.5  # em: difference of both sides, and the least that each is set in
_LARGE, _OTHER_SIZE = 1.15, 1.2  # of the body's size; of the other line's size
_GAP = 1.6  # of the usual distance of lines
_TITLE_GAP = 2.4  # em, between the lines of a title
_FOOTNOTE = 0.88  # of the body's size
_UNDERLINE, _PARTING = 0.25, 0.6  # em below a line; share of the column's width
_UNBROKEN = re.compile(r"[（《〈「『【〔“‘(\[{]*(?:[!-~]+|.)[，。、；：！？）》〉」』】〕”’…—·,.;:!?)\]}%％]*", re.S)
_TERMINAL = "。！？；：.!?;:…"
_CLOSING = "”’」』）)】〕》"
_NUMBER = re.compile(r"〔\d{4}〕.{1,8}[号號]$")  # of a document; it stands in no title
_NOTE_MARK = re.compile(r"[①-⑳*＊†]|注[:：]|\d{1,2}\s")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the edges of the column that it stands in; `block` counts columns over all pages."""

    segment: Segment
    left: float
    right: float
    block: int
    page: int
    pitch: float
    ruled: bool

    @property
    def indent(self) -> float:
        return (self.segment.left - self.left) / self.segment.size

    @property
    def slack(self) -> float:
        return (self.right - self.segment.right) / self.segment.size

    @property
    def symmetric(self) -> bool:
        return abs(self.indent - self.slack) <= _CENTRED

    @property
    def centred(self) -> bool:
        return self.symmetric and self.indent >= _CENTRED_IN

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with the line."""
        return self.segment.text.rstrip(_CLOSING)[-1:] in _TERMINAL


def paragraphs(pages: Sequence[PageBlocks]) -> list[str]:
    """Return the paragraphs and the rows of tables of a file, in reading order."""
    body = _body_size(pages)
    out: list[str] = []
    open_lines: list[_Line] = []
    notes: list[_Line] = []

    def close() -> None:
        nonlocal open_lines
        if open_lines:
            out.append(join_lines([line.segment.text for line in open_lines]))
            open_lines = []

    for item in _flow(pages, body):
        if isinstance(item, Table):
            close()
            out += item.rows
            continue
        if _is_note(item, open_lines, notes, body):
            notes.append(item)
            continue
        if not open_lines or _starts(open_lines, item, body):
            close()
            if notes:
                out += _notes(notes)
                notes = []
        open_lines.append(item)
    close()
    return out + _notes(notes)


def _body_size(pages: Sequence[PageBlocks]) -> float:
    sizes = [
        line.size
        for page in pages
        for block in page.blocks
        if isinstance(block, Column)
        for line in block.lines
        for _ in range(1 + len(line.text) // 8)
    ]
    return median(sizes) if sizes else 0.0


def _flow(pages: Sequence[PageBlocks], body: float) -> Iterator[_Line | Table]:
    edges = Edges(pages)
    number = 0
    for page in pages:
        for block in page.blocks:
            number += 1
            if isinstance(block, Table):
                yield block
                continue
            left, right = edges.of(page, block)
            pitch = _pitch(block.lines)
            before: Segment | None = None
            for line in block.lines:
                ruled = before is not None and _ruled(page.rules, before, line, right - left)
                yield _Line(line, left, right, number, page.number, pitch, ruled)
                before = line


def _pitch(lines: Sequence[Segment]) -> float:
    """The usual distance of lines; 0 where there is one line only."""
    return median(b.middle - a.middle for a, b in pairwise(lines)) if len(lines) > 1 else 0.0


def _ruled(rules: Sequence[Rule], before: Segment, after: Segment, width: float) -> bool:
    """Whether a level line parts two lines of text; one close below the first underlines it."""
    top = before.bottom + _UNDERLINE * before.size
    return any(top < r.top < after.middle and r.right - r.left >= _PARTING * width for r in rules)


def _is_note(line: _Line, opened: Sequence[_Line], notes: Sequence[_Line], body: float) -> bool:
    """Whether a line belongs to a footnote, which must not come between the halves of a paragraph."""
    if line.segment.size >= _FOOTNOTE * body:
        return False
    if notes:
        return notes[-1].page == line.page
    return bool(opened) and opened[-1].page == line.page and bool(_NOTE_MARK.match(line.segment.text))


def _notes(lines: Sequence[_Line]) -> list[str]:
    out: list[list[str]] = []
    for line in lines:
        if not out or _NOTE_MARK.match(line.segment.text):
            out.append([])
        out[-1].append(line.segment.text)
    return [join_lines(texts) for texts in out]


def _starts(opened: Sequence[_Line], line: _Line, body: float) -> bool:
    """Whether `line` starts a new paragraph after the lines `opened`."""
    before = opened[-1]
    a, b = before.segment, line.segment
    if line.ruled or max(a.size, b.size) > _OTHER_SIZE * min(a.size, b.size):
        return True
    together = before.block == line.block
    distance = b.middle - a.middle
    if min(a.size, b.size) > _LARGE * body and before.symmetric and line.symmetric:
        numbered = _NUMBER.search(a.text) or _NUMBER.search(b.text)
        return bool(numbered) or together and distance > _TITLE_GAP * b.size
    if together and distance > _GAP * line.pitch or before.centred:
        return True
    if before.slack >= _first_width(b.text) + INEXACT:
        return True  # what begins the line would have found room in the one before
    if line.centred:
        return before.ends or not before.symmetric  # else a title that wraps
    marked = read_marker(b.text) is not None
    if opened[0].indent > _INDENT[1] and abs(line.indent - before.indent) > INEXACT:
        return True
    if line.indent < _INDENT[0]:
        return before.ends and marked
    return before.ends or marked


def _first_width(text: str) -> float:
    """The width in em of what a line cannot be broken in: a character or a word with the marks that cling to it."""
    match = _UNBROKEN.match(text)
    return sum(1.0 if is_han(char) else 0.5 for char in match[0]) if match else 0.0
