"""What kind of file it is, told by its content; its name decides only between kinds that look alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from corpus.errors import UnreadableFileError
from corpus.intake.archive import open_archive
from corpus.intake.encoding import decode
from corpus.intake.web_archive import is_archived

Kind = Literal["text", "markdown", "web page", "Word", "older word processor", "PDF", "picture", "OFD"]

SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "web page": (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"),
    "Word": (".docx", ".docm", ".dotx", ".dotm"),
    "older word processor": (".doc", ".dot", ".wps", ".wpt", ".rtf", ".xml"),
    "PDF": (".pdf",),
    "picture": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"),
    "OFD": (".ofd",),
}
MAX_TEXT = 20 * 2**20  # bytes of a text, page or Markdown file
_HEAD = 4096
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF87a", b"GIF89a")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOTES = r"\s*(?:<!--(?:(?!-->).)*-->\s*)*"
_PAGE = re.compile(rf"\s*(?:<\?xml[^>]*>)?{_NOTES}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_PIECE = re.compile(rf"{_NOTES}<(?:meta|title|table|div|p|center|font|h[1-6]|span|article)\b[^<]*>", re.I | re.S)
_WORD_XML = re.compile(r'progid="Word\.Document"|schemas\.microsoft\.com/office/2006/xmlPackage')
_OTHER_ARCHIVES = {
    "xl/workbook.xml": "an Excel workbook: save the sheet as .txt or .pdf",
    "ppt/presentation.xml": "a presentation: save it as .pdf",
    "meta-inf/manifest.xml": "a document of LibreOffice: save it as .docx",
}
_OLE_STREAMS = (
    ("EncryptedPackage", "is encrypted with a password: save it without one"),
    ("PowerPoint Document", "is a presentation: save it as .pdf"),
    ("Workbook", "is an Excel workbook: save the sheet as .txt or .pdf"),
)


def kind_of(path: Path) -> Kind:
    """Return what the content of a file is.

    :raises UnreadableFileError: it is encrypted, or of no kind that is read here.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_archive(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    if head.startswith(b"{\\rtf"):
        return "older word processor"
    if head.startswith(_PICTURES) or head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "picture"
    return _kind_of_text(path)


def warn_of_name(path: Path, kind: Kind) -> tuple[str, ...]:
    """Return a warning where the ending of the name is that of another kind."""
    suffix = path.suffix.lower()
    if not suffix or suffix in SUFFIXES[kind]:
        return ()
    return (f"the name ends in {suffix}, but the content is {kind}: read as such",)


def _kind_of_archive(path: Path) -> Kind:
    archive = open_archive(path)
    if "OFD.xml" in archive:
        return "OFD"
    for part, what in _OTHER_ARCHIVES.items():
        if part in archive:
            raise UnreadableFileError(f"{path.name!r} is {what}")
    if "[Content_Types].xml" in archive or "word/document.xml" in archive:
        return "Word"
    raise UnreadableFileError(f"{path.name!r} is an archive of files: unpack it and add the documents in it")


def _kind_of_ole(path: Path) -> Kind:
    """Old Office files and encrypted new ones are the same container; the names of its streams tell them apart."""
    data = path.read_bytes()
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise UnreadableFileError(f"{path.name!r} {what}")
    if "WordDocument".encode("utf-16-le") in data or path.suffix.lower() in SUFFIXES["older word processor"]:
        return "older word processor"
    raise UnreadableFileError(f"{path.name!r} is an Office file that holds no document: save it as .docx or .pdf")


def _kind_of_text(path: Path) -> Kind:
    size = path.stat().st_size
    if size > MAX_TEXT:
        raise UnreadableFileError(
            f"{path.name!r} is of no kind that is read here, or text of {size // 2**20} MB, of which at most "
            f"{MAX_TEXT // 2**20} MB are read"
        )
    try:
        text = decode(path.read_bytes()).text
    except UnreadableFileError as error:
        kinds = "txt, md, html, docx, doc, wps, rtf, pdf, ofd and pictures"
        raise UnreadableFileError(f"{path.name!r} is of no kind that is read here ({kinds}), and {error}") from error
    start = text[:_HEAD].lstrip("\ufeff")
    if _WORD_XML.search(start):
        return "older word processor"
    if _PAGE.match(start) or is_archived(text):
        return "web page"
    if path.suffix.lower() in SUFFIXES["markdown"]:
        return "markdown"
    return "web page" if _PIECE.match(start) else "text"
