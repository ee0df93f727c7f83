"""Reading Word files (.docx, also with macros or in the strict form).

The parts are read as XML, not through python-docx, which gives neither automatic numbers, text boxes, notes nor tracked
changes, and opens neither files with macros nor the strict form.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus.errors import UnreadableFileError
from corpus.intake.archive import Archive, open_archive
from corpus.intake.characters import blank, tidy
from corpus.intake.types import FileText, Progress
from corpus.intake.word_finds import Finds
from corpus.intake.word_numbering import Numbering, read_numbering
from corpus.intake.word_styles import Styles
from corpus.intake.word_text import Story
from corpus.intake.wordml import child, children, tag, value
from corpus.intake.xml_parts import parse_xml

_PAGE_NUMBER = re.compile(r"[\s\-—–―－·•/第页共ofPpage.]*\d{0,4}[\s\-—–―－·•/第页共ofPpage.\d]*")
_MARKS = {"w:footnote": "footnotes", "w:endnote": "endnotes"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a package; related: targets of the main part's relations by kind, in order, and by id."""

    archive: Archive
    main: str
    related: dict[str, list[str]]
    by_id: dict[str, str]

    def root(self, kind: str) -> etree._Element | None:
        """The root of the first part of a kind such as `styles`, None where there is none."""
        names = [name for name in self.related.get(kind, ()) if name in self.archive]
        return self.parse(names[0]) if names else None

    def parse(self, name: str) -> etree._Element:
        return parse_xml(self.archive.read(name), f"{self.archive.path.name!r}, part {name!r},")


def read_docx(path: Path, progress: Progress | None = None) -> FileText:
    """Return the text of a Word file; headers, footers and tables of contents go to the margins, notes to the end.

    Tracked changes are read as accepted, hidden text is left out, automatic numbers are written out.

    :raises UnreadableFileError: it is damaged, no Word file, holds no text, or would unpack to too much.
    """
    parts = _open(path)
    styles = Styles(parts.root("styles"))
    numbering = read_numbering(parts.root("numbering"), styles)
    finds = Finds()
    document = parts.parse(parts.main)
    body = child(document, "w:body")
    if body is None:
        raise UnreadableFileError(f"{path.name!r} is no Word document: save it as .docx and add it again")
    story = Story(styles, numbering, finds)
    lines = story.read(body)
    lines += _notes(parts, story)
    margins = [*_around(parts, document, styles, numbering), *finds.contents]
    text, warnings = tidy("\n".join(lines))
    pictures = sum(name.startswith("word/media/") for name in parts.archive.entries)
    if blank(text):
        held = "only pictures: save it as PDF, whose pages are recognised" if pictures else "no text"
        raise UnreadableFileError(f"{path.name!r} holds {held}")
    finds.kinds.update(note=len(story.notes), picture=pictures)
    finds.drawn += story.fields.drawn
    finds.unknown |= numbering.unknown
    return FileText(text, "docx", tuple(dict.fromkeys(margins)), warnings=(*warnings, *finds.warnings()))


def _open(path: Path) -> _Parts:
    archive = open_archive(path)
    top = _relations(archive, "")
    main = next((target for kind, _, target in top if kind == "officeDocument"), "word/document.xml")
    if main not in archive:
        raise UnreadableFileError(f"{path.name!r} is no Word document: save it as .docx and add it again")
    related: dict[str, list[str]] = {}
    by_id = {}
    for kind, identity, target in _relations(archive, main):
        related.setdefault(kind, []).append(target)
        by_id[identity] = target
    return _Parts(archive, main, related, by_id)


def _relations(archive: Archive, source: str) -> list[tuple[str, str, str]]:
    """Kind, id and target of the relations of a part that lead to other parts."""
    folder, name = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in archive:
        return []
    found = []
    for relation in parse_xml(archive.read(rels), f"{archive.path.name!r}, part {rels!r},"):
        if tag(relation) == "Relationship" and relation.get("TargetMode") != "External":
            kind = posixpath.basename(relation.get("Type", ""))
            target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
            found.append((kind, relation.get("Id", ""), target))
    return found


def _notes(parts: _Parts, story: Story) -> list[str]:
    """Footnotes and endnotes in the order of their marks, numbered as one sequence."""
    roots = {kind: parts.root(name) for kind, name in _MARKS.items()}
    held = {(kind, value(note, "w:id")): note for kind, root in roots.items() for note in children(root, kind)}
    lines = []
    for count, mark in enumerate((mark for mark in story.notes if mark in held), start=1):
        own = Story(story.styles, story.numbering.fresh(), story.finds)
        lines.append(f"注{count}：" + " ".join(line.strip() for line in own.read(held[mark])))
    return lines


def _around(parts: _Parts, document: etree._Element, styles: Styles, numbering: Numbering) -> Iterator[str]:
    """Lines of headers and footers in the order of the sections, without page numbers."""
    seen = set()
    for reference in document.iter():
        if tag(reference) not in ("w:headerReference", "w:footerReference"):
            continue
        name = parts.by_id.get(value(reference, "r:id") or "", "")
        if name in parts.archive and name not in seen:
            seen.add(name)
            for line in Story(styles, numbering.fresh(), Finds()).read(parts.parse(name)):
                text, _ = tidy(line)
                if not _PAGE_NUMBER.fullmatch(text):
                    yield text.strip()
