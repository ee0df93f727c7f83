"""Reading OFD, the format of official electronic documents (GB/T 33190-2016)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PIL import Image as Pictures

from corpus.errors import UnreadableFileError
from corpus.intake.ocr import Scans, as_pixels, readable, recognised_note
from corpus.intake.ofd_package import OfdDocument, area_of, each, open_ofd
from corpus.intake.ofd_page import OfdPage, read_page
from corpus.intake.page_layout import Layout, upright
from corpus.intake.page_text import read_pages
from corpus.intake.recognise import Image, RapidRecogniser, Recogniser
from corpus.intake.types import FileReader, FileText, Progress

MOST_PAGES = 1000
_FEW_CHARACTERS, _PICTURE = 60, 0.6  # characters on a picture that covers so much of the page: it is a scan


@dataclass(slots=True)
class _Notes:
    sentences: list[str] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)

    def told(self) -> tuple[str, ...]:
        return (*self.sentences, *([recognised_note(self.recognised)] if self.recognised else ()))


def read_ofd(path: Path, progress: Progress | None = None) -> FileText:
    """Read an OFD file, without keeping recognised pages."""
    return ofd_reader()(path, progress)


def ofd_reader(cache: Path | None = None, recognise: Recogniser | None = None) -> FileReader:
    """Return a reader of OFD files that keeps recognised pages below the folder `cache`."""
    recogniser = recognise or RapidRecogniser()

    def read(path: Path, progress: Progress | None = None) -> FileText:
        documents = open_ofd(path)
        pages = sum(len(document.pages) for document in documents)
        if not 0 < pages <= MOST_PAGES:
            raise UnreadableFileError(f"{path.name!r} has {pages} pages, 1 to {MOST_PAGES} are read: split it")
        notes = _Notes()
        scans = Scans(path, cache, recogniser)
        text, margins = read_pages(_layouts(documents, scans, notes, progress))
        templates = tuple(line for document in documents for line in _template_lines(document))
        if not text:  # a form that was not filled in
            text, templates = "\n".join(templates), ()
        if not text:
            raise UnreadableFileError(f"no text was found on the {pages} pages of {path.name!r}: save it as PDF")
        return FileText(text, "ofd", tuple(dict.fromkeys([*templates, *margins])), pages, notes.told())

    return read


def _layouts(documents: list[OfdDocument], scans: Scans, notes: _Notes, progress: Progress | None) -> Iterator[Layout]:
    places = [(document, part) for document in documents for part in document.pages]
    for number, (document, part) in enumerate(places, start=1):
        if part in document.archive:
            yield _layout(document, part, number, scans, notes)
        else:
            notes.sentences.append(f"page {number} is missing and was left out ({part})")
        if progress:
            progress(number, len(places))


def _layout(document: OfdDocument, part: str, number: int, scans: Scans, notes: _Notes) -> Layout:
    root = document.xml(part)
    page = read_page(root, area_of(root) or document.area, document.composites)
    if (picture := _scanned(page)) and picture in document.media:
        scanned = scans.page(number, partial(_picture, document, picture, page.width))
        notes.recognised.append(number)
        notes.sentences += scanned.warnings
        return scanned.layout
    layout, _ = upright(number, page.width, page.height, page.glyphs, page.rules)
    if layout.aside:
        notes.sentences.append(f"page {number}: text at an angle was put aside, {layout.aside[0][:20]!r}")
    hidden = "".join(glyph.text for glyph in page.hidden).strip()
    if hidden:
        notes.sentences.append(f"page {number}: text that is not to be seen was put aside, {hidden[:20]!r}")
        layout = replace(layout, aside=(*layout.aside, hidden))
    return layout


def _scanned(page: OfdPage) -> str:
    """The id of the picture that is the page; empty where the page has text of its own or no such picture."""
    if sum(not glyph.text.isspace() for glyph in page.glyphs) >= _FEW_CHARACTERS:
        return ""
    return next((identifier for identifier, share in page.pictures if share >= _PICTURE), "")


def _picture(document: OfdDocument, identifier: str, width: float) -> tuple[Image, float]:
    name = document.media[identifier]
    data = document.archive.read(name)
    with readable(f"{name!r} in {document.archive.path.name!r}"), Pictures.open(io.BytesIO(data)) as picture:
        return as_pixels(picture), width


def _template_lines(document: OfdDocument) -> list[str]:
    """The text of the templates that pages use: letterheads, headers and footers."""
    used = {
        found.get("TemplateID", "")
        for part in document.pages
        if part in document.archive
        for found in each(document.xml(part), "Template")
    }
    lines: list[str] = []
    for identifier, part in document.templates.items():
        if identifier not in used or part not in document.archive:
            continue
        root = document.xml(part)
        page = read_page(root, area_of(root) or document.area, document.composites)
        layout, _ = upright(1, page.width, page.height, page.glyphs, page.rules)
        text, margins = read_pages([layout])
        lines += [*text.split("\n"), *margins]
    return [line for line in lines if line]
