"""What stands where on a page: pieces of text and ruled lines, before anything is read in order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
_ASKEW = math.radians(10)
_SMALLEST = 1.0  # points


@dataclass(frozen=True, slots=True)
class Piece:
    """A character, or a run that recognition read as one, in the box of its em square.

    Points from the upper left corner of the page as it is read, y downward; size: the em.
    """

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, upright or level; for a level one top and bottom are those of its stroke."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether the line is horizontal."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Layout:
    """One page. number: from 1; aside: text of the page that is known not to belong to its body."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as a file draws it: origin on the baseline, y upward, angle in radians against the x axis."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    angle: float = 0.0


def upright(
    number: int, width: float, height: float, glyphs: Sequence[Glyph], rules: Iterable[Rule] = ()
) -> tuple[Layout, bool]:
    """Turn a page so that most of its characters stand upright; return it and whether it had to be turned.

    rules: y downward on the page as the file has it. Characters in another direction, such as a watermark, and those
    too small to be seen are put aside as one text.
    """
    turns = Counter(_quarter(glyph.angle) for glyph in glyphs if glyph.text.strip())
    turn = turns.most_common(1)[0][0] if turns else 0
    straight = [g for g in glyphs if _stands(g, turn)]
    other = "".join(g.text for g in glyphs if not _stands(g, turn)).strip()
    pieces = tuple(_piece(*_turned(g.x, g.y, width, height, turn), g) for g in straight)
    box = (width, height) if turn % 2 == 0 else (height, width)
    turned = tuple(_turned_rule(rule, width, height, turn) for rule in rules)
    return Layout(number, *box, pieces, turned, (other,) if other else ()), turn != 0


def _quarter(angle: float) -> int:
    return round(angle / (math.pi / 2)) % 4


def _stands(glyph: Glyph, turn: int) -> bool:
    return abs(_off(glyph.angle, turn)) <= _ASKEW and glyph.size >= _SMALLEST


def _off(angle: float, turn: int) -> float:
    return (angle - turn * math.pi / 2 + math.pi) % (2 * math.pi) - math.pi


def _turned(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """A point with y upward on the page as it is; the same point with y downward on the page as it is read."""
    return ((x, height - y), (y, x), (width - x, y), (height - y, width - x))[turn]


def _turned_rule(rule: Rule, width: float, height: float, turn: int) -> Rule:
    ends = [_turned(x, height - y, width, height, turn) for x, y in ((rule.left, rule.top), (rule.right, rule.bottom))]
    (x0, y0), (x1, y1) = ends
    return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _piece(x: float, y: float, glyph: Glyph) -> Piece:
    # 0.88 and 0.12 of the em above and below the baseline: the design box of Chinese type.
    return Piece(glyph.text, x, y - 0.88 * glyph.size, x + glyph.advance, y + 0.12 * glyph.size, glyph.size)
