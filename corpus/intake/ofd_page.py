"""What a page of an OFD file draws: characters with their places, ruled lines, pictures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from corpus.errors import UnreadableFileError
from corpus.intake.ofd_package import Box, each, numbers
from corpus.intake.page_glyphs import is_han, ordinary
from corpus.intake.page_layout import POINTS_PER_MM, Glyph, Rule

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_GROUPS = frozenset(("Content", "Layer", "PageBlock"))
_DEEPEST = 4  # composites within composites
_MOST_OBJECTS = 200_000
_MOST_SHIFTS = 20_000  # of characters in one run of text
_HALF, _BROADEST = 0.5, 0.9  # em: advance of a Latin letter, where none is stated and at most
_THIN = 1.0  # millimetres
_PATH = re.compile(r"([A-Za-z])|(-?[\d.]+(?:[eE]-?\d+)?)")
_POINTS = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}


@dataclass(slots=True)
class OfdPage:
    """Points; y of glyphs upward from the lower edge, y of rules downward. pictures: id, and share of the page.

    objects, depth: how many were drawn so far, and within how many composites.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[str, float]] = field(default_factory=list)
    objects: int = 0
    depth: int = 0


def read_page(root: etree._Element, area: Box, composites: dict[str, etree._Element]) -> OfdPage:
    """Return what a page (or template) draws on an area in millimetres.

    :raises UnreadableFileError: it draws more than a page can hold.
    """
    left, top, width, height = area
    page = OfdPage(width * POINTS_PER_MM, height * POINTS_PER_MM)
    for content in root.iterchildren("{*}Content"):
        _walk(content, (1.0, 0.0, 0.0, 1.0, -left, -top), True, composites, page)
    return page


def _walk(
    group: etree._Element, outer: Matrix, shown: bool, composites: dict[str, etree._Element], page: OfdPage
) -> None:
    for element in group.iterchildren(etree.Element):
        name = etree.QName(element).localname
        page.objects += 1
        if page.objects > _MOST_OBJECTS:  # composites that hold each other draw without end
            raise UnreadableFileError(f"a page draws more than {_MOST_OBJECTS:,} objects: save the file as PDF")
        if name in _GROUPS:
            _walk(element, outer, shown, composites, page)
            continue
        matrix = _placed(element, outer)
        seen = shown and element.get("Visible", "true") != "false" and element.get("Alpha", "255") != "0"
        if name == "TextObject":
            (page.glyphs if seen else page.hidden).extend(_text(element, matrix, page.height))
        elif name == "PathObject" and seen:
            page.rules += _rules(element, matrix)
        elif name == "ImageObject" and seen:
            page.pictures.append((element.get("ResourceID", ""), _share(element, matrix, page)))
        elif name == "CompositeObject" and page.depth < _DEEPEST:
            page.depth += 1
            for content in _contents(composites.get(element.get("ResourceID", ""))):
                _walk(content, matrix, seen, composites, page)
            page.depth -= 1


def _contents(unit: etree._Element | None) -> Iterator[etree._Element]:
    if unit is not None:
        yield from unit.iterchildren("{*}Content")


def _share(element: etree._Element, matrix: Matrix, page: OfdPage) -> float:
    """The share of the page that a picture covers: a unit square by its CTM, or its boundary where it has none."""
    a, b, c, d, _, _ = matrix
    area = abs(a * d - b * c)
    boundary = numbers(element.get("Boundary"))
    if element.get("CTM") is None and len(boundary) == 4:
        area *= boundary[2] * boundary[3]
    return area * POINTS_PER_MM**2 / (page.width * page.height)


def _placed(element: etree._Element, outer: Matrix) -> Matrix:
    """From an object's own coordinates to those of the page: by its CTM, then into its boundary."""
    boundary = numbers(element.get("Boundary"))
    ctm = numbers(element.get("CTM"))
    a, b, c, d, e, f = ctm if len(ctm) == 6 else _IDENTITY
    x, y = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
    e, f = e + x, f + y
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _text(element: etree._Element, matrix: Matrix, height: float) -> Iterator[Glyph]:
    a, b, c, d, e, f = matrix
    em = (numbers(element.get("Size")) or [0.0])[0]
    stretch = (numbers(element.get("HScale")) or [1.0])[0]
    turn = (numbers(element.get("CharDirection")) or [0.0])[0]
    angle = math.atan2(-b, a) - math.radians(turn)
    size = em * math.hypot(c, d) * POINTS_PER_MM
    x = y = 0.0
    for code in each(element, "TextCode"):
        text = code.text or ""
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        across, down = shifts(code.get("DeltaX")), shifts(code.get("DeltaY"))
        at_x, at_y = x, y
        for i, char in enumerate(text):
            step = across[i] if i < len(across) else 0.0
            fall = down[i] if i < len(down) else 0.0
            natural = em * stretch * (1.0 if is_han(char) else _HALF)
            broadest = em * stretch * (1.0 if is_han(char) else _BROADEST)
            advance = min(abs(step), broadest) or natural
            if char not in "\r\n":
                page_x, page_y = a * at_x + c * at_y + e, b * at_x + d * at_y + f
                wide = advance * math.hypot(a, b) * POINTS_PER_MM
                place = page_x * POINTS_PER_MM, height - page_y * POINTS_PER_MM
                yield Glyph(ordinary(char), *place, wide, size, angle)
            at_x += step or (0.0 if fall else natural)
            at_y += fall


def shifts(text: str | None) -> list[float]:
    """Return the distances of a DeltaX or DeltaY; `g 3 5.6` stands for three times 5.6."""
    out: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if len(out) >= _MOST_SHIFTS:
            break
        if word in ("g", "G"):
            count, value = (numbers(next(words, "0")) or [0.0])[0], (numbers(next(words, "0")) or [0.0])[0]
            out += [value] * max(min(int(count), _MOST_SHIFTS), 0)
        else:
            out += numbers(word)
    return out


def _rules(element: etree._Element, matrix: Matrix) -> list[Rule]:
    """Level and upright strokes of a path, and its filled areas that are thin enough to be lines."""
    strokes = element.get("Stroke", "true") != "false"
    fills = element.get("Fill", "false") == "true"
    out: list[Rule] = []
    for data in each(element, "AbbreviatedData"):
        for points in _subpaths(data.text or "", matrix):
            if strokes:
                out += [rule for a, b in pairwise(points) if (rule := _thin(points=(a, b), most=_THIN / 2))]
            elif fills and len(points) >= 4 and (rule := _thin(points, _THIN)):
                out.append(rule)
    return out


def _thin(points: Sequence[tuple[float, float]], most: float) -> Rule | None:
    xs, ys = [x * POINTS_PER_MM for x, _ in points], [y * POINTS_PER_MM for _, y in points]
    rule = Rule(min(xs), min(ys), max(xs), max(ys))
    return rule if min(rule.right - rule.left, rule.bottom - rule.top) <= most * POINTS_PER_MM else None


def _subpaths(data: str, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The straight parts of a path as points of the page; a curve ends a part."""
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    command, values = "", list[float]()

    def place() -> tuple[float, float]:
        x, y = values[-2:]
        return a * x + c * y + e, b * x + d * y + f

    for letter, number in _PATH.findall(data):
        if letter:
            command, values = letter, []
            if letter == "C" and points:
                yield [*points, points[0]]
                points = []
            continue
        values += numbers(number)
        if len(values) < 2 * _POINTS.get(command, 4):
            continue
        if command != "L" and points:
            yield points
            points = []
        points.append(place())
        values = []
    if points:
        yield points
