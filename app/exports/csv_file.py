"""A table as CSV in UTF-8 with a byte order mark, so that spreadsheets read its Chinese; no field is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.exports.table import Cell, Table, Value, cell_text, reads_as_formula


def csv_file(table: Table, facts: Sequence[str]) -> bytes:
    """Return the bytes of the file: headings, rows, and below an empty line what the export says of itself.

    A cell with a link has the address in a further column at the end, under its own heading.
    """
    linked = [n for n in range(len(table.headings)) if any(_link(row[n]) for row in table.rows)]
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_guarded([*table.headings, *(f"{table.headings[n]}（链接）" for n in linked)]))
    for row in table.rows:
        writer.writerow(_guarded([*map(_text, row), *(_link(row[n]) for n in linked)]))
    file.write("\r\n")
    for fact in facts:
        writer.writerow(_guarded([fact]))
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def _text(value: Value) -> str | int | float:
    return value.whole if isinstance(value, Cell) else value


def _link(value: Value) -> str:
    return value.link if isinstance(value, Cell) else ""


def _guarded(row: Sequence[str | int | float]) -> list[str | int | float]:
    return [_safe(value) if isinstance(value, str) else value for value in row]


def _safe(text: str) -> str:
    kept = cell_text(text)
    # an apostrophe is how spreadsheets mark a cell as text
    return f"'{kept}" if reads_as_formula(kept) else kept
