"""Reading order of a page: columns of text one after the other, rows of a table one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.intake.page_lines import Segment, row_text, rows
from corpus.intake.page_tables import Table

_FEWEST_LINES = 3  # in each of two columns that stand side by side
_MOST_SEGMENTS = 600  # a page with more is a drawing
_FEWEST_ROWS = 3  # of a table that no lines are ruled for
_NARROWEST, _GUTTER = 8.0, 0.8  # em: of a column, and of the gap between two
_FULL_SHARE, _FULL_SLACK = 0.5, 1.6  # share of a column's lines that end within so many em of its right edge
_MOST_HEAD_LINES, _HEAD_SPACE = 3, 1.2  # em between a title and the columns below it
_EDGE_SHARE = 0.12  # of the width, left and right, in which no gutter is looked for
_ALIGNED = 1.0  # em: cells of a column begin so close to each other
_NEXT_LINE = 2.0  # em: from a cell's line to the next line of the same cell


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other in one column of text. beside: whether another column stands beside it."""

    lines: tuple[Segment, ...]
    beside: bool = False


Block = Column | Table


def read_order(segments: Sequence[Segment], tables: Sequence[Table]) -> list[Block]:
    """Return columns and tables in the order in which they are read; a ruled table parts what is above and below it."""
    out: list[Block] = []
    left = list(segments)
    for table in tables:
        above = [s for s in left if s.middle < table.top]
        left = [s for s in left if s.middle >= table.top]
        out += _zone(above)
        out.append(table)
    return out + _zone(left)


def _zone(segments: Sequence[Segment], beside: bool = False) -> list[Block]:
    gutter = _gutter(segments)
    if gutter is None:
        return _leaf(segments, beside)
    head = _head(segments)
    out = _leaf(head, beside) if head else []
    for band in _bands([s for s in segments if s not in head], gutter):
        sides = _sides(band, gutter)
        if _side_by_side(*sides):
            out += _zone(sides[0], True) + _zone(sides[1], True)
        else:
            out += _leaf(band, beside)
    return out


def _head(segments: Sequence[Segment]) -> list[Segment]:
    """Lines above columns that stand by themselves, such as a title narrow enough to fall into one of them."""
    first = rows(segments)[: _MOST_HEAD_LINES + 1]
    for at, (above, below) in reversed(list(enumerate(pairwise(first), start=1))):
        space = min(s.top for s in below) - max(s.bottom for s in above)
        if all(len(row) == 1 for row in first[:at]) and space >= _HEAD_SPACE * below[0].size:
            return [row[0] for row in first[:at]]
    return []


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Where the page parts into columns: the place with the most lines left and right of it; None where nowhere."""
    if not 2 * _FEWEST_LINES <= len(segments) <= _MOST_SEGMENTS:
        return None
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    edge = _EDGE_SHARE * (right - left)
    ends = {2 * int(s.right / 2) + 2.0 for s in segments if left + edge < s.right < right - edge}
    best, most = None, 0
    for x in sorted(ends):
        if sum(s.left < x < s.right for s in segments) > len(segments) - 2 * _FEWEST_LINES:
            continue
        sides = [_sides(band, x) for band in _bands(segments, x)]
        lines = sum(len(a) + len(b) for a, b in sides if _side_by_side(a, b))
        if lines > most:
            best, most = x, lines
    return best


def _bands(segments: Sequence[Segment], x: float) -> list[list[Segment]]:
    """Groups from the top: those that cross `x`, and those between them that do not."""
    out: list[list[Segment]] = []
    crossing_before = None
    for segment in sorted(segments, key=lambda s: s.middle):
        crosses = segment.left < x < segment.right
        if crosses != crossing_before:
            out.append([])
        out[-1].append(segment)
        crossing_before = crosses
    return out


def _sides(band: Sequence[Segment], x: float) -> tuple[list[Segment], list[Segment]]:
    return [s for s in band if s.right <= x], [s for s in band if s.left >= x]


def _side_by_side(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two groups are columns of running text, not cells of a table."""
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    gap = min(s.left for s in right) - max(s.right for s in left)
    return gap >= _GUTTER * left[0].size and _runs(left) and _runs(right)


