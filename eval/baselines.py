"""Answers that no one should want: each games one figure, and so must score badly on another."""

from __future__ import annotations

from collections.abc import Sequence

from app.types import Answer, AnswerPart, Citation, Timing
from corpus.load import Corpus
from corpus.types import Measure

FINGERPRINT = "baseline"
_AT_MOST = 20
_TOLD = "本库文件未见规定。"


class AlwaysAbstain:
    """Never wrong in what it says, since it says nothing."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Abstain."""
        return made(question, (AnswerPart("phrase", _TOLD),), abstained=True)


class CiteEverything:
    """Misses no gold measure, since it cites them all."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Quote every measure whole, in order of id."""
        measures = _within(self.corpus, policies)
        return quoting(self.corpus, question, measures, tuple(m.id for m in measures))


class EchoQuestion:
    """Sounds like an answer, since it holds the words of the question."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Return the question as the answer."""
        return made(question, (AnswerPart("phrase", question),))


class DumpClauses:
    """Holds every nugget, since it holds the whole text, cited from nowhere."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Return the text of every measure without a citation."""
        text = "\n".join(measure.text for measure in _within(self.corpus, policies))
        return made(question, (AnswerPart("phrase", text),))


def quoting(
    corpus: Corpus, question: str, measures: Sequence[Measure], retrieved: Sequence[str], timing: Timing | None = None
) -> Answer:
    """Return the answer that quotes `measures` whole, one after the other."""
    citations = tuple(_cite(corpus, measure) for measure in measures)
    parts = tuple(AnswerPart("quote", citation.quote, n) for n, citation in enumerate(citations, start=1))
    return made(question, parts, citations=citations, retrieved=retrieved, timing=timing)


def made(
    question: str,
    parts: tuple[AnswerPart, ...],
    abstained: bool = False,
    citations: tuple[Citation, ...] = (),
    retrieved: Sequence[str] = (),
    timing: Timing | None = None,
) -> Answer:
    """Return an answer of a baseline; its confidence is 0.5 for every question."""
    return Answer(
        question=question,
        parts=parts,
        abstained=abstained,
        citations=citations,
        nearest=(),
        retrieved=tuple(retrieved)[:_AT_MOST],
        timing_ms=timing or Timing(0.0, 0.0, 0.0, 0.0),
        index_fingerprint=FINGERPRINT,
        confidence=0.5,
    )


def _within(corpus: Corpus, policies: Sequence[str]) -> list[Measure]:
    return [m for m in corpus.measures.values() if not policies or m.document_id in policies]


def _cite(corpus: Corpus, measure: Measure) -> Citation:
    meta = corpus.by_id[measure.document_id].meta
    return Citation(measure.id, f"《{meta.name}》{measure.label}", measure.text, 0, len(measure.text))
