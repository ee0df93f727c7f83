"""What each measure and sentence holds, computed once when the index is opened: concepts, facts, years, layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.facts import Fact, facts_of
from corpus.load import Corpus
from index.concepts import Concepts
from index.lexical import lexical_terms
from index.search_text import SearchText, context_of
from index.units import Units

_YEAR = re.compile(r"(?:19|20)\d\d")
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Row tables over measures (n) and sentences (k) of the corpus in reading order.

    clause_start, sentence_start: first row of each measure, shape (n,). sentence_measure: measure row of each sentence.
    *_concepts: bool, shape (rows, number of concepts). *_terms: the bigrams of each row.
    facts: facts of each sentence, spans in code points of the measure's text.
    """

    measure_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    row_of: dict[str, int]
    clause_start: Ints
    sentence_start: Ints
    sentence_measure: Ints
    measure_terms: tuple[frozenset[str], ...]
    sentence_terms: tuple[frozenset[str], ...]
    heading_terms: tuple[frozenset[str], ...]
    measure_concepts: NDArray[np.bool_]
    sentence_concepts: NDArray[np.bool_]
    heading_concepts: NDArray[np.bool_]
    concept_idf: NDArray[np.float32]
    facts: tuple[tuple[Fact, ...], ...]
    years: tuple[frozenset[int], ...]

    def sentences_of(self, row: int) -> range:
        """Return the rows of the sentences of measure `row`."""
        end = self.sentence_start[row + 1] if row + 1 < len(self.sentence_start) else len(self.sentence_measure)
        return range(int(self.sentence_start[row]), int(end))


def gather_evidence(corpus: Corpus, units: Units, concepts: Concepts, search_text: SearchText) -> Evidence:
    """Read every measure and sentence once."""
    measures = tuple(corpus.measures.values())
    row_of = {m.id: i for i, m in enumerate(measures)}
    texts = [search_text(m.text) for m in measures]
    headings = [search_text(context_of(corpus, m)) for m in measures]
    sentences = [s.search for s in units.sentences]
    measure_concepts = concepts.in_texts([f"{h} {t}" for h, t in zip(headings, texts, strict=True)])
    found = measure_concepts.sum(axis=0)
    return Evidence(
        measure_ids=tuple(row_of),
        document_ids=tuple(m.document_id for m in measures),
        row_of=row_of,
        clause_start=_starts([row_of[c.measure_id] for c in units.clauses], len(measures)),
        sentence_start=_starts([row_of[s.measure_id] for s in units.sentences], len(measures)),
        sentence_measure=np.array([row_of[s.measure_id] for s in units.sentences], np.int32),
        measure_terms=tuple(frozenset(lexical_terms(f"{h} {t}")) for h, t in zip(headings, texts, strict=True)),
        sentence_terms=tuple(frozenset(lexical_terms(t)) for t in sentences),
        heading_terms=tuple(frozenset(lexical_terms(search_text(m.heading))) for m in measures),
        measure_concepts=measure_concepts,
        sentence_concepts=concepts.in_texts(sentences),
        heading_concepts=concepts.in_texts([search_text(m.heading) for m in measures]),
        concept_idf=np.log(1 + (len(measures) - found + 0.5) / (found + 0.5)).astype(np.float32),
        facts=_sentence_facts(corpus, units),
        years=tuple(_years(corpus, m.document_id, m.text) for m in measures),
    )


def _starts(rows: list[int], n: int) -> Ints:
    starts = np.searchsorted(np.array(rows), np.arange(n))
    return starts.astype(np.int32)


def _sentence_facts(corpus: Corpus, units: Units) -> tuple[tuple[Fact, ...], ...]:
    """Facts are read in the whole measure, so that one across a semicolon is found, and dealt out to sentences."""
    by_measure = {m.id: facts_of(m) for m in corpus.measures.values()}
    return tuple(
        tuple(f for f in by_measure[s.measure_id] if s.span.start <= f.span.start < s.span.end) for s in units.sentences
    )


def _years(corpus: Corpus, document_id: str, text: str) -> frozenset[int]:
    """Years that a measure speaks of: those in its text, in the document's title, and of the document's date.

    Where the document has no date, every year that it names may be its own.
    """
    document = corpus.by_id[document_id]
    meta = document.meta
    stated = {int(y) for y in _YEAR.findall(f"{text} {meta.title or ''}")}
    if meta.date:
        return frozenset(stated | {meta.date.year})
    return frozenset(stated | {int(y) for y in _YEAR.findall(document.clean.text)})
