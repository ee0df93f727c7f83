"""Word documents of a course: Chinese fonts of the system, headings, tables, fields; text is never read as a field."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# What Chinese offices have; where one is missing, the word processor takes its own font for the same script.
SONG, HEI, KAI = "宋体", "黑体", "楷体"
LATIN = "Times New Roman"
_INK, _QUIET, _SEAL = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x56, 0x60, 0x72), RGBColor(0x9C, 0x1F, 0x17)
_HEAD_FILL, _LINE = "E8EDF4", "A8B2C0"
# XML 1.0 has no place for these.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PAGE_TEXT_CM, _LYING_TEXT_CM = 16.0, 24.7


class WordFile:
    """A Word document being written."""

    def __init__(self, title: str, made: datetime, foot: str) -> None:
        self.docx: Docx = Document()
        self._headings: Counter[int] = Counter()
        self._width = _PAGE_TEXT_CM
        _set_page(self.docx)
        _set_styles(self.docx)
        properties = self.docx.core_properties
        properties.title, properties.author = clean(title), ""
        properties.created = properties.modified = made.replace(tzinfo=None)
        self._foot(foot)

    def bytes(self) -> bytes:
        """Return the file."""
        file = io.BytesIO()
        self.docx.save(file)
        return file.getvalue()

    def text(self, text: str, style: str = "Normal", align: str = "") -> Paragraph:
        """Add a paragraph; a line break in `text` begins a new line."""
        paragraph = self.docx.add_paragraph(style=style)
        add_text(paragraph, text)
        if align == "center":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def heading(self, text: str, level: int) -> None:
        """Add a heading with a bookmark, which is named by its level and its place among those."""
        paragraph = self.docx.add_heading(level=level)
        self._headings[level] += 1
        number = str(level * 1_000_000 + self._headings[level])
        _append(paragraph._p, "w:bookmarkStart", id=number, name=f"_Toc{number}")
        add_text(paragraph, text)
        _append(paragraph._p, "w:bookmarkEnd", id=number)

    def turn(self, landscape: bool) -> None:
        """Begin a new page, lying or upright."""
        section = self.docx.add_section(WD_SECTION.NEW_PAGE)
        long, short = Cm(29.7), Cm(21)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        self._width = _LYING_TEXT_CM if landscape else _PAGE_TEXT_CM

    def page_break(self) -> None:
        """Begin a new page."""
        self.docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def contents(self, headings: Sequence[str]) -> None:
        """Add a contents field whose entries are filled in already: every heading of the first level, in order.

        Entries are links. They name no page numbers, which are known only once a word processor has laid the text out.
        """
        first = self.docx.add_paragraph(style="TOC 1")
        _field_char(first.add_run(), "begin")
        instruction = _append(first.add_run()._r, "w:instrText")
        instruction.set(qn("xml:space"), "preserve")
        instruction.text = ' TOC \\o "1-1" \\h \\z \\n \\u '
        _field_char(first.add_run(), "separate")
        paragraph = first
        for n, text in enumerate(headings, start=1):
            paragraph = first if n == 1 else self.docx.add_paragraph(style="TOC 1")
            _add_link(paragraph, text, f"_Toc{1_000_000 + n}")
        _field_char(paragraph.add_run(), "end")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
        """Add a table with its headings on every page; widths: of the columns, as shares of the page."""
        table: Table = self.docx.add_table(rows=1 + len(rows), cols=len(headings))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _grid(table)
        total = sum(widths)
        sizes = [Cm(self._width * width / total) for width in widths]
        # column by column would look every cell up anew
        grid = [list(row.cells) for row in table.rows]
        for cells, texts in zip(grid, [headings, *rows], strict=True):
            for cell, text, size in zip(cells, texts, sizes, strict=True):
                cell.width = size
                _write(cell, text, head=texts is headings)
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = size
        _repeat(table)
        self.docx.add_paragraph(style="Small")
        return table

    def _foot(self, text: str) -> None:
        """The foot of every page: what the document says of itself, and the page's number."""
        paragraph = self.docx.sections[0].footer.paragraphs[0]
        paragraph.style = self.docx.styles["Small"]
        add_text(paragraph, text + "　　")
        _simple_field(paragraph, "PAGE")
        add_text(paragraph, " / ")
        _simple_field(paragraph, "NUMPAGES")


def clean(text: str) -> str:
    """Return text without what XML cannot hold."""
    return _NO_XML.sub("", text)


def add_text(paragraph: Paragraph, text: str, bold: bool = False) -> None:
    """Add text to a paragraph; line breaks become breaks of the paragraph's own."""
    for n, line in enumerate(clean(text).replace("\r\n", "\n").split("\n")):
        run = paragraph.add_run()
        if n:
            run.add_break()
        run.add_text(line)
        run.bold = bold or None


def _set_page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)


def _set_styles(document: Docx) -> None:
    _style(document, "Normal", SONG, 12, after=6, line=1.5)
    language = document.styles["Normal"].element.get_or_add_rPr()
    _append(language, "w:lang", val="en-US", eastAsia="zh-CN")
    title = _style(document, "Title", HEI, 26, after=18, colour=_SEAL)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    _style(document, "Heading 1", HEI, 17, before=20, after=10, colour=_SEAL)
    _style(document, "Heading 2", HEI, 14, before=14, after=6)
    _style(document, "Heading 3", HEI, 12, before=10, after=4)
    for name, font, size, colour in (
        ("Clause", KAI, 12, _INK),
        ("Source", SONG, 10, _QUIET),
        ("Small", SONG, 9, _QUIET),
    ):
        document.styles.add_style(name, 1)
        _style(document, name, font, size, after=4, colour=colour, line=1.35)
    document.styles.add_style("TOC 1", 1)
    _style(document, "TOC 1", SONG, 12, after=3)
    _style(document, "Clause", KAI, 12).paragraph_format.left_indent = Cm(0.8)
    document.styles.add_style("Question", 1)
    _style(document, "Question", SONG, 12, before=8, after=2, line=1.35)
    document.styles.add_style("Option", 1)
    _style(document, "Option", SONG, 12, after=0, line=1.3).paragraph_format.left_indent = Cm(0.8)


def _style(
    document: Docx,
    name: str,
    font: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    line: float = 1.4,
    colour: RGBColor = _INK,
) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle), name
    style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), colour
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), font)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    return style


def _write(cell: _Cell, text: str, head: bool) -> None:
    lines = text.split("\n") if text else [""]
    for n, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.style = "Small"
        add_text(paragraph, line, bold=head)
        for run in paragraph.runs:
            run.font.color.rgb = _INK
    if head:
        _append(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=_HEAD_FILL)


def _grid(table: Table) -> None:
    borders = _append(table._tbl.tblPr, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _append(borders, f"w:{side}", val="single", sz="4", space="0", color=_LINE)


def _repeat(table: Table) -> None:
    """The headings on every page."""
    _append(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")


def _field_char(run: Run, kind: str) -> None:
    _append(run._r, "w:fldChar", fldCharType=kind)


def _simple_field(paragraph: Paragraph, instruction: str) -> None:
    field = _append(paragraph._p, "w:fldSimple", instr=instruction)
    _append(_append(field, "w:r"), "w:t").text = "1"


def _add_link(paragraph: Paragraph, text: str, bookmark: str) -> None:
    """A link to a bookmark of the same document."""
    run: Any = paragraph.add_run(clean(text))._r
    _append(paragraph._p, "w:hyperlink", anchor=bookmark, history="1").append(run)


def _append(parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401  # elements of XML, which python-docx does not type
    """Append an element of WordprocessingML and return it."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
