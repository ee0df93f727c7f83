"""What is embedded and searched: the clauses and sentences of a corpus, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.load import Corpus
from corpus.sentences import split_clauses, split_sentences
from corpus.types import Clause, Measure, Span
from index.search_text import SearchText, context_of
from index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a measure. search: its text in the search layer; note: it is the responsibility note."""

    measure_id: str
    document_id: str
    span: Span
    search: str
    note: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Units:
    """Clauses and sentences of the whole corpus in reading order, and the text that is embedded for each."""

    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    clause_texts: tuple[str, ...]
    sentence_texts: tuple[str, ...]


def make_units(corpus: Corpus, fold_text: SearchText, settings: IndexSettings) -> Units:
    """Cut every measure into clauses and sentences; embedded texts carry the headings above them."""
    clauses: list[Clause] = []
    sentences: list[Sentence] = []
    clause_texts: list[str] = []
    sentence_texts: list[str] = []
    for measure in corpus.measures.values():
        context = fold_text(context_of(corpus, measure))
        heading = fold_text(measure.heading)
        for clause in split_clauses(measure, settings.max_clause_chars):
            clauses.append(clause)
            clause_texts.append(f"{context} {fold_text(clause.text)}")
        for sentence in _sentences(measure, fold_text):
            sentences.append(sentence)
            sentence_texts.append(f"{heading}：{sentence.search}")
    return Units(tuple(clauses), tuple(sentences), tuple(clause_texts), tuple(sentence_texts))


def _sentences(measure: Measure, fold_text: SearchText) -> list[Sentence]:
    out = []
    for span in split_sentences(measure.text):
        text = span.of(measure.text)
        note = measure.note is not None and span.start >= measure.note.start
        heading = bool(measure.heading) and span.start == 0 and len(text.strip()) <= len(measure.heading) + 12
        out.append(Sentence(measure.id, measure.document_id, span, fold_text(text), note, heading))
    return out
