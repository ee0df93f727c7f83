"""Which measures answer a question, or that none does."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.question import ParsedQuestion
from app.rank import Scored, Scorer
from app.weights import Weights
from corpus.load import Corpus
from corpus.types import Heading
from index.evidence import Evidence
from index.lexical import lexical_terms
from index.search_text import SearchText

_RETRIEVED = 20
_MOST_BESIDE = 2
_PART_COVERED = 0.8


@dataclass(frozen=True, slots=True)
class Decision:
    """answers: rows of the measures that answer, in reading order within a document, documents best first.

    part: the heading whose measures make up the answer, where a list was asked for. silent: documents in the scope
    that do not rule on the question. confidence: highest probability that a measure rules on it.
    """

    answers: tuple[int, ...]
    ranking: tuple[int, ...]
    silent: tuple[str, ...]
    confidence: float
    part: Heading | None = None


class Decider:
    """Weighs the best measure of each document; holds nothing of a question."""

    def __init__(
        self, corpus: Corpus, scorer: Scorer, evidence: Evidence, weights: Weights, search_text: SearchText
    ) -> None:
        self._corpus = corpus
        self._scorer = scorer
        self._evidence = evidence
        self._weights = weights
        self._documents = np.array(evidence.document_ids)
        self._parts = [
            (heading, frozenset(lexical_terms(search_text(heading.title))))
            for heading in corpus.headings.values()
            if len(heading.measure_ids) > 1
        ]

    def decide(self, question: ParsedQuestion, scored: Scored) -> Decision:
        """Return what answers the question."""
        order = np.argsort(-np.where(scored.allowed, scored.rank, -np.inf), kind="stable")
        ranking = tuple(int(i) for i in order if scored.allowed[i])
        if question.uncovered and not question.documents:
            return Decision((), ranking[:_RETRIEVED], (), 0.0)
        if question.numbers and len(question.documents) == 1:
            return self._by_number(question, ranking)
        part = self._part_asked(question)
        if part:
            rows = tuple(self._evidence.row_of[m] for m in part.measure_ids)
            rest = tuple(r for r in ranking if r not in rows)
            return Decision(rows, (*rows, *rest)[:_RETRIEVED], (), 1.0, part)
        return self._by_document(question, scored, ranking)

    def probability(self, question: ParsedQuestion, scored: Scored, row: int) -> float:
        """Return the probability that measure `row` rules on the question."""
        peers = np.flatnonzero(self._documents == self._documents[row])
        values = self._scorer.rule_features(question, scored, row, peers)
        z = float(values @ self._weights.rules[:-1] + self._weights.rules[-1])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))

    def _by_document(self, question: ParsedQuestion, scored: Scored, ranking: tuple[int, ...]) -> Decision:
        best: dict[str, int] = {}
        for row in ranking:
            best.setdefault(str(self._documents[row]), row)
        chances = {d: self.probability(question, scored, row) for d, row in best.items()}
        top = max(chances.values(), default=0.0)
        if top < self._weights.threshold:
            return Decision((), ranking[:_RETRIEVED], tuple(chances), top)
        kept = [d for d in best if chances[d] >= self._weights.threshold]
        silent = tuple(d for d in best if d not in kept)
        answers: list[int] = []
        for document in kept:
            rows = [best[document]]
            if len(kept) == 1 and "list" in question.kinds:
                rows += self._beside(question, scored, ranking, rows[0])
            answers += sorted(rows)
        leading = [*answers, *(r for r in ranking if r not in answers)]
        return Decision(tuple(answers), tuple(leading[:_RETRIEVED]), silent, top)

    def _beside(self, question: ParsedQuestion, scored: Scored, ranking: tuple[int, ...], first: int) -> list[int]:
        """Further measures of the same document that a list question is made up of."""
        document = self._documents[first]
        rows = [r for r in ranking[:8] if r != first and self._documents[r] == document]
        return [r for r in rows if self.probability(question, scored, r) >= self._weights.beside][:_MOST_BESIDE]

    def _by_number(self, question: ParsedQuestion, ranking: tuple[int, ...]) -> Decision:
        wanted = [f"{question.documents[0]}/{n}" for n in question.numbers]
        rows = tuple(self._evidence.row_of[m] for m in wanted if m in self._evidence.row_of)
        rest = [r for r in ranking if r not in rows]
        return Decision(rows, (*rows, *rest)[:_RETRIEVED], (), 1.0 if rows else 0.0)

    def _part_asked(self, question: ParsedQuestion) -> Heading | None:
        """The part that a list question names by its title: its measures together are the answer."""
        if "list" not in question.kinds or len(question.documents) != 1 or question.english:
            return None
        terms = [t for t in dict.fromkeys(lexical_terms(question.topic)) if not t[0].isdigit()]
        best: tuple[float, Heading] | None = None
        for heading, words in self._parts:
            if not heading.id.startswith(question.documents[0] + "/"):
                continue
            share = sum(t in words for t in terms) / len(terms) if terms else 0.0
            if share >= _PART_COVERED and (best is None or share > best[0]):
                best = (share, heading)
        if best is None or self._year_differs(question, best[1]):
            return None
        return best[1]

    def _year_differs(self, question: ParsedQuestion, heading: Heading) -> bool:
        rows = [self._evidence.row_of[m] for m in heading.measure_ids]
        return bool(question.years) and not any(set(question.years) & self._evidence.years[r] for r in rows)


