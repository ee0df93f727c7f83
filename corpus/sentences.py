"""Sentences of a measure, the smallest spans that are quoted whole, and clauses, the spans that are retrieved."""

from __future__ import annotations

import re

from corpus.notes import note_starts
from corpus.types import Clause, Measure, Span

_END = re.compile(r"[。！？；;!?\n]+[”’」』）)]*|$")
_NOTE_START = re.compile(r"[（(〔][责責]任[单單]位[：:]")
MAX_CLAUSE_CHARS = 320  # about 250 tokens of multilingual-e5-small, half its window, which keeps a vector on one topic


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return spans that cover `text` without gaps, each a sentence with its closing marks.

    A semicolon and a line break end a sentence; a responsibility note stands alone.
    """
    cuts = {0, len(text)}
    cuts.update(m.end() for m in _END.finditer(text))
    cuts.update(note_starts(text))
    ordered = sorted(cuts)
    spans = [Span(a, b) for a, b in zip(ordered, ordered[1:], strict=False)]
    return tuple(_without_empty(spans, text))


def _without_empty(spans: list[Span], text: str) -> list[Span]:
    out: list[Span] = []
    for span in spans:
        if out and not span.of(text).strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def split_clauses(measure: Measure, max_chars: int = MAX_CLAUSE_CHARS) -> tuple[Clause, ...]:
    """Return the clauses of a measure in order; their spans join back to its text.

    A measure of at most `max_chars` is one clause. A longer one is cut between sentences into pieces of similar
    length; a single sentence is never cut.
    """
    length = len(measure.text)
    pieces = -(-length // max_chars)
    target = length / max(pieces, 1)
    spans: list[Span] = []
    start = 0
    for sentence in split_sentences(measure.text):
        if sentence.start > start and sentence.end - start > max(target * 1.15, 1):
            spans.append(Span(start, sentence.start))
            start = sentence.start
    spans.append(Span(start, length))
    return tuple(
        Clause(f"{measure.id}#{n}", measure.id, measure.document_id, span, span.of(measure.text))
        for n, span in enumerate(spans, start=1)
    )
