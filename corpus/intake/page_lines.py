"""Pieces of a page to lines: what stands on one baseline without a wide gap, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol, TypeVar

from corpus.intake.page_glyphs import is_han
from corpus.intake.page_layout import Piece

_ONE_HEIGHT = 0.45  # of the smaller em: pieces whose middles differ by less stand on one line
_WIDE_GAP = 1.2  # em: from here on a gap parts columns or cells
_WORD_GAP = 0.18  # em: from here on a gap parts Latin words
_DIGIT_GAP = 0.4  # em: the same between digits, which are more often letterspaced
_SPREAD_SHARE = 0.3  # of neighbouring pairs: from here on spaces between them are letterspacing
_SAME_PLACE = 0.4  # of the narrower advance


@dataclass(frozen=True, slots=True)
class Segment:
    """A line of a column, or of a cell; the box as that of a piece."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2


class _Placed(Protocol):
    @property
    def middle(self) -> float: ...
    @property
    def left(self) -> float: ...
    @property
    def size(self) -> float: ...


P = TypeVar("P", bound=_Placed)


def rows(items: Iterable[P]) -> list[list[P]]:
    """Group what stands at one height; rows from the top, each from the left."""
    out: list[list[P]] = []
    height = size = 0.0
    for item in sorted(items, key=lambda i: i.middle):
        if out and item.middle - height < _ONE_HEIGHT * min(item.size, size):
            out[-1].append(item)
            height += (item.middle - height) / len(out[-1])
            size = max(size, item.size)
        else:
            out.append([item])
            height, size = item.middle, item.size
    return [sorted(row, key=lambda i: i.left) for row in out]


def segments(pieces: Iterable[Piece]) -> list[Segment]:
    """Return the lines that the pieces make, from the top, those at one height from the left."""
    out = []
    for row in rows(pieces):
        run: list[Piece] = []
        end = 0.0
        for piece in _without_doubles(row):
            if not piece.text.strip():
                if run:
                    run.append(piece)
                continue
            if run and piece.left - end > _WIDE_GAP * max(piece.size, run[-1].size):
                out.append(_segment(run))
                run = []
            run.append(piece)
            end = max(end, piece.right) if len(run) > 1 else piece.right
        if run:
            out.append(_segment(run))
    return out


def row_text(row: Sequence[Segment]) -> str:
    """The text of segments at one height; single characters set far apart, as in 目　录, are one word."""
    spread = len(row) > 1 and all(len(segment.text) == 1 and is_han(segment.text) for segment in row)
    return ("" if spread else " ").join(segment.text for segment in row)


def _without_doubles(row: Sequence[Piece]) -> list[Piece]:
    """Leave out a character drawn a second time at nearly the same place, as imitated bold type is."""
    kept: list[Piece] = []
    for piece in row:
        if not any(_same_place(piece, other) for other in kept[-4:]):
            kept.append(piece)
    return kept


def _same_place(a: Piece, b: Piece) -> bool:
    near = _SAME_PLACE * min(a.right - a.left, b.right - b.left)
    return a.text == b.text and abs(a.left - b.left) < near and abs(a.right - b.right) < near


def _segment(run: list[Piece]) -> Segment:
    inked = [piece for piece in run if piece.text.strip()]
    return Segment(
        _text(run),
        min(p.left for p in inked),
        min(p.top for p in inked),
        max(p.right for p in inked),
        max(p.bottom for p in inked),
        median(p.size for p in inked),
    )


def _text(run: Sequence[Piece]) -> str:
    """The text of pieces on one baseline: spaces between words are kept, those of letterspacing are not."""
    parts: list[str] = []
    spaced: list[int] = []  # parts between two full squares that have a space before them
    pairs = 0
    end, space = run[0].left, False
    for piece in run:
        if not piece.text.strip():
            space = True
            continue
        if parts:
            full = is_han(parts[-1][-1]), is_han(piece.text[0])
            if not any(full) and (space or piece.left - end > _word_gap(parts[-1][-1], piece)):
                parts.append(" ")
            pairs += all(full)
            if all(full) and space:
                spaced.append(len(parts))
        parts.append(piece.text)
        end, space = piece.right, False
    if len(spaced) <= _SPREAD_SHARE * pairs:
        for at in reversed(spaced):
            parts.insert(at, " ")
    return "".join(parts)


def _word_gap(before: str, piece: Piece) -> float:
    return (_DIGIT_GAP if before.isdigit() and piece.text[0].isdigit() else _WORD_GAP) * piece.size
