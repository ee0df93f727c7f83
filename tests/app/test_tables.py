"""Exported spreadsheets, opened by an independent reader: layout, links, and cells that would be formulas."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from app.exports.csv_file import csv_file
from app.exports.table import CELL_CAP, Cell, Table, cell_text, reads_as_formula
from app.exports.xlsx import xlsx
from corpus.types import Span

_MADE = datetime(2026, 11, 21, 9, 5)
_FACTS = ("导出时间：2026-11-21 09:05", "公开属性：A & B")
_HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u3000=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x","y")',
    "'=1",
)
_LINK = "http://127.0.0.1:7860/doc/tangshan?mark=15:0-8#15"


def table(*rows: tuple[Any, ...], name: str = "对照") -> Table:
    return Table(name, ("专题", "内容"), (12, 40), rows, frozen=1)


def opened(*tables: Table) -> Any:  # noqa: ANN401 - cells are read by names that openpyxl gives no types for
    return openpyxl.load_workbook(io.BytesIO(xlsx(tables, "督导问策", _FACTS, _MADE)), rich_text=True)


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", _HOSTILE)
def test_no_cell_of_a_spreadsheet_is_a_formula(text: str) -> None:
    sheet = opened(table((text, Cell(text, note=text)), (1, Cell(text, bold=(Span(0, 1),)))))["对照"]
    for cell in (sheet["A2"], sheet["B2"], sheet["B3"]):
        assert cell.data_type in ("s", "inlineStr") and not str(cell.value).startswith("<openpyxl")
        assert cell.quotePrefix == reads_as_formula(text)
    assert sheet["A3"].value == 1 and sheet["A3"].data_type == "n"


@pytest.mark.parametrize("text", _HOSTILE)
def test_no_field_of_a_csv_is_a_formula(text: str) -> None:
    found = read_csv(csv_file(table((text, Cell("x", note=text))), [text]))
    for field in (found[1][0], found[-1][0]):
        assert field.startswith("'")
        assert field.removeprefix("'") == text.removeprefix("'") or text.startswith("'")
    assert found[1][1] == f"x\n{text}"


@pytest.mark.parametrize("text", ("", "——自身建设方面", "1∶5", "不少于40学时", "（一）", "a=b", "3-5年", "'"))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert not reads_as_formula(text)
    assert read_csv(csv_file(table((text, "y")), []))[1][0] == text


def test_headings_are_frozen_filtered_and_printed_on_every_page() -> None:
    sheet = opened(table(("约谈", "a"), ("通报", "b")))["对照"]
    assert [c.value for c in sheet[1]] == ["专题", "内容"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text == "导出时间：2026-11-21 09:05　公开属性：A ＆ B"


def test_a_long_title_fits_the_header_and_holds_no_command() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([table(("a", "b"))], "&D" * 400, _FACTS, _MADE))).worksheets[0]
    assert sheet.oddHeader is not None
    text = sheet.oddHeader.center.text or ""
    assert text.startswith("＆D＆D") and "&" not in text and len(text) == 200


def test_a_cell_too_long_for_runs_is_plain_and_says_that_it_is_cut() -> None:
    cell = opened(table(("x", Cell("字" * 40_000, note="出处", bold=(Span(0, 2),)))))["对照"]["B2"]
    assert isinstance(cell.value, str) and cell.value.endswith("……（超出单元格容量）")


def test_a_cell_has_its_link_its_note_and_its_bold_words() -> None:
    cell = opened(table(("约谈", Cell("由总督学约谈", "《办法》第三条", _LINK, (Span(1, 4),), differs=True))))["对照"][
        "B2"
    ]
    assert cell.hyperlink.target.split("#")[0] == _LINK.split("#")[0]
    assert (cell.hyperlink.location or cell.hyperlink.target.split("#")[1]) == "15"
    assert isinstance(cell.value, CellRichText)
    assert str(cell.value) == "由总督学约谈\n《办法》第三条"
    assert [str(run) for run in cell.value if isinstance(run, TextBlock) and run.font.b] == ["总督学"]
    assert cell.fill.fgColor.rgb == "00FFF3CC"


def test_the_last_sheet_says_where_the_workbook_comes_from() -> None:
    book = opened(table(("约谈", "a")))
    assert book.sheetnames == ["对照", "说明"]
    assert [row[0].value for row in book["说明"].rows] == ["督导问策", *_FACTS]
    assert book.properties.creator in ("", None)


def test_names_of_sheets_are_ones_that_spreadsheets_take() -> None:
    names = opened(table(name="[a]/b:*?'"), table(name="A b"), table(name="约谈" * 40), table(name="")).sheetnames
    assert names == ["a  b", "A b", ("约谈" * 40)[:31], "表", "说明"]
    assert all(len(name) <= 31 for name in names)
    assert opened(table(name="x"), table(name="X")).sheetnames == ["x", "X 2", "说明"]


def test_characters_that_a_file_cannot_hold_are_left_out_and_a_cut_is_said() -> None:
    assert cell_text("a\x00b\x0bc\ud800d\ufffe") == "abcd"
    long = cell_text("字" * 100_000)
    assert len(long) == CELL_CAP and long.endswith("……（超出单元格容量）")
    assert opened(table(("字" * 100_000, "y")))["对照"]["A2"].value == long


def test_a_csv_has_links_in_a_column_of_their_own_and_says_where_it_comes_from() -> None:
    rows = read_csv(csv_file(table(("约谈", Cell("甲，“乙”\n丙", link=_LINK)), ("通报", "x")), _FACTS))
    assert rows == [
        ["专题", "内容", "内容（链接）"],
        ["约谈", "甲，“乙”\n丙", _LINK],
        ["通报", "x", ""],
        [],
        [_FACTS[0]],
        [_FACTS[1]],
    ]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="'对照' has 2 headings and a row of 3 cells"):
        table(("a", "b", "c"))


def test_rows_are_as_high_as_their_wrapped_text() -> None:
    long = "督" * 60
    table = Table("表", ("甲", "乙"), (20, 20), (("短", "短"), ("短", long), ("一\n二\n三", ""), ("短", long * 100)))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([table], "题", (), datetime(2026, 11, 22))))["表"]
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert heights[0] < 20 and heights[2] > 2 * heights[0] and heights[1] > 6 * 13
    assert heights[3] == 409
