"""Tables to export, whatever their format, and the guard that keeps a spreadsheet from reading a cell as a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.types import Span

# What spreadsheets hold in one cell.
CELL_CAP = 32_767
_CUT = "……（超出单元格容量）"
# XML 1.0 has no place for these, nor has a spreadsheet.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Full-width forms are folded to half-width by some spreadsheets, and blanks before the sign are passed over.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text.

    note: a second paragraph in quieter print, such as a citation. link: the absolute address that a click opens.
    bold: spans of `text`. differs: whether it is shown as differing from its neighbours.
    """

    text: str
    note: str = ""
    link: str = ""
    bold: tuple[Span, ...] = ()
    differs: bool = False

    @property
    def whole(self) -> str:
        """The text with its note below it."""
        return f"{self.text}\n{self.note}" if self.note else self.text


Value = Cell | str | int | float


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of one length, under a name.

    widths: of the columns, in half-width characters. frozen: how many columns stay in sight beside the headings.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0

    def __post_init__(self) -> None:
        odd = [len(row) for row in (self.widths, *self.rows) if len(row) != len(self.headings)]
        if odd:
            raise ValueError(f"the table {self.name!r} has {len(self.headings)} headings and a row of {odd[0]} cells")


def reads_as_formula(text: str) -> bool:
    """Whether a spreadsheet might take `text` for a formula, a command or a number with its sign."""
    return _FORMULA.match(text) is not None


def cell_text(text: str) -> str:
    """Return `text` as a cell can hold it: without control characters; one too long says that it is cut."""
    kept = _NO_XML.sub("", text)
    return kept if len(kept) <= CELL_CAP else kept[: CELL_CAP - len(_CUT)] + _CUT
