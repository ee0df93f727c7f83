"""Left and right edges of the columns of a page: where its lines begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.intake.page_columns import Block, Column
from corpus.intake.page_layout import Rule
from corpus.intake.page_lines import Segment

INEXACT = 0.6  # em: so far from an edge a line may end that reaches it
_NARROW = 0.5  # of the page's width: a single column is broader
_SUPPORT = 0.1  # share of a page's lines that an edge must have, two at the least


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page in reading order, with its level lines."""

    number: int
    width: float
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...] = ()


class Edges:
    """Left and right edges of text: of the page where its lines show them, else of pages of its width."""

    def __init__(self, pages: Sequence[PageBlocks]) -> None:
        self._own = {page.number: _edges([s for b in _single(page) for s in b.lines]) for page in pages}
        self._usual: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for page in pages:
            if own := self._own[page.number]:
                self._usual.setdefault((round(page.width), page.number % 2), []).append(own)

    def of(self, page: PageBlocks, column: Column) -> tuple[float, float]:
        """Return the left and right edge of a column of the page."""
        if column.beside:
            return _edges(column.lines) or _outermost(column.lines)
        lines = [s for b in _single(page) for s in b.lines]
        left, right = self._own[page.number] or _outermost(lines)
        if not self._own[page.number] or right - left < _NARROW * page.width:
            right = max(right, page.width - left)  # all lines may be short: both margins are taken to be alike
        width = round(page.width)
        usual = self._usual.get((width, page.number % 2)) or self._usual.get((width, 1 - page.number % 2))
        if usual:  # all lines of this page may be short, or set in
            em = column.lines[0].size
            usual_left, usual_right = median(a for a, _ in usual), median(b for _, b in usual)
            left = usual_left if left > usual_left + em else left
            right = usual_right if right < usual_right - em else right
        return left, right


def _single(page: PageBlocks) -> list[Column]:
    return [block for block in page.blocks if isinstance(block, Column) and not block.beside]


def _edges(lines: Sequence[Segment]) -> tuple[float, float] | None:
    """The outermost places where several lines begin and end; None where no two do."""
    if not lines:
        return None
    near = INEXACT * median(s.size for s in lines)
    left = _supported([s.left for s in lines], near)
    right = _supported([-s.right for s in lines], near)
    return None if left is None or right is None else (left, -right)


def _outermost(lines: Sequence[Segment]) -> tuple[float, float]:
    return min(s.left for s in lines), max(s.right for s in lines)


def _supported(values: list[float], near: float) -> float | None:
    values.sort()
    fewest = max(2, int(_SUPPORT * len(values)))
    return next((v for i, v in enumerate(values) if sum(w <= v + near for w in values[i:]) >= fewest), None)
