"""An answer's text in lines, as it is streamed, shown and exported."""

from __future__ import annotations

from collections.abc import Sequence

from app.types import AnswerPart


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
