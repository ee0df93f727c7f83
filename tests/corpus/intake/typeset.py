"""Setting text in type for the readers' tests: paragraphs to placed lines, drawn as PDF, as page images or as OFD.

Measures follow GB/T 9704-2012: A4, 22 lines of 28 characters in 16 points, first lines set in by two characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["body", "flush", "title", "centre", "right", "apart"]
Width = Callable[[str], float]
"""The advance of a character in em."""

WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, MEASURE, PITCH = 79.4, 104.9, 28 * 16.0, 28.35
BOTTOM = HEIGHT - 99.2
BODY, TITLE = 16.0, 22.0
_CLING = "，。、；：！？）》〉」』】〕”’…—,.;:!?)]}%"
_OPEN = "（《〈「『【〔“‘(["


@dataclass(frozen=True)
class Run:
    """Text drawn from (x, y), y downward to the baseline, in points."""

    text: str
    x: float
    y: float
    size: float = BODY
    bold: bool = False


@dataclass
class Sheet:
    """A page with its text and its lines, each from (x, y) to (x, y)."""

    runs: list[Run] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


def half(char: str) -> float:
    """ASCII takes half a square."""
    return 0.5 if char.isascii() else 1.0


def broken(text: str, measure: float, first: float, width: Width) -> list[str]:
    """Break a paragraph into lines no wider than `measure` em, the first of them by `first` less."""
    lines, line, used = [], "", first
    for unit in _units(text):
        wide = sum(map(width, unit))
        if line and used + wide > measure + 1e-6:
            lines.append(line.rstrip())
            line, used = "", 0.0
            unit = unit.lstrip()
        line += unit
        used += wide
    return [*lines, line] if line else lines


def _units(text: str) -> list[str]:
    units: list[str] = []
    for token in re.findall(r"[A-Za-z0-9.%/-]+|——|……|.", text):
        if units and (token[0] in _CLING or units[-1][-1] in _OPEN):
            units[-1] += token
        else:
            units.append(token)
    return units


def typeset(paragraphs: Iterable[tuple[Style, str]], width: Width = half, numbered: bool = True) -> list[Sheet]:
    """Set paragraphs on pages; `apart` parts its text by a tab to both edges."""
    sheets, y = [Sheet()], TOP
    for style, text in paragraphs:
        size = TITLE if style == "title" else BODY
        parts = text.split("\t") if style == "apart" else broken(text, MEASURE / size, _first(style), width)
        for at, line in enumerate(parts):
            if y + PITCH > BOTTOM:
                sheets.append(Sheet())
                y = TOP
            sheets[-1].runs.append(Run(line, _x(style, at, line, size, width), y + size, size))
            y += PITCH if style != "apart" or at == len(parts) - 1 else 0
    if numbered:
        for number, sheet in enumerate(sheets, start=1):
            text = f"— {number} —"
            right = LEFT + MEASURE - 14 - 14 * sum(map(width, text))
            sheet.runs.append(Run(text, right if number % 2 else LEFT + 14, BOTTOM + 30, 14))
    return sheets


def _first(style: Style) -> float:
    return 2.0 if style == "body" else 0.0


def _x(style: Style, at: int, line: str, size: float, width: Width) -> float:
    room = MEASURE - size * sum(map(width, line))
    if style in ("title", "centre"):
        return LEFT + room / 2
    if style == "right":
        return LEFT + room - 4 * size
    if style == "apart":
        return LEFT if at == 0 else LEFT + room
    return LEFT + (_first(style) * size if at == 0 else 0)


def styled(raw: str) -> Iterator[tuple[Style, str]]:
    """The lines of a source text in the styles that its spaces and marks show."""
    for line in filter(str.strip, raw.splitlines()):
        text = line.strip()
        if len(line) - len(line.lstrip()) > 10:
            yield "right", text
        elif re.search(r" {5,}", text):
            yield "apart", re.sub(r" {5,}", "\t", text)
        elif re.search(r"[，。；：、,;:]", text) or re.match(r"\d|[（(]?[一二三四五六七八九十]+[、）)]", text):
            yield "body", text
        else:
            yield "centre", text
