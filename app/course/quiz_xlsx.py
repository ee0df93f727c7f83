"""A quiz as a spreadsheet in the columns that Chinese test sites import: 题型, 题干, 选项A…, 答案, 解析, 难度, 出处."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.course.quiz_types import DIFFICULTIES, KINDS, LETTERS, Question, Quiz
from app.exports.table import Cell, Table
from app.exports.xlsx import xlsx
from app.measure_html import link
from corpus.types import Span

HEADINGS = ("题型", "题干", *(f"选项{letter}" for letter in LETTERS), "答案", "解析", "难度", "出处")
_WIDTHS = (8, 50, *(20 for _ in LETTERS), 14, 50, 6, 40)


def quiz_xlsx(quiz: Quiz, facts: Sequence[str], made: datetime, origin: str = "") -> bytes:
    """Return the bytes of the workbook: questions on the first sheet, what it says of itself on the last.

    origin: address that permalinks are made absolute with; without it sources are no links.
    """
    rows = tuple(tuple(_cells(question, origin)) for question in quiz.questions)
    return xlsx([Table("试题", HEADINGS, _WIDTHS, rows, frozen=2)], quiz.title, facts, made)


def _cells(question: Question, origin: str) -> list[Cell | str]:
    stem, options = question.stem, [option.text for option in question.options]
    if question.kind == "match":
        stem += "".join(f"（{n}）{pair.left}；" for n, pair in enumerate(question.pairs, start=1))
        options = list(question.rights)
    options += [""] * (len(LETTERS) - len(options))
    key = "|".join(question.answers) if question.kind == "fill" else question.key
    return [
        KINDS[question.kind],
        stem,
        *options,
        key,
        question.reason,
        DIFFICULTIES[question.difficulty],
        _source(question, origin),
    ]


def _source(question: Question, origin: str) -> Cell:
    first = question.citations[0]
    sources = dict.fromkeys(citation.official for citation in question.citations)
    address = link(first.measure_id, Span(first.start, first.end))
    return Cell("；".join(sources), link=f"{origin}{address}" if origin else "")