def _runs(side: Sequence[Segment]) -> bool:
    """Whether a group is running text, in one column or several: most lines fill the width of theirs."""
    while side:
        edge = max(s.right for s in side)
        full = [s for s in side if s.right >= edge - _FULL_SLACK * s.size]
        first = min(s.left for s in full)
        column = [s for s in side if s.right > first]
        if edge - first < _NARROWEST * side[0].size or len(full) < _FULL_SHARE * len(column):
            return False
        side = [s for s in side if s.right <= first]
    return True


def _leaf(segments: Sequence[Segment], beside: bool) -> list[Block]:
    """One column: its lines, and the tables in it that no lines are ruled for."""
    out: list[Block] = []
    lines: list[Segment] = []
    all_rows = rows(segments)
    at = 0
    while at < len(all_rows):
        end = _table_end(all_rows, at)
        if end > at:
            if lines:
                out.append(Column(tuple(lines), beside))
                lines = []
            out.append(_table(all_rows[at:end]))
            at = end
        else:
            lines.append(_line(all_rows[at]))
            at += 1
    if lines:
        out.append(Column(tuple(lines), beside))
    return out


def _line(row: Sequence[Segment]) -> Segment:
    if len(row) == 1:
        return row[0]
    widest = max(row, key=lambda s: s.right - s.left)
    return Segment(
        row_text(row),
        min(s.left for s in row),
        min(s.top for s in row),
        max(s.right for s in row),
        max(s.bottom for s in row),
        widest.size,
    )


def _table_end(all_rows: Sequence[Sequence[Segment]], start: int) -> int:
    """The row after a table that begins at row `start`; `start` where none begins there."""
    if len(all_rows[start]) < 2:
        return start
    cells = 1
    end = start + 1
    for before, row in pairwise(all_rows[start:]):
        if len(row) >= 2 and _shares_columns(all_rows[start], row):
            cells += 1
        elif not _goes_on(all_rows[start], before, row):
            break
        end += 1
    return end if cells >= _FEWEST_ROWS else start


def _shares_columns(first: Sequence[Segment], row: Sequence[Segment]) -> bool:
    """Whether a cell besides the first begins, ends or is centred where one of the table's first row does."""
    places = [(s.left, s.right, (s.left + s.right) / 2) for s in first[1:]]
    return any(
        min(abs(s.left - a), abs(s.right - b), abs((s.left + s.right) / 2 - c)) <= _ALIGNED * s.size
        for s in row[1:]
        for a, b, c in places
    )


def _goes_on(first: Sequence[Segment], before: Sequence[Segment], row: Sequence[Segment]) -> bool:
    """Whether a row of one piece is the next line of a cell, not of the first column, in the row before."""
    return (
        len(row) == 1
        and row[0].left > first[0].right
        and row[0].middle - before[0].middle <= _NEXT_LINE * row[0].size
        and any(abs(row[0].left - s.left) <= _ALIGNED * s.size for s in before)
    )


def _table(table_rows: Sequence[Sequence[Segment]]) -> Table:
    texts: list[list[str]] = []
    lefts: list[list[float]] = []
    for row in table_rows:
        if len(row) == 1 and texts:
            nearest = min(range(len(lefts[-1])), key=lambda i: abs(lefts[-1][i] - row[0].left))
            texts[-1][nearest] += row[0].text
        else:
            texts.append([s.text for s in row])
            lefts.append([s.left for s in row])
    flat = [s for row in table_rows for s in row]
    return Table(
        min(s.left for s in flat),
        min(s.top for s in flat),
        max(s.right for s in flat),
        max(s.bottom for s in flat),
        tuple("\t".join(cells) for cells in texts),
    )
