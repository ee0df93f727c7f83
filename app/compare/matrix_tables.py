"""The matrix as tables to export: one measure a cell, so that each has its own citation and its own link."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from app.compare.pair import paired
from app.compare.types import CellOf, Entry, Matrix, Stated, Units
from app.exports.table import Cell, Table, Value
from app.measure_html import link
from app.topics.types import Topic
from app.wording import Wording
from corpus.types import Span

_TOPIC_WIDTH, _ALL_WIDTH = 11, 190


def clause_table(matrix: Matrix, words: Wording, base: str) -> Table:
    """Return the deciding words; a topic has as many rows as the place with most measures on it.

    base: what addresses begin with.
    """
    rows: list[tuple[Value, ...]] = []
    for topic in matrix.topics:
        columns = [[_quoted(entry, words, base) for entry in matrix.cell(topic, p).entries] for p in matrix.places]
        rows += _rows(topic, columns, words("cmp_none"))
    return _table(words("cmp_view_text"), matrix, rows, words)


def value_table(matrix: Matrix, words: Wording, base: str) -> Table:
    """Return values and responsible units alone, one a cell; those that differ are shown so."""
    rows: list[tuple[Value, ...]] = []
    for topic in matrix.topics:
        columns = [_values(matrix.cell(topic, p), words, base) for p in matrix.places]
        rows += _rows(topic, columns, "")  # each says itself what it lacks
    return _table(words("cmp_view_values"), matrix, rows, words)


def pair_table(matrix: Matrix, words: Wording, base: str) -> Table:
    """Return the two places of a matrix with all sentences of each topic, the words that differ bold."""
    rows: list[tuple[Value, ...]] = []
    for topic in matrix.topics:
        left, right = (matrix.cell(topic, place) for place in matrix.places)
        columns = [
            [_joined(entry, [(p.text, p.differs, p.gap) for p in pieces], base) for entry, pieces in side]
            for side in paired(left, right)
        ]
        rows += _rows(topic, columns, words("cmp_none"))
    return _table(words("cmp_view_pair"), matrix, rows, words)


def _table(name: str, matrix: Matrix, rows: Sequence[tuple[Value, ...]], words: Wording) -> Table:
    names = [place.name + (f"（{place.standing}）" if place.standing else "") for place in matrix.places]
    width = min(80, (_ALL_WIDTH - _TOPIC_WIDTH) // max(1, len(names)))
    widths = (_TOPIC_WIDTH, *(width for _ in names))
    return Table(name, (words("cmp_topic"), *names), widths, tuple(rows), frozen=1)


def _rows(topic: Topic, columns: Sequence[Sequence[Value]], missing: str) -> list[tuple[Value, ...]]:
    """Rows of a topic, its name in each, so that a filter finds them all; an empty column says so in the first."""
    filled = [column or [missing] for column in columns]
    return [(topic.name, *row) for row in zip_longest(*filled, fillvalue="")]


def _quoted(entry: Entry, words: Wording, base: str) -> Cell:
    text = "……".join(" ".join(q.quote.split()) for q in entry.quotes)
    first = entry.quotes[0]
    doubt = f"（{words('cmp_doubt')}{entry.doubt}）" if entry.doubt else ""
    return Cell(text, entry.official + doubt, base + link(entry.measure.id, Span(first.start, first.end)))


def _values(cell: CellOf, words: Wording, base: str) -> list[Value]:
    if not cell.entries:
        return [words("cmp_none")]
    found = [*(_value(value, base) for value in cell.values), *(_units(units, words, base) for units in cell.units)]
    return [*found] or [words("cmp_no_value")]


def _value(value: Stated, base: str) -> Cell:
    at = value.citation
    subject = f"{value.subject}：" if value.subject else ""
    address = base + link(at.measure_id, Span(at.start, at.end))
    return Cell(subject + " ".join(at.quote.split()), at.official, address, differs=value.differs)


def _units(units: Units, words: Wording, base: str) -> Cell:
    key = "cmp_led_by" if units.leads else "cmp_responsible"
    at = units.citation
    address = base + link(at.measure_id, Span(at.start, at.end))
    return Cell(words(key) + "、".join(units.names), at.official, address)


def _joined(entry: Entry, pieces: Sequence[tuple[str, tuple[Span, ...], bool]], base: str) -> Cell:
    text, bold = "", []
    for piece, differs, gap in pieces:
        bold += [Span(len(text) + s.start, len(text) + s.end) for s in differs]
        text += piece + ("……" if gap else "")
    return Cell(text, entry.official, base + link(entry.measure.id), tuple(bold))
