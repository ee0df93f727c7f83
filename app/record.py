"""A turn as JSON: what the browser keeps of a conversation and hands back, checked against the corpus when it does."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from app.access import may_read
from app.citation import cite
from app.conversation import QUESTION_CAP, Turn
from app.types import Answer, AnswerPart, Citation, PartKind, Timing
from app.wording import wording
from corpus.load import Corpus
from corpus.types import Span

VERSION = 1
TURNS_CAP = 200
_TEXT_CAP = 20_000
# A turn whose quotes do not stand in today's documents any more.
STALE = "failure_stale"
_FAILURES = ("failure_", "js_failure_")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CitationRecord(_Strict):
    """A quote with its place; `quote` must still stand there when the record comes back."""

    measure: str = Field(max_length=100)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str = Field(max_length=_TEXT_CAP)


class PartRecord(_Strict):
    """A piece of an answer; text: None for a quote, whose text is that of its citation."""

    kind: PartKind
    text: str | None = Field(None, max_length=_TEXT_CAP)
    mark: int | None = None
    key: tuple[tuple[int, int], ...] = Field((), max_length=200)


class AnswerRecord(_Strict):
    """An answer without what the corpus already knows."""

    abstained: bool
    compared: bool = False
    understood: str | None = Field(None, max_length=_TEXT_CAP)
    confidence: float
    index: str = Field(max_length=100)
    timing: tuple[float, float, float, float]
    retrieved: tuple[str, ...] = Field((), max_length=20)
    parts: tuple[PartRecord, ...] = Field(max_length=500)
    citations: tuple[CitationRecord, ...] = Field((), max_length=200)
    nearest: tuple[CitationRecord, ...] = Field((), max_length=20)


class TurnRecord(_Strict):
    """A turn; at: local time of the answer, ISO 8601 with its offset."""

    version: int = Field(VERSION, ge=VERSION, le=VERSION)
    id: str = Field("", max_length=64, pattern=r"^[0-9a-f]*$")
    at: str = Field("", max_length=40, pattern=r"^[0-9T:+.Z-]*$")
    question: str = Field(max_length=QUESTION_CAP)
    policies: tuple[str, ...] = Field((), max_length=1000)
    failure: str | None = Field(None, max_length=40)
    answer: AnswerRecord | None = None


def to_record(turn: Turn) -> TurnRecord:
    """Return the record of a turn."""
    answer = turn.answer and _answer_record(turn.answer)
    return TurnRecord(
        id=turn.id, at=turn.at, question=turn.question, policies=turn.policies, failure=turn.failure, answer=answer
    )


def from_record(record: TurnRecord, corpus: Corpus) -> Turn:
    """Return the turn of a record; one whose quotes no longer stand in the documents fails as stale."""
    failure = record.failure
    if failure is not None and not (failure.startswith(_FAILURES) and failure in wording(None).texts):
        failure = STALE
    answer = None
    if record.answer is not None and failure is None:
        answer = _answer(record.answer, record.question, corpus)
        failure = STALE if answer is None else None
    return Turn(record.question, record.policies, answer, failure, record.id, record.at)


def _answer_record(answer: Answer) -> AnswerRecord:
    timing = answer.timing_ms
    return AnswerRecord(
        abstained=answer.abstained,
        compared=answer.compared,
        understood=answer.understood,
        confidence=answer.confidence,
        index=answer.index_fingerprint,
        timing=(timing.total, timing.embed, timing.search, timing.answer),
        retrieved=answer.retrieved,
        parts=tuple(_part_record(part, answer.citations) for part in answer.parts),
        citations=tuple(_citation_record(c) for c in answer.citations),
        nearest=tuple(_citation_record(c) for c in answer.nearest),
    )


def _part_record(part: AnswerPart, citations: Sequence[Citation]) -> PartRecord:
    quoted = part.kind == "quote" and part.mark is not None and part.text == citations[part.mark - 1].quote
    return PartRecord(kind=part.kind, text=None if quoted else part.text, mark=part.mark, key=part.key)


def _citation_record(citation: Citation) -> CitationRecord:
    return CitationRecord(measure=citation.measure_id, start=citation.start, end=citation.end, quote=citation.quote)


def _answer(record: AnswerRecord, question: str, corpus: Corpus) -> Answer | None:
    """The answer, or None where a quote of it does not stand in the documents."""
    citations = [_citation(c, corpus) for c in record.citations]
    nearest = [_citation(c, corpus) for c in record.nearest]
    kept = tuple(c for c in citations if c is not None)
    parts = tuple(_part(part, kept) for part in record.parts)
    if None in citations or None in nearest or None in parts:
        return None
    return Answer(
        question=question,
        parts=tuple(part for part in parts if part is not None),
        abstained=record.abstained,
        citations=kept,
        nearest=tuple(c for c in nearest if c is not None),
        retrieved=record.retrieved,
        timing_ms=Timing(*record.timing),
        index_fingerprint=record.index,
        understood=record.understood,
        confidence=record.confidence,
        compared=record.compared,
    )


def _part(record: PartRecord, citations: Sequence[Citation]) -> AnswerPart | None:
    """A quote takes its text from its citation alone, so that nothing else can pass for one."""
    if record.kind != "quote":
        return None if record.text is None else AnswerPart(record.kind, record.text, record.mark, record.key)
    if record.mark is None or not 1 <= record.mark <= len(citations):
        return None
    quote = citations[record.mark - 1].quote
    if record.text is not None and record.text not in quote:
        return None
    return AnswerPart("quote", quote if record.text is None else record.text, record.mark, record.key)


def _citation(record: CitationRecord, corpus: Corpus) -> Citation | None:
    measure = corpus.measures.get(record.measure)
    if measure is None or not may_read(corpus.by_id[measure.document_id].meta):
        return None
    span = Span(record.start, record.end)
    return cite(corpus, measure, span) if span.of(measure.text) == record.quote else None
