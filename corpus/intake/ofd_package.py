"""The parts of an OFD file (GB/T 33190-2016): its documents, their pages, templates and resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from corpus.errors import UnreadableFileError
from corpus.intake.archive import Archive, open_archive
from corpus.intake.xml_parts import parse_xml

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""

A4: Box = (0.0, 0.0, 210.0, 297.0)
_ROOT = "OFD.xml"


@dataclass(slots=True)
class OfdDocument:
    """One document of a file. pages, templates: paths of parts; the latter by id.

    media: paths of pictures by id; composites: content of composite graphics by id.
    """

    archive: Archive
    area: Box
    pages: list[str]
    templates: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    composites: dict[str, etree._Element] = field(default_factory=dict)

    def xml(self, path: str) -> etree._Element:
        """Return a part.

        :raises UnreadableFileError: it is missing, damaged or no XML.
        """
        return parse_xml(self.archive.read(path), f"{path!r} in {self.archive.path.name!r}")


def open_ofd(path: Path) -> list[OfdDocument]:
    """Return the documents of an OFD file.

    :raises UnreadableFileError: it is damaged, encrypted, too large, or no OFD.
    """
    archive = open_archive(path)
    if "Encryptions.xml" in archive:
        raise UnreadableFileError(f"{path.name!r} is encrypted: save it without protection")
    if _ROOT not in archive:
        raise UnreadableFileError(f"{path.name!r} is no OFD file: it has no {_ROOT}")
    root = parse_xml(archive.read(_ROOT), f"{_ROOT!r} in {path.name!r}")
    roots = [text for element in each(root, "DocRoot") if (text := (element.text or "").strip())]
    if not roots:
        raise UnreadableFileError(f"{path.name!r} names no document in {_ROOT}: save it once more in its program")
    return [_document(archive, resolve("", part)) for part in roots]


def _document(archive: Archive, path: str) -> OfdDocument:
    root = parse_xml(archive.read(path), f"{path!r} in {archive.path.name!r}")
    document = OfdDocument(archive, area_of(root) or A4, [resolve(path, p.get("BaseLoc")) for p in each(root, "Page")])
    document.templates = {t.get("ID", ""): resolve(path, t.get("BaseLoc")) for t in each(root, "TemplatePage")}
    for name in ("PublicRes", "DocumentRes"):
        for element in each(root, name):
            _read_resources(document, resolve(path, (element.text or "").strip()))
    return document


def _read_resources(document: OfdDocument, path: str) -> None:
    if path not in document.archive:
        return
    root = document.xml(path)
    base = resolve(path, posixpath.join(root.get("BaseLoc", ""), "_"))
    for media in each(root, "MultiMedia"):
        for file in each(media, "MediaFile"):
            document.media[media.get("ID", "")] = resolve(base, (file.text or "").strip())
    for unit in each(root, "CompositeGraphicUnit"):
        document.composites[unit.get("ID", "")] = unit


def each(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements below `element` by name alone: files differ in the address of the namespace."""
    return element.iterdescendants(f"{{*}}{name}")


def resolve(base: str, place: str | None) -> str:
    """Return the path of a part that `base` names: below its own folder, or from the root of the archive."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), place or "")).lstrip("/")


def area_of(element: etree._Element) -> Box | None:
    """Return the page's box that an element states, None where it states none or one without size."""
    for box in each(element, "PhysicalBox"):
        values = numbers(box.text)
        if len(values) == 4 and values[2] > 0 and values[3] > 0:
            return values[0], values[1], values[2], values[3]
    return None


def numbers(text: str | None) -> list[float]:
    """Return the numbers of a list; what is none counts as 0."""
    out = []
    for word in (text or "").split():
        try:
            value = float(word)
        except ValueError:
            value = 0.0
        out.append(value if abs(value) < 1e6 else 0.0)
    return out
