"""Tables of a web page: those that hold data, row by row, told from those that lay out the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from corpus.intake.web_line import Line

CellReader = Callable[[etree._Element, etree._Element], list[Line]]
"""Called with a row and a cell of it (or a table and its caption); gives the lines in the latter."""

_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", etree.Comment))
_LONGEST_CELL, _MOST_CELL_LINES = 800, 8  # a cell with more lays out a page


def data_rows(table: etree._Element, read: CellReader, holder: int) -> list[Line]:
    """Return the rows of a table of data; none where the table lays out a page, holds another or has one column.

    holder: number of the block in which the table stands.
    """
    if next(table.iterdescendants("table"), None) is not None or _text_outside_cells(table):
        return []
    rows = []
    for row in table.iterdescendants("tr"):
        cells = []
        for cell in row.iterchildren("td", "th"):
            lines = read(row, cell)
            if len(lines) > _MOST_CELL_LINES or sum(len(line.text) for line in lines) > _LONGEST_CELL:
                return []
            cells.append((cell, lines))
        rows.append(cells)
    if not any(sum(bool(lines) for _, lines in cells) > 1 for cells in rows):
        return []
    caption = [line for found in table.iterchildren("caption") for line in read(table, found)]
    return caption + _spanned(rows, holder)


def _text_outside_cells(table: etree._Element) -> bool:
    """Whether text stands where a table should hold none; a browser shows it all the same."""
    for part in table.iter("table", "thead", "tbody", "tfoot", "tr"):
        texts = [part.text, *(child.tail for child in part)]
        if any(text and text.strip() for text in texts) or any(child.tag not in _PARTS for child in part):
            return True
    return False


def _spanned(rows: list[list[tuple[etree._Element, list[Line]]]], holder: int) -> list[Line]:
    """Rows as lines; a cell that reaches over others leaves them empty, so that columns stay below each other."""
    out: list[Line] = []
    covered: dict[int, int] = {}
    for cells in rows:
        texts: list[str] = []
        shown_lines: list[Line] = []
        hidden: list[Line] = []
        for cell, found in cells:
            while covered.get(len(texts), 0):
                covered[len(texts)] -= 1
                texts.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(texts), len(texts) + wide):
                covered[column] = high - 1
            shown = [line for line in found if not line.hidden]
            texts += [" ".join(line.text for line in shown)] + [""] * (wide - 1)
            shown_lines += shown
            hidden += [line for line in found if line.hidden]
        for column in range(len(texts), max(covered, default=0) + 1):
            covered[column] = max(covered.get(column, 0) - 1, 0)
        if shown_lines:
            first = shown_lines[0]
            out.append(
                replace(
                    first,
                    text="\t".join(texts).rstrip(),
                    links=sum(line.links for line in shown_lines),
                    target=next((line.target for line in shown_lines if line.target), ""),
                    holder=holder,
                    unseen="".join(line.unseen for line in shown_lines),
                    row=True,
                )
            )
        out += hidden
    return out


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), 100) if value.isdecimal() and int(value) > 0 else 1
