"""A sheet as a Word document; every word of a question or a document is a run of text, never a field."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.conversation import Turn
from app.exports.sheet import Sheet, asked_at
from app.lines import Row, comparison
from app.types import AnswerPart, Citation
from app.wording import Wording

# XML 1.0 has no place for these.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUIET = RGBColor(0x56, 0x60, 0x72)
_PLACE_WIDTH, _SAID_WIDTH = Cm(3), Cm(12)
_BODY, _HEADS = "宋体", "黑体"


def docx(sheet: Sheet) -> bytes:
    """Return the bytes of the .docx file."""
    document = Document()
    _set_fonts(document)
    document.core_properties.title = _text(sheet.title)
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = sheet.made.replace(tzinfo=None)
    document.add_heading(_text(sheet.title), 1)
    for fact in sheet.facts:
        _quiet(document, fact)
    for turn in sheet.turns:
        _add_turn(document, turn, sheet.words)
    document.sections[0].footer.paragraphs[0].text = _text(" · ".join(sheet.facts))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_turn(document: Docx, turn: Turn, words: Wording) -> None:
    answer = turn.answer
    assert answer is not None, "a sheet holds answered turns alone"
    document.add_heading(_text(words("asked") + turn.question), 2)
    _quiet(document, words("answered_at") + asked_at(turn))
    if answer.understood:
        _quiet(document, words("understood") + answer.understood)
    if answer.abstained:
        document.add_paragraph().add_run(_text(words("corrects" if answer.corrects else "abstained"))).bold = True
    rows, lines = comparison(answer)
    _add_table(document, rows)
    for line in lines:
        paragraph = document.add_paragraph()
        for part in line:
            _add_part(paragraph, part)
    if answer.citations:
        document.add_heading(_text(words("citations")), 3)
        for n, citation in enumerate(answer.citations, start=1):
            document.add_paragraph(_text(f"[{n}] {_cited(citation, words)}"))
    if answer.nearest:
        document.add_heading(_text(words("nearest")), 3)
        for citation in answer.nearest:
            document.add_paragraph(_text(_cited(citation, words)))
            _quiet(document, citation.quote)


def _add_table(document: Docx, rows: Sequence[Row]) -> None:
    """One row a place."""
    if not rows:
        return
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        place, said = table.add_row().cells
        place.width, said.width = _PLACE_WIDTH, _SAID_WIDTH
        place.paragraphs[0].add_run(_text(row.place)).bold = True
        for part in row.parts:
            _add_part(said.paragraphs[0], part)
    document.add_paragraph()


def _add_part(paragraph: Paragraph, part: AnswerPart) -> None:
    """The part's words, the deciding ones bold, and its mark."""
    at = 0
    for start, end in sorted(part.key):
        start, end = max(start, at), min(end, len(part.text))
        if start < end:
            paragraph.add_run(_text(part.text[at:start]))
            paragraph.add_run(_text(part.text[start:end])).bold = True
            at = end
    paragraph.add_run(_text(part.text[at:])).bold = True if part.kind == "fact" else None
    if part.mark:
        paragraph.add_run(f"[{part.mark}]")


def _cited(citation: Citation, words: Wording) -> str:
    raw = "".join(f"「{wording}」" for wording in citation.errata)
    return citation.official + (f"（{words('erratum_quote')}{raw}）" if raw else "")


def _quiet(document: Docx, text: str) -> None:
    run = document.add_paragraph().add_run(_text(text))
    run.font.size = Pt(10)
    run.font.color.rgb = _QUIET


def _set_fonts(document: Docx) -> None:
    for name, font in (("Normal", _BODY), ("Heading 1", _HEADS), ("Heading 2", _HEADS), ("Heading 3", _HEADS)):
        style = document.styles[name]
        style.font.name = font
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), font)
        style.font.color.rgb = RGBColor(0, 0, 0)
    document.styles["Normal"].font.size = Pt(12)


def _text(text: str) -> str:
    return _NO_XML.sub("", text)
