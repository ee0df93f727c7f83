"""What a PDF page draws: characters with their places, hidden ones apart, ruled lines, and how much pictures cover."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.intake.page_glyphs import is_han, ordinary, unreadable
from corpus.intake.page_layout import Glyph, Rule

Matrix = tuple[float, float, float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_INVISIBLE_MODE = 3  # ISO 32000-1, 9.3.6: text that is neither filled nor stroked
_DEEPEST_FORM = 6
_MOST_SEGMENTS = 4000  # of paths; a page with more is a drawing
_THIN = 3.0  # points
_LINE_END_HYPHEN = "\u0002"  # pdfium's own mark
_SYMBOLS = ("\uf020", "\uf0ff")  # where symbol fonts, which draw bullets, are mapped to
_LIGATURE_LETTER = 0.28  # em: f, i and l are narrow
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page, y of glyphs upward from the lower edge, y of rules downward.

    hidden: characters that are drawn invisibly; unreadable: how many characters have no meaning, each of them U+FFFD
    among the others; outside: characters beyond the page's edges; pictures: share of the page that pictures cover,
    from 0 to 1.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    hidden: tuple[Glyph, ...]
    outside: str
    rules: tuple[Rule, ...]
    unreadable: int
    pictures: float


@dataclass(slots=True)
class _Drawn:
    """What the objects of a page, those in forms too, come to."""

    hides_text: bool
    rules: list[Rule]
    pictures: float
    segments: int = 0


def read_page(page: pdfium.PdfPage) -> PdfPage:
    """Return what the page draws, turned as its /Rotate is not."""
    left, bottom, right, top = page.get_bbox()
    drawn = _Drawn(False, [], 0.0)
    _walk(page.raw, None, _IDENTITY, 0, drawn)
    shown: list[Glyph] = []
    hidden: list[Glyph] = []
    outside: list[str] = []
    for glyph, invisible in _glyphs(page, drawn.hides_text):
        if not (left - 1 <= glyph.x <= right + 1 and bottom - 1 <= glyph.y <= top + 1):
            outside.append(glyph.text)
            continue
        placed = Glyph(glyph.text, glyph.x - left, glyph.y - bottom, glyph.advance, glyph.size, glyph.angle)
        (hidden if invisible else shown).append(placed)
    rules = [Rule(r.left - left, top - r.bottom, r.right - left, top - r.top) for r in drawn.rules]
    area = (right - left) * (top - bottom)
    return PdfPage(
        right - left,
        top - bottom,
        tuple(shown),
        tuple(hidden),
        "".join(outside).strip(),
        tuple(rules),
        sum(glyph.text == UNKNOWN for glyph in (*shown, *hidden)),
        min(drawn.pictures / area, 1.0) if area else 0.0,
    )


def _glyphs(page: pdfium.PdfPage, hides_text: bool) -> Iterator[tuple[Glyph, bool]]:
    """The characters in the order in which they are drawn, and whether each is invisible."""
    text = page.get_textpage()
    before: Glyph | None = None
    last = 0
    for i, char in _characters(text):
        glyph = _placed(text, i, _meant(text, i, char))
        if before and (before.x, before.y) == (glyph.x, glyph.y) and _same_object(text, last, i):
            before = _ligature(before, glyph.text)
        else:
            if before:
                yield before, hides_text and _is_invisible(text, last)
            before = glyph
        last = i
    if before:
        yield before, hides_text and _is_invisible(text, last)
    text.close()


def _characters(text: pdfium.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Index and code point of what the file draws, not of the spaces and line ends that pdfium adds."""
    high = 0
    for i in range(raw.FPDFText_CountChars(text.raw)):
        if raw.FPDFText_IsGenerated(text.raw, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text.raw, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if chr(code) not in "\r\n":
            yield i, chr(code)


def _placed(text: pdfium.PdfTextPage, i: int, char: str) -> Glyph:
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text.raw, i, x, y)
    raw.FPDFText_GetLooseCharBox(text.raw, i, box)
    raw.FPDFText_GetMatrix(text.raw, i, matrix)
    size = raw.FPDFText_GetFontSize(text.raw, i) * math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a)
    advance = box.right - box.left if abs(math.cos(angle)) > 0.7 else box.top - box.bottom
    return Glyph(char, x.value, y.value, advance, size, angle)


