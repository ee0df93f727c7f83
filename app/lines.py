"""An answer's text in lines, or rows of a table, as it is streamed, shown and exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.types import Answer, AnswerPart


def answer_lines(parts: Sequence[AnswerPart]) -> list[list[AnswerPart]]:
    """Return the parts split at the line breaks of fixed phrases; line breaks inside quotes stay in their quote."""
    lines: list[list[AnswerPart]] = [[]]
    for part in parts:
        if part.kind == "quote" or "\n" not in part.text:
            lines[-1].append(part)
            continue
        for n, piece in enumerate(part.text.split("\n")):
            if n:
                lines.append([])
            if piece:
                lines[-1].append(AnswerPart(part.kind, piece, part.mark))
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class Row:
    """What one place rules, as a row of a comparison."""

    place: str
    parts: tuple[AnswerPart, ...]


def comparison(answer: Answer, shown: int | None = None) -> tuple[list[Row], list[list[AnswerPart]]]:
    """Return the rows of an answer that compares places, and its other lines; no rows where it does not compare.

    shown: how many lines to take; None takes all.
    """
    lines = answer_lines(answer.parts)[:shown]
    if not answer.compared:
        return [], lines
    rows = [Row(line[0].text, tuple(line[2:])) for line in lines if line[0].kind == "fact"]
    return rows, [line for line in lines if line[0].kind != "fact"]
