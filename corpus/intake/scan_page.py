"""A page image to pieces in places: turned upright, made level, marks set right, ruled lines found."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from corpus.intake.page_glyphs import is_han
from corpus.intake.page_layout import Layout, Piece
from corpus.intake.recognise import Image, Point, Recogniser, Seen
from corpus.intake.scan_marks import set_marks
from corpus.intake.scan_strokes import Ink, dash_before, find_rules, ink_of

_SMALLEST = 16  # pixels
_HARD_TO_READ = 0.5  # a line recognised with less is put aside and told
_DOUBTFUL = 0.8  # mean score of a page; one that stands on its head or side has less
_FEWEST_UNITS = 5.0  # em: the box of a shorter line is too uneven to compare its width with its height
_SPREAD = 1.3  # by width, of the em by height: characters set apart
_LONG = 8.0  # width to height of a line that tells how far the page is from level
_TALLEST, _PART = 2.2, 1.4  # height to width: of an image read at once, and of the parts of a longer one


def scan_layout(number: int, image: Image, width: float, recognise: Recogniser) -> tuple[Layout, tuple[str, ...]]:
    """Return the page that an image shows, and what a person should look at.

    width: of the page in points, as the image stands.
    """
    if min(image.shape[:2]) < _SMALLEST:
        return Layout(number, width, width, ()), (f"page {number} is a picture too small to hold text",)
    upright, seen, turned = _upright(image, recognise)
    height_px, width_px = upright.shape[:2]
    scale = width / image.shape[1]
    slope = _slope(seen)
    level = [_levelled(line, slope, width_px / 2, height_px / 2) for line in seen]
    clear = [line for line in level if line.score >= _HARD_TO_READ]
    hard = [line for line in level if line.score < _HARD_TO_READ]
    ink = ink_of(upright, slope)
    layout = Layout(
        number,
        width_px * scale,
        height_px * scale,
        _pieces(clear, ink, scale),
        find_rules(ink, scale),
        tuple(line.text for line in hard),
    )
    warnings = [f"page {number}: {line.text!r} was hard to read and put aside" for line in hard]
    if turned:
        warnings.append(f"page {number} was turned by {turned * 90} degrees to be read")
    return layout, tuple(warnings)


def _upright(image: Image, recognise: Recogniser) -> tuple[Image, tuple[Seen, ...], int]:
    """The image as it is read, its lines, and by how many quarters it was turned to the left."""
    readings = [(image, _read(image, recognise), 0)]
    if _doubtful(readings[0][1]):
        for turn in (1, 2, 3):
            turned = np.ascontiguousarray(np.rot90(image, turn))
            readings.append((turned, _read(turned, recognise), turn))
    return max(readings, key=lambda reading: _worth(reading[1]))


def _doubtful(seen: Sequence[Seen]) -> bool:
    read = sum(len(line.text) for line in seen)
    return bool(read) and _worth(seen) < _DOUBTFUL * read


def _worth(seen: Sequence[Seen]) -> float:
    """How many characters stand in lines that run level, weighed by how surely each was read."""
    return sum(line.score * len(line.text) for line in seen if _width(line) >= _height(line) or len(line.text) == 1)


def _read(image: Image, recognise: Recogniser) -> tuple[Seen, ...]:
    out: list[Seen] = []
    for top, bottom in _parts(image):
        part = recognise(np.ascontiguousarray(image[top:bottom]))
        out += [replace(s, corners=_moved(s.corners, top)) for s in part]
    return tuple(out)


def _parts(image: Image) -> Iterator[tuple[int, int]]:
    """Rows between which an image is read at once; a long one, as of a scrolled screen, is cut where it is blank."""
    height, width = image.shape[:2]
    if height <= _TALLEST * width:
        yield 0, height
        return
    contrast = np.ptp(image.reshape(height, -1), axis=1).astype(np.int32)
    top, most = 0, int(_PART * width)
    while height - top > _TALLEST * width:
        near = contrast[top + most // 2 : top + most]
        blankest = np.flatnonzero(near == near.min())
        cut = top + most // 2 + int(blankest[-1])
        yield top, cut
        top = cut
    yield top, height


def _moved(corners: tuple[Point, Point, Point, Point], down: int) -> tuple[Point, Point, Point, Point]:
    (a, b), (c, d), (e, f), (g, h) = corners
    return (a, b + down), (c, d + down), (e, f + down), (g, h + down)


def _width(line: Seen) -> float:
    return math.dist(line.corners[0], line.corners[1])


def _height(line: Seen) -> float:
    return math.dist(line.corners[0], line.corners[3])


def _slope(seen: Sequence[Seen]) -> float:
    """By how many radians the page is turned to the right of level."""
    slopes = [
        math.atan2(s.corners[1][1] - s.corners[0][1], s.corners[1][0] - s.corners[0][0])
        for s in seen
        if _width(s) >= _LONG * _height(s)
    ]
    return median(slopes) if slopes else 0.0


def _levelled(line: Seen, slope: float, x: float, y: float) -> Seen:
    """The line with its middle where it stands once the page is turned back about (x, y), and its box level."""
    across = sum(corner[0] for corner in line.corners) / 4 - x
    down = sum(corner[1] for corner in line.corners) / 4 - y
    middle_x = x + across * math.cos(slope) + down * math.sin(slope)
    middle_y = y - across * math.sin(slope) + down * math.cos(slope)
    half_w, half_h = _width(line) / 2, _height(line) / 2
    left, right, top, bottom = middle_x - half_w, middle_x + half_w, middle_y - half_h, middle_y + half_h
    return replace(line, corners=((left, top), (right, top), (right, bottom), (left, bottom)))


def _pieces(seen: Sequence[Seen], ink: Ink, scale: float) -> tuple[Piece, ...]:
    """The lines as pieces. The em of a line is its width by its characters, unless they are set far apart."""
    texts = [set_marks(line.text) for line in seen]
    units = [sum(1.0 if is_han(char) else 0.5 for char in text) for text in texts]
    long = [(line, unit) for line, unit in zip(seen, units, strict=True) if unit >= _FEWEST_UNITS]
    em_to_height = median(_width(line) / unit / _height(line) for line, unit in long) if long else 1.0
    usual_em = median(_width(line) / unit for line, unit in long) if long else 0.0
    out = []
    for line, text, unit in zip(seen, texts, units, strict=True):
        if not text:
            continue
        em, by_height = _width(line) / unit, min(_height(line), _width(line)) * em_to_height
        if em > _SPREAD * by_height or unit < _FEWEST_UNITS:
            em = min(em, by_height)
        (left, top), _, (right, bottom), _ = line.corners
        if unit >= _FEWEST_UNITS and dash_before(ink, left, top, bottom, em):
            # a stroke read as 一: then the line is but one em wider than what was read
            text = text[1:] if text[0] == "一" and _width(line) < (unit + 1.5) * usual_em else text.lstrip("—-–―")
            text = "——" + text
        out.append(Piece(text, left * scale, top * scale, right * scale, bottom * scale, em * scale))
    return tuple(out)
