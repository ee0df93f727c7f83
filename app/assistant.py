"""The assistant: one question in, one answer out."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from app.compose import Composer
from app.decide import Decider, Decision
from app.premise import Premises
from app.question import ParsedQuestion
from app.rank import Scored, Scorer
from app.read_question import QuestionParser
from app.reorder import reordered
from app.scope import narrowed
from app.types import Answer, AnswerPart, Citation, Timing
from corpus.errors import InputError
from corpus.load import Corpus
from index.embedding import Embedder
from index.evidence import Evidence
from index.late import SentenceTokens
from index.rerank import Reranker

QUESTION_CAP = 2000
_HISTORY_CAP = 10


class Assistant:
    """Answers questions from one opened index; holds nothing between questions."""

    def __init__(
        self,
        corpus: Corpus,
        parser: QuestionParser,
        embedder: Embedder,
        scorer: Scorer,
        decider: Decider,
        composer: Composer,
        premises: Premises,
        evidence: Evidence,
        tokens: SentenceTokens,
        fingerprint: str,
        reranker: Reranker | None = None,
    ) -> None:
        self.corpus = corpus
        self._parser = parser
        self._embedder = embedder
        self._scorer = scorer
        self._decider = decider
        self._composer = composer
        self._premises = premises
        self._evidence = evidence
        self._tokens = tokens
        self._fingerprint = fingerprint
        self._reranker = reranker
        self._texts = [m.text for m in corpus.measures.values()]

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Answer one question.

        history: earlier user questions of the conversation, oldest first; of more than ten the last ten count.
        policies: document ids to narrow to; empty means all.

        :raises InputError: the question is empty or too long, or a document id does not exist.
        """
        start = time.perf_counter()
        asked = clean_question(question)
        earlier = [text for text in map(_plain, history[-_HISTORY_CAP:]) if text and len(text) <= QUESTION_CAP]
        parsed = narrowed(self.corpus, self._parser.parse(asked, earlier), policies)
        parsed_at = time.perf_counter()
        vector, tokens = self._embedder.read_query(parsed.query)
        embedded = time.perf_counter()
        scored = self._scorer.score(parsed, vector, self._tokens.score(tokens))
        if self._reranker:
            scored = reordered(scored, parsed.query, self._texts, self._reranker)
        searched = time.perf_counter()
        decision = self._decider.decide(parsed, scored)
        if decision.answers and self._premises.taken_for_granted(parsed, scored, decision.ranking) is not None:
            decision = replace(decision, answers=(), confidence=0.0)
        parts, citations, nearest = self._say(parsed, decision, scored)
        end = time.perf_counter()
        return Answer(
            question=asked,
            parts=parts,
            abstained=not decision.answers,
            citations=citations,
            nearest=nearest,
            retrieved=_retrieved([self._evidence.measure_ids[r] for r in decision.ranking], citations),
            timing_ms=Timing(
                total=(end - start) * 1000,
                embed=(embedded - parsed_at) * 1000,
                search=(searched - embedded) * 1000,
                answer=(end - searched + parsed_at - start) * 1000,
            ),
            index_fingerprint=self._fingerprint,
            understood=parsed.understood,
            confidence=decision.confidence,
            compared="compare" in parsed.kinds and _places_shown(parsed, decision, self._evidence) > 1,
        )

    def _say(
        self, parsed: ParsedQuestion, decision: Decision, scored: Scored
    ) -> tuple[tuple[AnswerPart, ...], tuple[Citation, ...], tuple[Citation, ...]]:
        """Return parts, citations and nearest clauses."""
        if decision.answers:
            return (*self._composer.answer(parsed, decision, scored), ())
        if parsed.uncovered or parsed.lapsed:
            return self._composer.abstention(parsed), (), ()
        otherwise = self._premises.contradicted(parsed, scored, decision.ranking)
        if otherwise is None:
            return self._composer.abstention(parsed), (), self._composer.nearest(parsed, decision, scored)
        parts, citations = self._composer.correction(parsed, otherwise)
        return parts, citations, self._composer.nearest(parsed, decision, scored, citations)


def _retrieved(ranking: Sequence[str], citations: Sequence[Citation]) -> tuple[str, ...]:
    """The measures that were found, best first; at the end those that are cited for what they say of all others."""
    beside = [c.measure_id for c in citations if c.measure_id not in ranking]
    return tuple(dict.fromkeys((*ranking[: len(ranking) - len(beside)], *beside)))


def _places_shown(parsed: ParsedQuestion, decision: Decision, evidence: Evidence) -> int:
    """How many places have a line in an answer: those compared by name, also a silent one, or those that rule."""
    ruling = {evidence.document_ids[row] for row in decision.answers}
    return len(ruling | set(parsed.documents)) if ruling else 0


def clean_question(question: str) -> str:
    """Return the question without control characters, its white space collapsed.

    :raises InputError: nothing is left to ask, or it is longer than the cap.
    """
    text = _plain(question)
    if not any(c.isalnum() for c in text):
        raise InputError("the question is empty: ask in a sentence, for example 谁负责约谈？")
    if len(text) > QUESTION_CAP:
        raise InputError(f"the question has {len(text)} characters, at most {QUESTION_CAP} are taken: shorten it")
    return text


def _plain(text: str) -> str:
    kept = (c if not unicodedata.category(c).startswith("C") else " " for c in text)
    return " ".join("".join(kept).split())
