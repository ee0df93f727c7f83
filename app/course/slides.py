"""The slides of a course as a PowerPoint file over our own master: topics, comparison, notes for the speaker."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from app.course.contents import Contents, Quoted, TopicPart
from app.course.fit import LINE, Box
from app.course.word import clean
from app.wording import Wording

TEMPLATE = Path(__file__).with_name("template.pptx")
_COVER, _TOPIC, _TABLE = 0, 1, 2
_BODY = Box(29.6, 13.2)  # of the master's text, cm, without its margins
_NAME, _SOURCE, _GAP = 16.0, 12.0, 0.4
_QUOTES = (22.0, 20.0, 18.0, 16.0)  # sizes of quotes; the largest that takes no more slides is used
_CELL, _HEAD = 12.0, 13.0
_TABLE_TOP, _TABLE_HEIGHT, _TABLE_LEFT, _TABLE_WIDTH = 3.1, 13.9, 1.7, 30.4
_CELL_MARGIN = 0.5  # left and right margins of a cell together, cm
_MOST_COLUMNS = 6
_LINE_GAP = 0.25
_LISTED = 16.0
_COLUMNS = 2  # of the contents
_INK, _SEAL, _QUIET = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x9C, 0x1F, 0x17), RGBColor(0x56, 0x60, 0x72)
_HEAD_FILL, _PLAIN_FILL, _STRIPE_FILL = RGBColor(0x9C, 0x1F, 0x17), RGBColor(255, 255, 255), RGBColor(0xF4, 0xF1, 0xEC)
_UNNAMED = {"front": "文首", "closing": "文末"}
_NOTHING, _ON = "未检出", "（续）"
_FONT = "微软雅黑"
_TITLE_LETTERS = 36  # of a cover, in two lines of the largest size


@dataclass(frozen=True, slots=True)
class Block:
    """What one place says, as a slide shows it: its name, a quote or a piece of one, and the source below it."""

    name: str
    quote: str
    source: str
    size: float = _QUOTES[0]

    @property
    def height(self) -> float:
        """The height it takes in cm, the gap below it included."""
        name = _BODY.takes(self.name, _NAME) if self.name else 0.0
        source = _BODY.takes(self.source, _SOURCE) if self.source else 0.0
        quote = _BODY.takes(self.quote, self.size) if self.quote else 0.0
        return name + quote + source + _GAP


def slides(contents: Contents, words: Wording, made: datetime) -> bytes:
    """Return the bytes of the .pptx file."""
    deck = Presentation(str(TEMPLATE))
    facts = contents.origin.lines(words)
    writer = _Writer(deck, " · ".join(facts))
    writer.cover(contents.course.name, _cover_lines(contents, facts))
    named = [f"{n}　{p.topic.name}" for n, p in enumerate(contents.parts, start=1)]
    for n, names in enumerate(_pages_of_lines(named, _COLUMNS)):
        writer.listed("目录" + (_ON if n else ""), names, _COLUMNS)
    for part in contents.parts:
        for n, blocks in enumerate(pages_of(_blocks(contents, part))):
            writer.topic(part.topic.name + (_ON if n else ""), blocks, _spoken(contents, part) if n == 0 else "")
    _compare(writer, contents)
    for n, lines in enumerate(_pages_of_lines(_ending(contents))):
        writer.listed("文件来源" + (_ON if n else ""), lines)
    deck.core_properties.title = clean(contents.course.name)
    deck.core_properties.created = deck.core_properties.modified = made.replace(tzinfo=None)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def pages_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return blocks page by page in the largest letters that take the fewest pages; a long one goes on over several."""
    sized = [_pages([replace(b, size=size) for b in blocks]) for size in _QUOTES]
    fewest = min(map(len, sized))
    return next(pages for pages in sized if len(pages) == fewest)


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    for block in (piece for b in blocks for piece in _pieces(b)):
        if pages and sum(b.height for b in pages[-1]) + block.height <= _BODY.height:
            pages[-1].append(block)
        else:
            pages.append([block])
    return pages


def _pieces(block: Block) -> list[Block]:
    """The block, or where its quote is too long for a page, its pieces; the source stands below the last."""
    if block.height <= _BODY.height:
        return [block]
    around = Block(block.name + _ON, "", block.source, block.size).height
    parts = _BODY.pieces(block.quote, block.size, _BODY.height - around)
    last = len(parts) - 1
    return [
        Block(
            block.name + (_ON if n else ""),
            part + ("" if n == last else "……"),
            block.source if n == last else "",
            block.size,
        )
        for n, part in enumerate(parts)
    ]


def _blocks(contents: Contents, part: TopicPart) -> list[Block]:
    found = []
    silent = []
    for name, quotes in zip(contents.names, part.by_place, strict=True):
        if not quotes:
            silent.append(name)
        for n, quoted in enumerate(quotes):
            quote = "……".join(c.quote.replace("\n", "") for c in quoted.key)
            found.append(Block(name if n == 0 else "", f"“{quote}”", f"——{quoted.official}"))
    if silent:
        found.append(Block("", "", f"{'、'.join(silent)}：{_NOTHING}专门规定"))
    return found


