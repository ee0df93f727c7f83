"""Reading PDF: pages with text by their characters, pages that are pictures by recognition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableFileError
from corpus.intake.ocr import LARGEST_SHORT_SIDE, Scans, recognised_note
from corpus.intake.page_layout import Glyph, Layout, upright
from corpus.intake.page_text import read_pages
from corpus.intake.pdf_page import UNKNOWN, PdfPage, read_page
from corpus.intake.recognise import Image, RapidRecogniser, Recogniser
from corpus.intake.types import FileReader, FileText, Progress

MOST_PAGES = 1000
_SCAN_DPI, _GLANCE_DPI = 200, 24
_FEWEST_CHARACTERS = 10  # on a page of text; a page with fewer is looked at as a picture
_FEW_ON_PICTURE, _PICTURE = 60, 0.6  # characters stamped on a picture that covers so much of the page
_UNREADABLE_SHARE, _FEWEST_UNREADABLE = 0.1, 5
_END_WITHIN = 2048  # bytes
_BLANK = 24  # grey levels between the darkest and the lightest place of a blank page


@dataclass(slots=True)
class _Notes:
    """What is told of the file: numbers of pages, and whole sentences."""

    sentences: list[str]
    recognised: list[int] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)

    def told(self) -> tuple[str, ...]:
        out = list(self.sentences)
        if self.layered:
            pages = ", ".join(map(str, self.layered))
            out.append(f"page {pages}: the text is an invisible layer over a picture; compare it with the picture")
        if self.recognised:
            out.append(recognised_note(self.recognised))
        return tuple(out)


def read_pdf(path: Path, progress: Progress | None = None) -> FileText:
    """Read a PDF, without keeping recognised pages."""
    return pdf_reader()(path, progress)


def pdf_reader(cache: Path | None = None, recognise: Recogniser | None = None) -> FileReader:
    """Return a reader of PDF files that keeps recognised pages below the folder `cache`."""
    recogniser = recognise or RapidRecogniser()

    def read(path: Path, progress: Progress | None = None) -> FileText:
        notes = _Notes(_cut_off(path))
        document = _open(path)
        try:
            pages = len(document)
            scans = Scans(path, cache, recogniser)
            text, margins = read_pages(_layouts(document, scans, notes, progress))
        finally:
            document.close()
        if not text:
            raise UnreadableFileError(f"no text was found on the {pages} pages of {path.name!r}: scan it once more")
        mostly_scanned = 2 * len(notes.recognised) > pages
        return FileText(text, "scan" if mostly_scanned else "pdf", margins, pages, notes.told())

    return read


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except (pdfium.PdfiumError, OSError) as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(f"{path.name!r} is locked by a password: save it without one") from error
        raise UnreadableFileError(f"{path.name!r} is no PDF or a broken one ({error}): save it once more") from error
    if not 0 < pages <= MOST_PAGES:
        document.close()
        if pages == 0:
            raise UnreadableFileError(f"{path.name!r} is a PDF without pages: save it once more")
        raise UnreadableFileError(f"{path.name!r} has {pages} pages, at most {MOST_PAGES} are read: split it")
    return document


def _cut_off(path: Path) -> list[str]:
    """A warning where the mark of the end is missing; pdfium then reads what it finds."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _END_WITHIN, 0))
        ended = b"%%EOF" in file.read()
    return [] if ended else ["the end of the file is missing: pages or words may be lacking"]


def _layouts(document: pdfium.PdfDocument, scans: Scans, notes: _Notes, progress: Progress | None) -> Iterator[Layout]:
    pages = len(document)
    for index in range(pages):
        number = index + 1
        try:
            page = document[index]
            layout = _layout(page, number, scans, notes)
            page.close()
        except pdfium.PdfiumError as error:
            notes.sentences.append(f"page {number} is broken and was left out ({error})")
        else:
            yield layout
        if progress:
            progress(number, pages)


def _layout(page: pdfium.PdfPage, number: int, scans: Scans, notes: _Notes) -> Layout:
    found = read_page(page)
    if _to_recognise(page, found, number, notes):
        scanned = scans.page(number, lambda: _render(page))
        notes.recognised.append(number)
        notes.sentences += scanned.warnings
        return scanned.layout
    glyphs = _to_show(found, number, notes)
    layout, turned = upright(number, found.width, found.height, glyphs, found.rules)
    aside = [*layout.aside, found.outside] if found.outside else list(layout.aside)
    if layout.aside:
        notes.sentences.append(f"page {number}: text at an angle was put aside, {layout.aside[0][:20]!r}")
    if glyphs is found.glyphs and found.hidden:
        aside.append("".join(glyph.text for glyph in found.hidden))
        notes.sentences.append(f"page {number}: text that is not to be seen was put aside, {aside[-1][:20]!r}")
    if found.unreadable:
        notes.sentences.append(f"page {number}: {found.unreadable} characters have no meaning and stand as {UNKNOWN}")
    return replace(layout, aside=tuple(aside))


def _to_recognise(page: pdfium.PdfPage, found: PdfPage, number: int, notes: _Notes) -> bool:
    """Whether the page is read from its picture: it is one, or its fonts do not say which characters they draw."""
    shown = sum(not glyph.text.isspace() for glyph in found.glyphs)
    hidden = sum(not glyph.text.isspace() for glyph in found.hidden)
    if shown + hidden < _FEWEST_CHARACTERS:
        return not _blank(page)
    if found.unreadable >= max(_FEWEST_UNREADABLE, _UNREADABLE_SHARE * (shown + hidden)):
        notes.sentences.append(
            f"page {number}: its fonts give no meaning to {found.unreadable} of {shown + hidden} characters"
        )
        return True
    return shown < _FEW_ON_PICTURE and hidden < _FEWEST_CHARACTERS and found.pictures >= _PICTURE


def _to_show(found: PdfPage, number: int, notes: _Notes) -> tuple[Glyph, ...]:
    """The characters of the text: invisible ones belong to it where they lie over a picture of the page."""
    if found.hidden and (found.pictures >= _PICTURE or not found.glyphs):
        notes.layered.append(number)
        return (*found.glyphs, *found.hidden)
    return found.glyphs


def _blank(page: pdfium.PdfPage) -> bool:
    return bool(np.ptp(_pixels(page, _GLANCE_DPI)) < _BLANK)


def _render(page: pdfium.PdfPage) -> tuple[Image, float]:
    dpi = min(_SCAN_DPI, LARGEST_SHORT_SIDE * 72 / max(min(page.get_size()), 1.0))
    return _pixels(page, dpi), page.get_width()


def _pixels(page: pdfium.PdfPage, dpi: float) -> Image:
    bitmap = page.render(scale=dpi / 72, may_draw_forms=False)
    image = np.array(bitmap.to_numpy()[:, :, :3], np.uint8)
    bitmap.close()
    return image
