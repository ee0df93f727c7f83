"""A page image to pieces in places: turned, marks set right, ruled lines found, cells of tables mended."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from corpus.intake.page_glyphs import is_han
from corpus.intake.page_layout import Layout, Piece
from corpus.intake.recognise import Image, Recogniser, Seen
from corpus.intake.scan_cells import mend_cells
from corpus.intake.scan_marks import set_marks
from corpus.intake.scan_strokes import Ink, dash_before, find_rules, ink_of
from corpus.intake.scan_upright import line_height, line_width, read_upright

_SMALLEST = 16  # pixels
_HARD_TO_READ = 0.5  # a line recognised with less is put aside and told
_FEWEST_UNITS = 5.0  # em: the box of a shorter line is too uneven to compare its width with its height
_SPREAD = 1.3  # by width, of the em by height: characters set apart


def scan_layout(number: int, image: Image, width: float, recognise: Recogniser) -> tuple[Layout, tuple[str, ...]]:
    """Return the page that an image shows, and what a person should look at.

    width: of the page in points, as the image stands.
    """
    if min(image.shape[:2]) < _SMALLEST:
        return Layout(number, width, width, ()), (f"page {number} is a picture too small to hold text",)
    level, seen, turned = read_upright(image, recognise)
    scale = width / image.shape[1]
    ink = ink_of(level, scale)
    rules = find_rules(ink, seen, scale)
    seen = mend_cells(seen, level, ink, rules, scale, recognise)
    clear = [line for line in seen if line.score >= _HARD_TO_READ]
    hard = [line for line in seen if line.score < _HARD_TO_READ]
    layout = Layout(
        number,
        level.shape[1] * scale,
        level.shape[0] * scale,
        _pieces(clear, ink, scale),
        rules,
        tuple(line.text for line in hard),
    )
    warnings = [f"page {number}: {line.text!r} was hard to read and put aside" for line in hard]
    if turned:
        warnings.append(f"page {number} was turned by {turned * 90} degrees to be read")
    return layout, tuple(warnings)


def _pieces(seen: Sequence[Seen], ink: Ink, scale: float) -> tuple[Piece, ...]:
    """The lines as pieces. The em of a line is its width by its characters, unless they are set far apart."""
    texts = [set_marks(line.text) for line in seen]
    units = [sum(1.0 if is_han(char) else 0.5 for char in text) for text in texts]
    long = [(line, unit) for line, unit in zip(seen, units, strict=True) if unit >= _FEWEST_UNITS]
    em_to_height = median(line_width(line) / unit / line_height(line) for line, unit in long) if long else 1.0
    usual_em = median(line_width(line) / unit for line, unit in long) if long else 0.0
    out = []
    for line, text, unit in zip(seen, texts, units, strict=True):
        if not text:
            continue
        em, by_height = line_width(line) / unit, min(line_height(line), line_width(line)) * em_to_height
        if em > _SPREAD * max(by_height, usual_em) or unit < _FEWEST_UNITS:
            em = min(em, by_height)
        (left, top), _, (right, bottom), _ = line.corners
        if unit >= _FEWEST_UNITS and dash_before(ink, left, top, bottom, em):
            # a stroke read as 一: then the line is but one em wider than what was read
            text = text[1:] if text[0] == "一" and line_width(line) < (unit + 1.5) * usual_em else text.lstrip("—-–―")
            text = "——" + text
        out.append(Piece(text, left * scale, top * scale, right * scale, bottom * scale, em * scale))
    return tuple(out)
