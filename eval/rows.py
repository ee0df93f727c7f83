"""The rows of questions.jsonl: one question with its answer and what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from eval.load import question_of, question_to_dict
from eval.types import Found, Row

ROWS_FILE = "questions.jsonl"
_TUPLES = ("nuggets_found", "nuggets_missed", "anti_found")


def row_to_dict(row: Row) -> dict[str, Any]:
    """Return the JSON object of a row: the question's fields, the fields of `ask --json`, `found` and `error`."""
    asked = question_to_dict(row.question)
    return {**asked, **row.answer, **asked, "found": asdict(row.found), "error": row.error}


def row_from_dict(data: dict[str, Any], where: str) -> Row:
    """Read a row back.

    :raises InputError: it is no row of an evaluation run.
    """
    try:
        found = dict(data["found"])
        asked = {name: data[name] for name in _QUESTION_FIELDS}
        answer = {name: value for name, value in data.items() if name not in _NOT_ANSWER}
        values = found | {name: tuple(found[name]) for name in _TUPLES}
        return Row(question_of(asked, where), answer, Found(**values), data["error"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: no row of an evaluation run: {error}") from error


_QUESTION_FIELDS = (
    "id", "group", "kind", "lang", "style", "question", "history", "gold", "ok", "nuggets", "anti", "answerable",
)  # fmt: skip
_NOT_ANSWER = frozenset(_QUESTION_FIELDS) - {"question"} | {"found", "error"}


def row_line(row: Row) -> str:
    """Return the JSONL line of a row, without its line end."""
    return json.dumps(row_to_dict(row), ensure_ascii=False)


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read a finished questions.jsonl.

    :raises InputError: it does not read or a line is no row.
    """
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the evaluation run {str(path)!r} does not read: {error}") from error
    return tuple(_row_of(line, f"{path.name}, line {n}") for n, line in enumerate(lines, start=1))


def read_whole_rows(path: Path) -> tuple[Row, ...]:
    """Read what a killed run left: the rows up to the first line that was not written whole."""
    if not path.exists():
        return ()
    rows = []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]:
        try:
            rows.append(_row_of(line, path.name))
        except InputError:
            break
    return tuple(rows)


def without_time(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the rows as text without what differs between runs of the same input: timing and coldness."""
    out = []
    for row in rows:
        data = row_to_dict(row)
        data.pop("timing_ms", None)
        data["found"].pop("cold")
        out.append(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return tuple(out)


def _row_of(line: str, where: str) -> Row:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not a JSON object: {error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{where}: not a JSON object")
    return row_from_dict(data, where)
