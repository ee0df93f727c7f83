"""Long thin strokes in the image of a page: ruled lines, and the dash —— that recognition often leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from corpus.intake.page_layout import Rule
from corpus.intake.recognise import Image, Seen

Ink = NDArray[np.uint8]
"""Shape (height, width): 255 where a page is inked, else 0."""

_LEVEL, _UPRIGHT = 60.0, 24.0  # points: strokes of characters are shorter
_CLOSED = 1.8  # points: gaps that noise makes in a stroke
_BROADEST = 4.0  # points
_AROUND, _DARKER = 41, 15  # pixels round about, and grey levels by which ink is darker than those
_DASH, _BEFORE, _BEHIND = 1.5, 2.4, 2.6  # em: the shortest double dash; where it is looked for about a line's left end
_EDGE = 0.15  # of a line's height
_MIDDLE = 0.25  # of a line's height, up and down from its middle


def ink_of(image: Image, scale: float) -> Ink:
    """Return where a page that is level is inked; small gaps in level strokes are closed. scale: points to a pixel."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER)
    return np.asarray(
        cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, max(round(_CLOSED / scale), 1)), np.uint8)), np.uint8
    )


def find_rules(ink: Ink, seen: Sequence[Seen], scale: float) -> tuple[Rule, ...]:
    """Return the ruled lines of a page in points. seen: its lines of text, whose own strokes are no rules."""
    level = _strokes(ink, _LEVEL, scale)
    upright = [Rule(r.top, r.left, r.bottom, r.right) for r in _strokes(np.ascontiguousarray(ink.T), _UPRIGHT, scale)]
    boxes = [tuple(value * scale for corner in (line.corners[0], line.corners[2]) for value in corner) for line in seen]
    return tuple(r for r in (*level, *upright) if not any(_of_text(r, *box) for box in boxes))


def _of_text(rule: Rule, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a stroke lies within a line of text, away from its upper and lower edge."""
    edge = _EDGE * (bottom - top) if rule.level else 0.0
    return (
        left <= rule.left
        and rule.right <= right
        and top + edge <= (rule.top + rule.bottom) / 2 <= bottom - edge
        and rule.bottom - rule.top <= bottom - top
    )


def _strokes(ink: Ink, shortest: float, scale: float) -> list[Rule]:
    """Level strokes, slightly wavy ones too."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    kept = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(int(shortest / scale), 3)), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    return [
        Rule(left * scale, top * scale, (left + wide) * scale, (top + high) * scale)
        for left, top, wide, high, _ in boxes[1:count].tolist()
        if high * scale <= _BROADEST
    ]


def dash_before(ink: Ink, left: float, top: float, bottom: float, em: float) -> bool:
    """Whether the line that begins at `left`, or shortly before it, begins with a double dash; all in pixels."""
    middle, reach = (top + bottom) / 2, _MIDDLE * (bottom - top)
    first = max(int(left - _BEFORE * em), 0)
    rows = ink[max(int(middle - reach), 0) : int(middle + reach) + 1, first : int(left + _BEHIND * em)]
    columns = (rows > 0).any(axis=0)
    runs = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    for start, end in zip(runs[::2], runs[1::2], strict=True):
        if _DASH * em <= end - start <= _BEHIND * em and first + start <= left + em:
            stroke = ink[int(top) : int(bottom) + 1, first + start + int(em / 4) : first + end - int(em / 4)]
            return bool((stroke > 0).sum(axis=0).max() <= 0.25 * em)  # nothing above or below it: no character
    return False
