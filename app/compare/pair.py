"""Two cells beside each other: all sentences of the topic on either side, the words that differ marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.compare.differ import differing
from app.compare.types import CellOf, Entry
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences that stand together. differs: spans of `text`. gap: whether something is left out behind them."""

    text: str
    differs: tuple[Span, ...]
    gap: bool


Side = tuple[tuple[Entry, tuple[Piece, ...]], ...]


def paired(left: CellOf, right: CellOf) -> tuple[Side, Side]:
    """Return both cells with their words marked; where one side is empty nothing is marked."""
    texts = tuple([_texts(entry) for entry in cell.entries] for cell in (left, right))
    whole = tuple("".join(text for entry in side for text in entry) for side in texts)
    spans = differing(whole[0], whole[1]) if all(whole) else ((), ())
    return _side(left, texts[0], spans[0]), _side(right, texts[1], spans[1])


def _texts(entry: Entry) -> list[str]:
    """The sentences of an entry, those that stand together as one text."""
    runs: list[Span] = []
    for span in entry.own:
        if runs and runs[-1].end == span.start:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return [_without_heading(entry, run) for run in runs]


def _without_heading(entry: Entry, run: Span) -> str:
    text = run.of(entry.measure.text)
    head = f"{entry.measure.label}{entry.measure.heading}"
    if run.start == 0 and entry.measure.heading and text.startswith(head):
        text = text.removeprefix(head).lstrip("。．. \n")
    return " ".join(text.split())


def _side(cell: CellOf, texts: Sequence[Sequence[str]], differs: Sequence[Span]) -> Side:
    out, at = [], 0
    for entry, held in zip(cell.entries, texts, strict=True):
        pieces = []
        for n, text in enumerate(held, start=1):
            inside = tuple(
                Span(max(s.start, at) - at, min(s.end, at + len(text)) - at)
                for s in differs
                if s.start < at + len(text) and s.end > at
            )
            pieces.append(Piece(text, inside, n < len(held)))
            at += len(text)
        out.append((entry, tuple(pieces)))
    return tuple(out)
