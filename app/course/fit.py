"""How much text fits a box: lines by the width of letters, and long text in pieces that each fit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_POINTS_PER_CM = 28.35
LINE = 1.25  # height of a line as a share of its letters' size, which slides set, whatever the font
_NARROW = 0.6  # width of a Latin letter as a share of its size, a wide one
_ENDS = re.compile(r"(?<=[。；！？;])")
_PARTS = re.compile(r"(?<=[，、,])")


@dataclass(frozen=True, slots=True)
class Box:
    """Width and height of a text box in centimetres, without its margins."""

    width: float
    height: float

    def lines(self, text: str, size: float) -> int:
        """Return how many lines `text` takes at most in letters of `size` points."""
        room = self.width * _POINTS_PER_CM / size - 1  # a mark that may not begin a line takes a letter along
        return sum(max(1, math.ceil(_ems(line) / room)) for line in text.split("\n"))

    def takes(self, text: str, size: float) -> float:
        """Return the height in centimetres that `text` takes."""
        return self.lines(text, size) * size * LINE / _POINTS_PER_CM

    def pieces(self, text: str, size: float, height: float | None = None) -> list[str]:
        """Return `text` in pieces that each fit `height`, the box's own by default; they join back to it.

        It is cut behind sentences, else behind commas, else anywhere.
        """
        room = self.height if height is None else height
        if self.takes(text, size) <= room:
            return [text]
        out: list[str] = []
        for part in _small_parts(self, text, size, room):
            if out and self.takes(out[-1] + part, size) <= room:
                out[-1] += part
            else:
                out.append(part)
        return out


def _small_parts(box: Box, text: str, size: float, room: float) -> list[str]:
    """Sentences; of those that do not fit, the parts between commas; of those, single letters."""
    found: list[str] = []
    for sentence in _ENDS.split(text):
        if box.takes(sentence, size) <= room:
            found.append(sentence)
            continue
        for part in _PARTS.split(sentence):
            found += [part] if box.takes(part, size) <= room else list(part)
    return [part for part in found if part]


def _ems(line: str) -> float:
    return sum(_NARROW if ord(letter) < 0x2E80 and letter not in "—…“”‘’·×" else 1.0 for letter in line)
