"""The body of a Word document as lines: what is printed, in reading order, with the numbers that Word adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.intake.word_fields import Fields
from corpus.intake.word_finds import Finds
from corpus.intake.word_numbering import Numbering
from corpus.intake.word_styles import Styles
from corpus.intake.wordml import child, number, tag, value

_LONGEST_CELL, _MOST_CELL_LINES = 800, 8  # a cell with more lays out a page
_WRAPPERS = frozenset("w:customXml w:dir w:bdo w:hyperlink w:ins w:moveTo w:rubyBase w:sdtContent w:smartTag".split())
_DELETED = frozenset(("w:del", "w:moveFrom"))
_CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:br": "\n", "w:noBreakHyphen": "-"}
_SIGNS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F071": "□", "F0FC": "✓", "F0FB": "☒", "F0D8": "➢"}


@dataclass(slots=True)
class Story:
    """One run of text of a document: its body, a header, a note.

    notes: kind and id of footnotes and endnotes in the order of their marks.
    carried: text of paragraphs whose end mark was deleted; it belongs to the next one.
    """

    styles: Styles
    numbering: Numbering
    finds: Finds
    fields: Fields = field(default_factory=Fields)
    notes: list[tuple[str, str]] = field(default_factory=list)
    carried: str = ""
    boxes: list[str] = field(default_factory=list)

    def read(self, parent: etree._Element) -> list[str]:
        """Return the lines below `parent`: one a paragraph, or a row of a table with tabs between its cells."""
        lines = self._lines(parent)
        carried, self.carried = self.carried, ""
        return [*lines, carried] if carried.strip() else lines

    def _lines(self, parent: etree._Element) -> list[str]:
        out: list[str] = []
        for element in parent:
            name = tag(element)
            if name == "w:p":
                out += self._paragraph(element)
            elif name == "w:tbl":
                out += self._table(element)
            elif name == "mc:AlternateContent":
                out += self._either(element)
            elif name == "w:sdt" and _is_contents(element):
                self.finds.contents += self._lines(element)
            elif name == "w:sdt" or name in _WRAPPERS:
                self.finds.kinds["inserted"] += name in ("w:ins", "w:moveTo")
                out += self._lines(element)
            elif name in _DELETED:
                self.finds.deleted.append(_deleted_text(element))
            elif name in ("w:altChunk", "w:subDoc"):
                self.finds.kinds["embedded"] += 1
        return out

    def _either(self, element: etree._Element) -> list[str]:
        """The first way to show something that holds text; both ways hold the same."""
        for way in element:
            if tag(way) in ("mc:Choice", "mc:Fallback") and (found := self._lines(way)):
                return found
        return []

    def _paragraph(self, paragraph: etree._Element) -> list[str]:
        before, self.boxes = self.boxes, []
        in_contents = self.fields.contents
        text = self.carried + "".join(self._inline(paragraph, paragraph))
        self.fields.end_paragraph()
        boxes, self.boxes = self.boxes, before
        mark = child(paragraph, "w:pPr", "w:rPr")
        if any(child(mark, name) is not None for name in _DELETED):
            self.carried = text
            return boxes
        self.carried = ""
        identity, level, giver = self.styles.paragraph_numbering(paragraph)
        gone = not text.strip() and self.styles.hidden(mark, paragraph)
        label = "" if gone else self.numbering.label(identity, level, giver)
        if not text.strip():
            self.finds.kinds["empty number"] += bool(label)
            return boxes
        found = [line for line in (label + text.strip(" ")).split("\n") if line.strip()]
        style = self.styles.name(value(child(paragraph, "w:pPr", "w:pStyle")))
        if in_contents or self.fields.contents or style.startswith("toc "):
            self.finds.contents += found
            return boxes
        return found + boxes

    def _inline(self, parent: etree._Element, paragraph: etree._Element) -> Iterator[str]:
        for element in parent:
            name = tag(element)
            if name == "w:r":
                yield self._run(element, paragraph)
            elif name in _DELETED:
                self.finds.deleted.append(_deleted_text(element))
            elif name in _WRAPPERS or name in ("w:sdt", "w:fldSimple", "mc:Choice", "mc:Fallback"):
                self.finds.kinds["inserted"] += name in ("w:ins", "w:moveTo")
                yield from self._inline(element, paragraph)
            elif name == "mc:AlternateContent":
                yield next((text for way in element if (text := "".join(self._inline(way, paragraph)))), "")
            elif name in ("m:oMath", "m:oMathPara"):
                self.finds.kinds["formula"] += 1
                yield "".join(e.text or "" for e in element.iterdescendants() if tag(e) == "m:t")

    def _run(self, run: etree._Element, paragraph: etree._Element) -> str:
        text = "".join(self._piece(element, paragraph) for element in run)
        if not text.strip():
            return text
        properties = child(run, "w:rPr")
        if self.styles.hidden(properties, paragraph):
            self.finds.hidden.append(text)
            return ""
        if self.styles.unseen(properties, paragraph):
            self.finds.unseen.append(text)
        return text

    def _piece(self, element: etree._Element, paragraph: etree._Element) -> str:
        name = tag(element)
        if name == "w:fldChar":
            return self.fields.mark(value(element, "w:fldCharType"))
        if name == "w:instrText":
            self.fields.code(element.text or "")
        if not self.fields.printed:
            return ""
        if name == "w:t":
            return (element.text or "").replace("\n", " ")
        if name == "w:sym":
            return self._sign(element)
        if name == "w:ruby":
            return "".join(self._inline(element, paragraph))
        if name == "mc:AlternateContent":
            return self._shown_as(element, paragraph)
        self._beside(name, element)
        return _CHARACTERS.get(name, "")

    def _beside(self, name: str, element: etree._Element) -> None:
        """Take what hangs on a place of the text and is not part of it."""
        if name in ("w:drawing", "w:pict", "w:object"):
            self.boxes += self._drawing(element)
        elif name in ("w:footnoteReference", "w:endnoteReference"):
            self.notes.append((name.removesuffix("Reference"), value(element, "w:id") or ""))
        elif name == "w:commentReference":
            self.finds.kinds["comment"] += 1

    def _shown_as(self, element: etree._Element, paragraph: etree._Element) -> str:
        """The first way to show something that holds text, beside its paragraph or in it."""
        before = len(self.boxes)
        for way in element:
            text = "".join(self._piece(e, paragraph) for e in way)
            if text or len(self.boxes) > before:
                return text
        return ""

    def _drawing(self, parent: etree._Element) -> list[str]:
        """Text in boxes and shapes."""
        out: list[str] = []
        for element in parent:
            name = tag(element)
            if name == "mc:AlternateContent":
                out += next((found for way in element if (found := self._drawing(way))), [])
            elif name == "w:txbxContent":
                out += self._box(element)
            elif name == "v:textpath" and (drawn := value(element, "string")):
                out.append(drawn)
            else:
                out += self._drawing(element)
        return out

    def _box(self, content: etree._Element) -> list[str]:
        outer, carried = self.fields, self.carried
        self.fields, self.carried = Fields(drawn=outer.drawn), ""
        lines = self.read(content)
        self.fields, self.carried = outer, carried
        return lines

    def _sign(self, element: etree._Element) -> str:
        """A character given by its number; those of symbol fonts have none in Unicode."""
        given = (value(element, "w:char") or "").upper()
        try:
            code = int(given, 16)
        except ValueError:
            return ""
        if not 0xF000 <= code <= 0xF0FF:
            return chr(code) if code < 0x110000 else ""
        self.finds.kinds["sign"] += given not in _SIGNS
        return _SIGNS.get(given, "")

    def _table(self, table: etree._Element) -> list[str]:
        out: list[str] = []
        for row in _parts(table, "w:tr"):
            properties = child(row, "w:trPr")
            if child(properties, "w:del") is not None:
                self.finds.deleted.append(_deleted_text(row))
                continue
            cells = [(self._cell(cell), cell) for cell in _parts(row, "w:tc")]
            if child(properties, "w:hidden") is not None:
                self.finds.hidden += [line for lines, _ in cells for line in lines]
                continue
            out += _row([(lines, number(child(cell, "w:tcPr", "w:gridSpan")) or 1) for lines, cell in cells])
        return out

    def _cell(self, cell: etree._Element) -> list[str]:
        lines = self.read(cell)
        merged = child(cell, "w:tcPr", "w:vMerge")
        if merged is None or value(merged) == "restart":
            return lines
        self.finds.hidden += lines  # a cell that is part of the one above shows nothing of its own
        return []


def _row(cells: list[tuple[list[str], int]]) -> list[str]:
    """A row of data on one line; the cells of a row that lays out a page, one after the other."""
    laid_out = any(len(lines) > _MOST_CELL_LINES or sum(map(len, lines)) > _LONGEST_CELL for lines, _ in cells)
    if len(cells) == 1 or laid_out:
        return [line for lines, _ in cells for line in lines]
    texts: list[str] = []
    for lines, wide in cells:
        texts += [" ".join(lines).replace("\t", " ")] + [""] * (min(wide, 100) - 1)
    row = "\t".join(texts).rstrip()
    return [row] if row else []


def _parts(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, also those inside content controls and marks of change."""
    for element in parent:
        if tag(element) == name:
            yield element
        elif tag(element) == "w:sdt" or tag(element) in _WRAPPERS:
            yield from _parts(element, name)


def _is_contents(control: etree._Element) -> bool:
    gallery = child(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return value(gallery) == "Table of Contents"


def _deleted_text(element: etree._Element) -> str:
    return "".join(e.text or "" for e in element.iterdescendants() if tag(e) in ("w:delText", "w:t"))
