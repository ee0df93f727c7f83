"""Cutting a long sentence at its clause boundaries, so that the words that decide stand near the start of a quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Span

LONGEST = 110  # code points of a sentence that is quoted whole
_BOUNDARY = re.compile(r"[，,：:]")
_OPEN, _CLOSE = "（([〔《“「【", "）)]〕》”」】"


def clause_spans(text: str) -> list[Span]:
    """Return spans that cover `text`, each up to a comma or colon that stands outside brackets and quotation marks."""
    out: list[Span] = []
    depth = start = 0
    for i, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and _BOUNDARY.match(char) and not _between_digits(text, i):
            out.append(Span(start, i + 1))
            start = i + 1
    if start < len(text):
        out.append(Span(start, len(text)))
    return out


def _between_digits(text: str, i: int) -> bool:
    """Whether the mark is that of a ratio or of a thousand."""
    return 0 < i < len(text) - 1 and text[i - 1].isdigit() and text[i + 1].isdigit()


def cut_around(text: str, wanted: Sequence[Span], longest: int = LONGEST) -> Span:
    """Return the span of `text` to quote: whole clauses around all of `wanted`, as many as fit `longest`.

    The clauses before the first wanted one are taken up before those after the last, since they name what the value
    is of. A text that is short enough, or holds nothing wanted, stays whole.
    """
    if len(text) <= longest or not wanted:
        return Span(0, len(text))
    clauses = clause_spans(text)
    inside = [i for i, c in enumerate(clauses) if any(w.start < c.end and c.start < w.end for w in wanted)]
    first, last = inside[0], inside[-1]
    for _ in clauses:
        if first and clauses[last].end - clauses[first - 1].start <= longest:
            first -= 1
        elif last + 1 < len(clauses) and clauses[last + 1].end - clauses[first].start <= longest:
            last += 1
    start, end = clauses[first].start, clauses[last].end
    if end < len(text):
        end -= len(text[start:end]) - len(text[start:end].rstrip("，,：:"))
    return Span(start, end)