def _spoken(contents: Contents, part: TopicPart) -> str:
    """The speaker's notes: the trainer's own, then every clause on the topic in full."""
    said = [f"备课笔记：\n{part.note}"] if part.note else []
    for name, quotes in zip(contents.names, part.by_place, strict=True):
        for quoted in quotes:
            text = "……".join(c.quote for c in quoted.own)
            said.append(f"{name} {quoted.measure.label}{quoted.measure.heading}\n{text}\n——{quoted.official}")
    return "\n\n".join(said)


def _cover_lines(contents: Contents, facts: Sequence[str]) -> list[str]:
    lines = ["督学培训课件", f"地区：{'、'.join(contents.names)}", *facts]
    if contents.gone:
        lines.append(f"已不在文件库中、未收入：{'、'.join(contents.gone)}")
    return lines


def _ending(contents: Contents) -> list[str]:
    return [f"{n}. {source}" for n, source in enumerate(contents.sources, start=1)]


def _pages_of_lines(lines: Sequence[str], columns: int = 1) -> Iterator[list[str]]:
    """Lines page by page, each by its height."""
    box = Box(_BODY.width / columns - (columns - 1), _BODY.height)
    room = _BODY.height * columns - (columns - 1)
    page: list[str] = []
    for line in (piece for text in lines for piece in box.pieces(text, _LISTED)):
        if page and sum(box.takes(t, _LISTED) + _LINE_GAP for t in [*page, line]) > room:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _compare(writer: _Writer, contents: Contents) -> None:
    """Topics down, places across: which measure of each rules on it."""
    names = contents.names
    for start in range(0, len(names), _MOST_COLUMNS):
        shown = range(start, min(start + _MOST_COLUMNS, len(names)))
        rows = [[p.topic.name, *(_where(p.by_place[n]) for n in shown)] for p in contents.parts]
        widths = [4.0, *((_TABLE_WIDTH - 4.0) / len(shown) for _ in shown)]
        headings = ["专题", *(names[n] for n in shown)]
        for n, page in enumerate(_pages_of_rows(headings, rows, widths)):
            writer.table("各地规定对比" + (_ON if n or start else ""), headings, page, widths)


def _where(quotes: Sequence[Quoted]) -> str:
    if not quotes:
        return _NOTHING
    return "\n".join(
        f"{q.measure.label}{q.measure.heading}" or _UNNAMED.get(q.measure.kind, q.official) for q in quotes
    )


def _row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    cells = zip(texts, widths, strict=True)
    return max(Box(width - _CELL_MARGIN, 0).takes(text, size) for text, width in cells) + 0.3


def _pages_of_rows(
    headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> Iterator[list[Sequence[str]]]:
    """Rows page by page; a row that is too high for a page goes on in further rows."""
    room = _TABLE_HEIGHT - _row_height(headings, widths, _HEAD)
    page: list[Sequence[str]] = []
    for row in (piece for whole in rows for piece in _row_pieces(whole, widths, room)):
        if page and sum(_row_height(r, widths, _CELL) for r in [*page, row]) > room:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


def _row_pieces(row: Sequence[str], widths: Sequence[float], room: float) -> list[list[str]]:
    cells = [Box(w - _CELL_MARGIN, room - 0.3).pieces(t, _CELL) for t, w in zip(row, widths, strict=True)]
    count = max(map(len, cells))
    rows = [[cell[n] if n < len(cell) else "" for cell in cells] for n in range(count)]
    for later in rows[1:]:
        later[0] = row[0] + _ON
    return rows


class _Writer:
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
            paragraph.space_after = Cm(_LINE_GAP)
            _run(paragraph, line, _LISTED, _INK)

    def topic(self, title: str, blocks: Sequence[Block], notes: str) -> None:
        """A slide of quotes."""
        slide = self._slide(_TOPIC, title)
        frame = slide.placeholders[1].text_frame
        first = True
        for block in blocks:
            for text, size, colour in (
                (block.name, _NAME, _SEAL),
                (block.quote, block.size, _INK),
                (block.source, _SOURCE, _QUIET),
            ):
                if not text:
                    continue
                paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
                first = False
                _run(paragraph, text, size, colour, bold=colour is _SEAL)
            frame.paragraphs[-1].space_after = Cm(_GAP)
        if notes:
            _notes(slide, notes)

    def table(
        self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A slide with a table."""
        slide = self._slide(_TABLE, title)
        shape = slide.shapes.add_table(
            1 + len(rows), len(headings), Cm(_TABLE_LEFT), Cm(_TABLE_TOP), Cm(_TABLE_WIDTH), Cm(1)
        )
        table = shape.table
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for n, texts in enumerate([headings, *rows]):
            size = _CELL if n else _HEAD
            table.rows[n].height = Cm(_row_height(texts, widths, size))
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