def _ligature(glyph: Glyph, char: str) -> Glyph:
    """One glyph for several characters; pdfium gives each of them a box that is too narrow for all."""
    text = glyph.text + char
    width = sum(1.0 if is_han(c) else _LIGATURE_LETTER for c in text) * glyph.size
    return replace(glyph, text=text, advance=max(glyph.advance, width))


def _same_object(text: pdfium.PdfTextPage, i: int, j: int) -> bool:
    a, b = (raw.FPDFText_GetTextObject(text.raw, at) for at in (i, j))
    return bool(a) and bool(b) and ctypes.addressof(a.contents) == ctypes.addressof(b.contents)


def _meant(text: pdfium.PdfTextPage, i: int, char: str) -> str:
    """The character that is meant by the code point that the file's fonts give; U+FFFD where they give none."""
    if char == _LINE_END_HYPHEN:
        return "-"
    if _SYMBOLS[0] <= char <= _SYMBOLS[1]:
        return "•"
    if raw.FPDFText_HasUnicodeMapError(text.raw, i) == 1 or unreadable(char):
        return UNKNOWN
    return ordinary(char)


def _is_invisible(text: pdfium.PdfTextPage, i: int) -> bool:
    item = raw.FPDFText_GetTextObject(text.raw, i)
    return bool(item) and raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE_MODE


def _walk(page: raw.FPDF_PAGE, form: raw.FPDF_PAGEOBJECT | None, outer: Matrix, depth: int, drawn: _Drawn) -> None:
    count = raw.FPDFPage_CountObjects(page) if form is None else raw.FPDFFormObj_CountObjects(form)
    for i in range(count):
        item = raw.FPDFPage_GetObject(page, i) if form is None else raw.FPDFFormObj_GetObject(form, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawn.hides_text = drawn.hides_text or raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE_MODE
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _product(_matrix(item), outer)
            drawn.pictures += abs(a * d - b * c)  # a picture is a unit square
        elif kind == raw.FPDF_PAGEOBJ_PATH and drawn.segments <= _MOST_SEGMENTS:
            drawn.rules += _rules(item, _product(_matrix(item), outer), drawn)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            _walk(page, item, _product(_matrix(item), outer), depth + 1, drawn)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return _IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _rules(path: raw.FPDF_PAGEOBJECT, matrix: Matrix, drawn: _Drawn) -> list[Rule]:
    """Level and upright strokes of a path, and its filled areas that are thin enough to be lines; y upward."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    out = []
    for points in _subpaths(path, matrix, drawn):
        if stroke.value:
            out += [rule for a, b in zip(points, points[1:], strict=False) if (rule := _line(a, b))]
        elif fill.value and len(points) >= 4:
            rule = _span(points)
            if min(rule.right - rule.left, rule.bottom - rule.top) <= _THIN:
                out.append(rule)
    return out


def _subpaths(path: raw.FPDF_PAGEOBJECT, matrix: Matrix, drawn: _Drawn) -> Iterator[list[tuple[float, float]]]:
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    count = raw.FPDFPath_CountSegments(path)
    drawn.segments += count
    for i in range(count if drawn.segments <= _MOST_SEGMENTS else 0):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _line(a: tuple[float, float], b: tuple[float, float]) -> Rule | None:
    rule = _span([a, b])
    return rule if min(rule.right - rule.left, rule.bottom - rule.top) <= _THIN / 2 else None


def _span(points: list[tuple[float, float]]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))
