"""Writes slides into a PowerPoint file, over our own master: cover, lists, quotes, tables, notes for the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from app.course.fit import LINE
from app.course.slide_layout import (
    CELL,
    GAP,
    HEAD,
    LINE_GAP,
    LISTED,
    NAME,
    SOURCE,
    TABLE_LEFT,
    TABLE_TOP,
    TABLE_WIDTH,
    Block,
    row_height,
)  # fmt: skip
from app.course.word import clean

_COVER, _TOPIC, _TABLE = 0, 1, 2  # layouts of the master
_INK, _SEAL, _QUIET = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x9C, 0x1F, 0x17), RGBColor(0x56, 0x60, 0x72)
_HEAD_FILL, _PLAIN_FILL, _STRIPE_FILL = RGBColor(0x9C, 0x1F, 0x17), RGBColor(255, 255, 255), RGBColor(0xF4, 0xF1, 0xEC)
_FONT = "微软雅黑"
_TITLE_LETTERS = 36  # of a cover, in two lines of the largest size


class SlideWriter:
    """Writes slides one after the other; foot: what stands on every one."""

    def __init__(self, deck: Any, foot: str) -> None:  # noqa: ANN401  # python-pptx is not typed
        self._deck = deck
        self._foot = foot

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        slide = self._slide(_COVER, title)
        frame = slide.placeholders[1].text_frame
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            _run(paragraph, line, 18.0 if n == 0 else 14.0, _INK if n == 0 else _QUIET)

    def listed(self, title: str, lines: Sequence[str], columns: int = 1) -> None:
        """A slide of lines."""
        slide = self._slide(_TOPIC, title)
        frame = slide.placeholders[1].text_frame
        if columns > 1:
            frame._txBody.bodyPr.set("numCol", str(columns))
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.space_after = Cm(LINE_GAP)
            _run(paragraph, line, LISTED, _INK)

    def topic(self, title: str, blocks: Sequence[Block], notes: str) -> None:
        """A slide of quotes."""
        slide = self._slide(_TOPIC, title)
        frame = slide.placeholders[1].text_frame
        first = True
        for block in blocks:
            for text, size, colour in (
                (block.name, NAME, _SEAL),
                (block.quote, block.size, _INK),
                (block.source, SOURCE, _QUIET),
            ):
                if not text:
                    continue
                paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
                first = False
                _run(paragraph, text, size, colour, bold=colour is _SEAL)
            frame.paragraphs[-1].space_after = Cm(GAP)
        if notes:
            _notes(slide, notes)

    def table(
        self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A slide with a table."""
        slide = self._slide(_TABLE, title)
        shape = slide.shapes.add_table(
            1 + len(rows), len(headings), Cm(TABLE_LEFT), Cm(TABLE_TOP), Cm(TABLE_WIDTH), Cm(1)
        )
        table = shape.table
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for n, texts in enumerate([headings, *rows]):
            size = CELL if n else HEAD
            table.rows[n].height = Cm(row_height(texts, widths, size))
            for m, text in enumerate(texts):
                _fill(table.cell(n, m), text, size, head=n == 0, stripe=n % 2 == 0)

    def _slide(self, layout: int, title: str) -> Any:  # noqa: ANN401
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[layout])
        assert slide.shapes.title is not None, "every layout has a title"
        frame = slide.shapes.title.text_frame
        _run(frame.paragraphs[0], title, 40.0 if layout == _COVER else 28.0, _SEAL, bold=True, shrink=layout == _COVER)
        self._foot_of(slide)
        return slide

    def _foot_of(self, slide: Any) -> None:  # noqa: ANN401
        """The foot and the number of the page, which python-pptx does not take over from the layout."""
        for shape in slide.slide_layout.placeholders:
            kind = str(shape.placeholder_format.type)
            if "FOOTER" not in kind and "SLIDE_NUMBER" not in kind:
                continue
            made = slide.shapes.add_textbox(shape.left, shape.top, shape.width, shape.height)
            paragraph = made.text_frame.paragraphs[0]
            if "FOOTER" in kind:
                _run(paragraph, self._foot, 9.0, _QUIET)
            else:
                _number(paragraph)


def _run(paragraph: Any, text: str, size: float, colour: RGBColor, bold: bool = False, shrink: bool = False) -> None:  # noqa: ANN401
    """Text in a paragraph, with its Chinese font; shrink: a long title in smaller letters."""
    run = paragraph.add_run()
    run.text = clean(text)
    letters = round(size * _TITLE_LETTERS / len(text)) if shrink and len(text) > _TITLE_LETTERS else size
    run.font.size = Pt(letters)
    # exact, so that a line is as high as was reckoned, whatever font stands in
    paragraph.line_spacing = Pt(letters * LINE)
    run.font.bold = bold
    run.font.color.rgb = colour
    properties = run._r.get_or_add_rPr()
    properties.set("lang", "zh-CN")
    east = properties.makeelement(qn("a:ea"), {"typeface": _FONT})
    properties.append(east)


def _number(paragraph: Any) -> None:  # noqa: ANN401
    """A field that shows the slide's number."""
    field = paragraph._p.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    properties = field.makeelement(qn("a:rPr"), {"lang": "zh-CN", "sz": "900"})
    text = field.makeelement(qn("a:t"), {})
    text.text = "‹#›"
    field.append(properties)
    field.append(text)
    paragraph._p.append(field)


def _fill(cell: Any, text: str, size: float, head: bool, stripe: bool) -> None:  # noqa: ANN401
    cell.fill.solid()
    cell.fill.fore_color.rgb = _HEAD_FILL if head else _STRIPE_FILL if stripe else _PLAIN_FILL
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE if head else MSO_ANCHOR.TOP
    cell.margin_top = cell.margin_bottom = Cm(0.1)
    for n, line in enumerate(text.split("\n")):
        paragraph = cell.text_frame.paragraphs[0] if n == 0 else cell.text_frame.add_paragraph()
        _run(paragraph, line, size, RGBColor(255, 255, 255) if head else _INK, bold=head)


def _notes(slide: Any, text: str) -> None:  # noqa: ANN401
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None, "the master of notes has a place for text"
    frame.text = clean(text)
