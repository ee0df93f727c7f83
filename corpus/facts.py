"""Facts that a text states: numbers, dates, frequencies, documents cited, responsible units; nothing is inferred."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.fact_dates import read_dates
from corpus.fact_documents import names_itself, own_marks, read_documents
from corpus.fact_frequencies import read_frequencies
from corpus.fact_numbers import read_numbers
from corpus.fact_subjects import subject_of
from corpus.markers import read_marker
from corpus.script import fold_aligned
from corpus.types import Comparator, Fact, FactKind, Measure, Span

__all__ = ["Comparator", "Fact", "FactKind", "extract_facts", "facts_of"]

# “三个一”, “四个意识”: a short name in quotation marks that has a number in it, and nothing that measures
_NAME = re.compile(r"[“\"「『‘'][^“”\"「」『』‘’'\d]{1,10}[”\"」』’']")
_SENTENCE = re.compile(r"[。;:]|转发")
_GONE = "\x00"


def facts_of(measure: Measure) -> tuple[Fact, ...]:
    """Return all facts of a measure in reading order.

    These are its responsible units, what its text states and, of front matter and closing, what the document prints
    of itself.
    """
    folded = fold_aligned(measure.text)
    units = [
        Fact("unit", span.of(measure.text), "", "=", span, order=order, lead=span in measure.leads)
        for order, span in enumerate(measure.units, start=1)
    ]
    own: list[Fact] = []
    if measure.kind in ("front", "closing"):
        own = list(own_marks(measure.text, folded))
    titles = _title_lines(folded) if measure.kind == "front" else []
    stated = _extract(measure.text, folded, [*(f.span for f in own), *titles, *_note(measure)])
    if measure.kind == "front":
        stated = [f for f in stated if f.kind != "document" or not names_itself(folded, f)]
    return _in_order([*units, *own, *stated])


def extract_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts that running text states, in reading order, spans in code points of `text`.

    A duration may lie within a frequency whose period it is; other spans do not cross.
    """
    return _in_order(_extract(text, fold_aligned(text), []))


def _extract(text: str, folded: str, apart: Iterable[Span]) -> list[Fact]:
    """Each kind of fact is read from what those before it have left, so that no word is read twice."""
    left = _without(folded, apart)
    documents = list(read_documents(text, left))
    left = _without(left, [*(f.span for f in documents), *_titles_left(left), *_labels(left), *_names(left)])
    dates = list(read_dates(left))
    left = _without(left, (f.span for f in dates))
    frequencies = list(read_frequencies(left))
    left = _without(left, (f.span for f in frequencies))
    numbers = list(read_numbers(left))
    counted = [replace(f, of=subject_of(folded, f)) for f in (*frequencies, *numbers)]
    return [*documents, *dates, *counted]


def _without(text: str, spans: Iterable[Span]) -> str:
    """`text` with the spans blanked, offsets kept."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = _GONE * (span.end - span.start)
    return "".join(chars)


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda f: (f.span, f.kind)))


def _titles_left(folded: str) -> list[Span]:
    """Titles in marks that are no citation: short names where they are set up, certificates, forms."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"《[^《》]*》", folded)]


def _names(folded: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in _NAME.finditer(folded)]


def _labels(folded: str) -> list[Span]:
    """The numbers that open lines: 1. and （三）."""
    out, at = [], 0
    for line in folded.split("\n"):
        marker = read_marker(line)
        if marker and marker.number is not None:
            out.append(Span(at, at + marker.length))
        at += len(line) + 1
    return out


def _note(measure: Measure) -> list[Span]:
    return [measure.note] if measure.note else []


def _title_lines(folded: str) -> list[Span]:
    """Lines of front matter that are no sentence: issuer and title, whose years and titles are part of the title."""
    out, at = [], 0
    for line in folded.split("\n"):
        if line.strip() and not _SENTENCE.search(line):
            out.append(Span(at, at + len(line)))
        at += len(line) + 1
    return out
