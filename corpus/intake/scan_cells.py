"""Cells of ruled tables in a scan: lines that were read across a ruled line, and text that was not seen at all."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from corpus.intake.page_layout import Rule
from corpus.intake.page_tables import ruled_cells
from corpus.intake.recognise import Image, Recogniser, Seen
from corpus.intake.scan_strokes import Ink

Box = tuple[int, int, int, int]
"""Left, top, right and lower edge in pixels."""

_RULE = 3  # pixels by which a ruled line may be broader than it was found
_STROKE, _SPECK = 0.4, 0.1  # of the usual height of lines: what every character has, and what is noise
_AROUND = 0.3  # of a line's height, white round an image of it
_CLEAR = 0.5


def mend_cells(
    seen: Sequence[Seen], image: Image, ink: Ink, rules: Sequence[Rule], scale: float, recognise: Recogniser
) -> tuple[Seen, ...]:
    """Return the lines of a level page, those of ruled tables within one cell each.

    A line that reaches over several cells is read anew in each; so is the ink of a cell in which no line was seen.
    """
    cells = [_pixels(cell, scale, image) for cell in ruled_cells(rules)]
    if not cells or not seen:
        return tuple(seen)
    ink = _without_rules(ink, rules, scale)
    usual = float(np.median([line.corners[3][1] - line.corners[0][1] for line in seen]))
    out: list[Seen] = []
    for line in seen:
        out += _parted(line, cells, image, ink, usual, recognise)
    for cell in cells:
        if not any(_within(line, cell) for line in out):
            unseen = [_line(box, image, recognise) for box in _rows(ink, cell, usual)]
            out += [line for line in unseen if line.text]
    return tuple(out)


def _without_rules(ink: Ink, rules: Sequence[Rule], scale: float) -> Ink:
    out = ink.copy()
    for rule in rules:
        left, top, right, bottom = (round(edge / scale) for edge in (rule.left, rule.top, rule.right, rule.bottom))
        out[max(top - _RULE, 0) : bottom + _RULE, max(left - _RULE, 0) : right + _RULE] = 0
    return out


def _pixels(cell: tuple[float, float, float, float], scale: float, image: Image) -> Box:
    left, top, right, bottom = (round(edge / scale) for edge in cell)
    return (
        max(left, 0) + _RULE,
        max(top, 0) + _RULE,
        min(right, image.shape[1]) - _RULE,
        min(bottom, image.shape[0]) - _RULE,
    )


def _within(line: Seen, cell: Box) -> bool:
    (left, top), _, (right, bottom), _ = line.corners
    return cell[0] <= (left + right) / 2 <= cell[2] and cell[1] <= (top + bottom) / 2 <= cell[3]


def _parted(
    line: Seen, cells: Sequence[Box], image: Image, ink: Ink, usual: float, recognise: Recogniser
) -> list[Seen]:
    """The parts of a line in the cells that it reaches over; the line itself where it stands in one."""
    (left, top), _, (right, bottom), _ = ((int(x), int(y)) for x, y in line.corners)
    middle, reach = (top + bottom) / 2, (bottom - top) / 2  # a box is a little larger than its line
    crossed = [
        cell
        for cell in sorted(cells)
        if cell[1] <= middle <= cell[3] and min(cell[2], right) - max(cell[0], left) > reach
    ]
    if len(crossed) < 2:
        return [line]
    boxes = [
        box
        for x0, y0, x1, y1 in crossed
        for box in _rows(ink, (max(x0, left), max(y0, top), min(x1, right), min(y1, bottom)), usual)
        if box[1] <= middle <= box[3]
    ]
    parts = [_line(box, image, recognise) for box in boxes]
    return parts if len(parts) > 1 and all(part.score >= _CLEAR for part in parts) else [line]


def _rows(ink: Ink, box: Box, usual: float) -> list[Box]:
    """Boxes round the rows of characters within a box, from the top; specks make none."""
    left, top, right, bottom = (max(edge, 0) for edge in box)
    part = np.ascontiguousarray(ink[top:bottom, left:right])
    if not part.size:
        return []
    count, _, found, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    strokes = [(x, y, x + w, y + h) for x, y, w, h, _ in found[1:count].tolist()]
    out: list[Box] = []
    for stroke in sorted((s for s in strokes if _size(s) >= _STROKE * usual), key=lambda s: s[1]):
        if out and stroke[1] < out[-1][3]:
            out[-1] = _round(out[-1], stroke)
        else:
            out.append(stroke)
    for at, row in enumerate(out):  # the small strokes of its characters
        for stroke in strokes:
            if _size(stroke) >= _SPECK * usual and _near(row, stroke, _AROUND * usual):
                out[at] = _round(out[at], stroke)
    return [(left + x0, top + y0, left + x1, top + y1) for x0, y0, x1, y1 in out]


def _size(box: Box) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _round(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _near(a: Box, b: Box, reach: float) -> bool:
    return a[0] - reach <= b[2] and b[0] <= a[2] + reach and a[1] <= b[3] and b[1] <= a[3]


def _line(box: Box, image: Image, recognise: Recogniser) -> Seen:
    left, top, right, bottom = box
    margin = max(int(_AROUND * (bottom - top)), 2)
    paper = int(np.percentile(image[top:bottom, left:right], 95))
    framed = np.full((bottom - top + 2 * margin, right - left + 2 * margin, 3), paper, np.uint8)
    framed[margin:-margin, margin:-margin] = image[top:bottom, left:right]
    text, score = recognise.line(framed)
    x0, y0, x1, y1 = map(float, (left, top, right, bottom))
    return Seen(text, score, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
