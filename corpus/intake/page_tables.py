"""Ruled tables of a page: the grid that its lines draw, and the text of each row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.intake.page_layout import Piece, Rule
from corpus.intake.page_lines import row_text, rows, segments
from corpus.intake.page_words import join_lines

_NEAR = 3.0  # points: lines that end so close to each other meet
_SHORTEST = 6.0  # points: a shorter stroke is part of a drawing
_COVERED = 0.6  # share of a cell's side that a line must cover to close it
_MOST_RULES, _MOST_CELLS = 1500, 4000  # a page with more is a drawing


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its place on the page; rows: cells set apart by a tab, a cell that reaches over others once."""

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[str, ...]


def take_tables(pieces: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[Table], list[Piece]]:
    """Return the ruled tables of a page from the top, and the pieces that stand in none."""
    rest = list(pieces)
    tables = []
    for grid in _grids(rules):
        inside = [p for p in rest if grid.holds(p)]
        if inside:
            tables.append(Table(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], grid.rows(inside)))
            rest = [p for p in rest if not grid.holds(p)]
    return sorted(tables, key=lambda t: (t.top, t.left)), rest


def ruled_cells(rules: Sequence[Rule]) -> list[tuple[float, float, float, float]]:
    """Return the cells that lines rule, each by its left, top, right and lower edge."""
    out = []
    for grid in _grids(rules):
        members: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for cell, root in grid.root.items():
            members.setdefault(root, []).append(cell)
        for (row, column), cells in members.items():
            last_row, last_column = max(i for i, _ in cells), max(j for _, j in cells)
            out.append((grid.xs[column], grid.ys[row], grid.xs[last_column + 1], grid.ys[last_row + 1]))
    return out


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    long = [r for r in rules if max(r.right - r.left, r.bottom - r.top) >= _SHORTEST]
    groups = _connected(long) if len(long) <= _MOST_RULES else []
    return [grid for group in groups if (grid := _Grid.of(group))]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines that touch each other, the largest first."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in rules:
        box = [rule.left - _NEAR, rule.top - _NEAR, rule.right + _NEAR, rule.bottom + _NEAR]
        members = [rule]
        apart = []
        for other_box, others in groups:
            if _overlap(box, other_box) and any(_touch(rule, other) for other in others):
                members += others
                box = [*map(min, box[:2], other_box[:2]), *map(max, box[2:], other_box[2:])]
            else:
                apart.append((other_box, others))
        groups = [*apart, (box, members)]
    return [members for _, members in sorted(groups, key=lambda g: -len(g[1]))]


def _overlap(a: list[float], b: list[float]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left - _NEAR <= b.right
        and b.left - _NEAR <= a.right
        and a.top - _NEAR <= b.bottom
        and b.top - _NEAR <= a.bottom
    )


@dataclass(slots=True)
class _Grid:
    """Cells between the lines; `root` maps each to the upper left one of the cell that it is part of."""

    xs: list[float]
    ys: list[float]
    root: dict[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Grid | None:
        """The grid of lines that touch each other; None where they make fewer than two columns or no row."""
        level = [r for r in rules if r.level]
        upright = [r for r in rules if not r.level]
        if len(level) < 2 or not upright:
            return None
        xs = _positions([*((r.left + r.right) / 2 for r in upright), *_ends([(r.left, r.right) for r in level])])
        ys = _positions([*((r.top + r.bottom) / 2 for r in level), *_ends([(r.top, r.bottom) for r in upright])])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
            return None
        grid = cls(xs, ys, {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)})
        grid._merge(level, upright)
        return grid if len(set(grid.root.values())) > 1 else None

    def _merge(self, level: Sequence[Rule], upright: Sequence[Rule]) -> None:
        """Make one cell of neighbours that no line parts."""
        for i, (top, bottom) in enumerate(pairwise(self.ys)):
            for j, (left, right) in enumerate(pairwise(self.xs)):
                below = [(r.left, r.right) for r in level if abs((r.top + r.bottom) / 2 - bottom) <= _NEAR]
                beside = [(r.top, r.bottom) for r in upright if abs((r.left + r.right) / 2 - right) <= _NEAR]
                if j + 2 < len(self.xs) and not _covers(beside, top, bottom):
                    self._join((i, j), (i, j + 1))
                if i + 2 < len(self.ys) and not _covers(below, left, right):
                    self._join((i, j), (i + 1, j))

    def _join(self, a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((self.root[a], self.root[b]))
        for cell, root in self.root.items():
            if root == second:
                self.root[cell] = first

    def holds(self, piece: Piece) -> bool:
        """Whether the middle of the piece lies inside the outer lines."""
        x = (piece.left + piece.right) / 2
        return self.xs[0] <= x < self.xs[-1] and self.ys[0] <= piece.middle < self.ys[-1]

    def rows(self, pieces: Sequence[Piece]) -> tuple[str, ...]:
        """The text of each row; a cell that reaches over others stands in the first and leaves the others empty."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            row = bisect_right(self.ys, piece.middle) - 1
            column = bisect_right(self.xs, (piece.left + piece.right) / 2) - 1
            cells.setdefault(self.root[row, column], []).append(piece)
        out = []
        for i in range(len(self.ys) - 1):
            texts = [_cell_text(cells.get((i, j), [])) for j in range(len(self.xs) - 1)]
            if any(texts):
                out.append("\t".join(texts).rstrip("\t"))
        return tuple(out)


def _ends(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return min(a for a, _ in spans), max(b for _, b in spans)


def _positions(values: Sequence[float]) -> list[float]:
    """Ascending positions, those close to each other taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _covers(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether the spans, which may overlap, cover most of [start, end)."""
    covered, at = 0.0, start
    for first, last in sorted(spans):
        first, last = max(first, at), min(last, end)
        if last > first:
            covered += last - first
            at = last
    return covered >= _COVERED * (end - start)


def _cell_text(pieces: Sequence[Piece]) -> str:
    return join_lines([row_text(row) for row in rows(segments(pieces))])
