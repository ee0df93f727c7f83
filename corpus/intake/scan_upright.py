"""Turning the image of a page: the right way up by what can be read, and level by its lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from corpus.intake.recognise import Corners, Image, Recogniser, Seen

_DOUBTFUL = 0.8  # mean score of a page; one that stands on its head or side has less
_LONG = 8.0  # width to height of a line that tells how far the page is from level
_LEVEL = 1e-3  # radians
_TALLEST, _PART = 2.2, 1.4  # height to width: of an image read at once, and of the parts of a longer one


def read_upright(image: Image, recognise: Recogniser) -> tuple[Image, tuple[Seen, ...], int]:
    """Return the image as it is read, its lines on it, and by how many quarters it was turned to the left."""
    turned, seen, quarters = _upright(image, recognise)
    slope = _slope(seen)
    height, width = turned.shape[:2]
    if abs(slope) > _LEVEL:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(slope), 1.0)
        white = (255.0, 255.0, 255.0)
        turned = np.asarray(cv2.warpAffine(turned, turn, (width, height), borderValue=white), np.uint8)
    return turned, tuple(_levelled(line, slope, width / 2, height / 2) for line in seen), quarters


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
    return sum(
        line.score * len(line.text) for line in seen if line_width(line) >= line_height(line) or len(line.text) == 1
    )


def _read(image: Image, recognise: Recogniser) -> tuple[Seen, ...]:
    out: list[Seen] = []
    for top, bottom in _parts(image):
        part = recognise(np.ascontiguousarray(image[top:bottom]))
        out += [replace(s, corners=moved(s.corners, 0, top)) for s in part]
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


def moved(corners: Corners, right: float, down: float) -> Corners:
    """Return the corners of a line so many pixels further to the right and down."""
    (a, b), (c, d), (e, f), (g, h) = corners
    return (a + right, b + down), (c + right, d + down), (e + right, f + down), (g + right, h + down)


def line_width(line: Seen) -> float:
    """Return the length of a line's upper edge in pixels."""
    return math.dist(line.corners[0], line.corners[1])


def line_height(line: Seen) -> float:
    """Return the length of a line's left edge in pixels."""
    return math.dist(line.corners[0], line.corners[3])


def _slope(seen: Sequence[Seen]) -> float:
    """By how many radians the page is turned to the right of level."""
    slopes = [
        math.atan2(s.corners[1][1] - s.corners[0][1], s.corners[1][0] - s.corners[0][0])
        for s in seen
        if line_width(s) >= _LONG * line_height(s)
    ]
    return median(slopes) if slopes else 0.0


def _levelled(line: Seen, slope: float, x: float, y: float) -> Seen:
    """The line with its middle where it stands once the page is turned back about (x, y), and its box level."""
    across = sum(corner[0] for corner in line.corners) / 4 - x
    down = sum(corner[1] for corner in line.corners) / 4 - y
    middle_x = x + across * math.cos(slope) + down * math.sin(slope)
    middle_y = y - across * math.sin(slope) + down * math.cos(slope)
    half_w, half_h = line_width(line) / 2, line_height(line) / 2
    left, right, top, bottom = middle_x - half_w, middle_x + half_w, middle_y - half_h, middle_y + half_h
    return replace(line, corners=((left, top), (right, top), (right, bottom), (left, bottom)))
