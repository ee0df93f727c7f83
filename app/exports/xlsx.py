"""Tables as a spreadsheet (.xlsx): frozen headings, filters, links, print layout; no cell is ever a formula."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.table import CELL_CAP, Cell, Table, Value, cell_text, reads_as_formula

_FONT, _SIZE = "宋体", 10
_THIN = Side(style="thin", color="C8CED8")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="E4EAF3")
_DIFFERS_FILL = PatternFill("solid", fgColor="FFF3CC")
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = 1.35  # height of a line as a share of its letters' size
_MOST_HEIGHT = 409.0  # points, what spreadsheets take
_WIDE = 110  # half-width characters over all columns, above which A3 is printed
_A3, _A4 = 8, 9
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_NAME_CAP = 31
_EDGE_CAP = 200


def xlsx(tables: Sequence[Table], title: str, facts: Sequence[str], made: datetime) -> bytes:
    """Return the bytes of a workbook with one sheet a table, and a last sheet that says where it comes from.

    facts: what every export says of itself (`Provenance.lines`); they stand on the last sheet and in each page's foot.
    """
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has one
    book.properties.title = cell_text(title)
    book.properties.creator = ""
    book.properties.created = made.replace(tzinfo=None)
    used: set[str] = set()
    for table in (*tables, Table("说明", (title,), (100,), tuple((fact,) for fact in facts))):
        name = _sheet_name(table.name, used)
        _fill(book.create_sheet(name), table, title, facts)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that spreadsheets take, unlike the others whatever their case."""
    plain = _NO_NAME.sub(" ", cell_text(name)).strip()[:_NAME_CAP] or "表"
    found, n = plain, 2
    while found.lower() in used:
        found = f"{plain[: _NAME_CAP - 4]} {n}"
        n += 1
    used.add(found.lower())
    return found


def _fill(sheet: Worksheet, table: Table, title: str, facts: Sequence[str]) -> None:
    for column, heading in enumerate(table.headings, start=1):
        cell = _cell(sheet, 1, column)
        _write(cell, heading)
        cell.font, cell.fill = Font(name=_FONT, size=_SIZE, bold=True), _HEAD_FILL
        sheet.column_dimensions[get_column_letter(column)].width = table.widths[column - 1]
    for row, values in enumerate(table.rows, start=2):
        for column, value in enumerate(values, start=1):
            _write(_cell(sheet, row, column), value)
        sheet.row_dimensions[row].height = _height(values, table.widths)
    sheet.freeze_panes = f"{get_column_letter(table.frozen + 1)}2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(table.rows) + 1}"
    _lay_out(sheet, table, title, facts)


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """The height of a row in points: not every program fits rows to wrapped text when it opens or prints a file."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        text = cell_text(value.whole if isinstance(value, Cell) else str(value))
        lines = max(lines, sum(max(1, math.ceil(_halves(line) / max(width - 1, 1))) for line in text.split("\n")))
    return min(lines * _SIZE * _LINE + 4, _MOST_HEIGHT)


def _halves(line: str) -> int:
    """The width of a line in half-width characters."""
    return sum(1 if ord(letter) < 0x2E80 and letter not in "“”‘’…—" else 2 for letter in line)


def _cell(sheet: Worksheet, row: int, column: int) -> XlsxCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, XlsxCell), "no cells are merged"
    return cell


def _write(cell: XlsxCell, value: Value) -> None:
    cell.font, cell.alignment, cell.border = Font(name=_FONT, size=_SIZE), _WRAP, _GRID
    if isinstance(value, int | float):
        cell.value = value
        return
    made = value if isinstance(value, Cell) else Cell(value)
    text = cell_text(made.whole)
    if (made.note or made.bold) and len(made.whole) <= CELL_CAP:
        cell.value = _rich(made)
    else:
        cell.value = text
        # openpyxl takes a leading = for a formula; the type is what the file says, whatever the text
        cell.data_type = "s"
    if reads_as_formula(text):
        cell.quotePrefix = True
    if made.differs:
        cell.fill = _DIFFERS_FILL
    if made.link:
        cell.hyperlink = made.link


def _rich(made: Cell) -> CellRichText:
    """The text with its bold words and its note as runs of one inline string."""
    plain = InlineFont(rFont=_FONT, sz=_SIZE)
    strong = InlineFont(rFont=_FONT, sz=_SIZE, b=True)
    quiet = InlineFont(rFont=_FONT, sz=_SIZE - 1, color=Color(rgb="FF1D4F8C"))
    runs, at = [], 0
    for span in sorted(made.bold):
        runs += [TextBlock(plain, made.text[at : span.start]), TextBlock(strong, span.of(made.text))]
        at = max(at, span.end)
    runs.append(TextBlock(plain, made.text[at:]))
    if made.note:
        runs.append(TextBlock(quiet, f"\n{made.note}"))
    return CellRichText(*(TextBlock(run.font, cell_text(run.text)) for run in runs if cell_text(run.text)))


def _lay_out(sheet: Worksheet, table: Table, title: str, facts: Sequence[str]) -> None:
    """Landscape, one page wide, the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3 if sum(table.widths) > _WIDE else _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.center.text, head.center.size = _plain(f"{title}　{table.name}"), 9
    foot.left.text, foot.left.size = _plain("　".join(facts)), 8
    foot.right.text, foot.right.size = "&P / &N", 8
    sheet.HeaderFooter = HeaderFooter(oddHeader=head, oddFooter=foot)


def _plain(text: str) -> str:
    """Text of a header or footer, where & begins a command and all parts together hold 255 characters."""
    return cell_text(text).replace("&", "＆")[:_EDGE_CAP]
