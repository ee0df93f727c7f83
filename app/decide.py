"""Which measures answer a question, or that none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.ask_kinds import ask_kinds
from app.further import NEXT, FurtherReader
from app.question import ParsedQuestion
from app.rank import FEATURES, FUNCTION_CHARS, Scored
from app.rules import RuleReader
from app.weights import Weights
from corpus.load import Corpus
from corpus.types import Heading
from index.concepts import Concepts
from index.evidence import Evidence
from index.lexical import lexical_terms
from index.search_text import SearchText

_RULED_OUT = [FEATURES.index("value_missing"), FEATURES.index("other_year")]
_RETRIEVED = 20
_SIBLING_BAR, _ALIKE = 0.4, 0.95
_FURTHER_BAR = 0.4  # where the F1 of citations is highest out of fold
_LIST_BAR = 0.2  # a list is to be whole: for list questions F1 is the same from 0.2 to 0.4 within 0.01
_COMPARED = 0.6  # of documents that are compared by name, one that rules pulls the other in
_ASKED_COVERED, _TITLE_NAMED = 0.75, 0.4
# words that ask for a list, and years, which the part's measures are checked for
_LIST_WORDS = re.compile(
    r"哪[些几]|分别|列出来?|都|包括|包含|安排|开展|工作|内容|方面|措施|制度|任务|组织|分为|组成|分成|打算|计划|[一二三四五六七八九十\d○]+[项个类种条]|"
    r"(?:19|20)\d\d年?|二[〇○0零][一二三四五六七八九〇○零]{2}年?|今年|年度|了"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """answers: rows of the measures that answer: the best of each document, best document first, then further ones.

    Those of a part stand in reading order.
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
        self,
        corpus: Corpus,
        rules: RuleReader,
        evidence: Evidence,
        weights: Weights,
        concepts: Concepts,
        search_text: SearchText,
    ) -> None:
        self._corpus = corpus
        self._rules = rules
        self._concepts = concepts
        self._evidence = evidence
        self._weights = weights
        self._further = FurtherReader(rules)
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
        if (question.uncovered or question.lapsed) and not question.documents:
            return Decision((), ranking[:_RETRIEVED], (), 0.0)
        if "write" in question.kinds:  # what is to be written is no clause
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
        return self._weights.rules.probability(self._rules.read(question, scored, row, peers))

    def ranked_rows(self, scored: Scored, ranking: Sequence[int]) -> dict[str, list[int]]:
        """Return the measures of each document that can answer, best first.

        A measure without a value of the kind asked for, or that speaks of other years than the one asked for, cannot.
        """
        ruled_out = set(np.flatnonzero(scored.features[:, _RULED_OUT].sum(axis=1)).tolist())
        ranked: dict[str, list[int]] = {}
        for row in ranking:
            if row not in ruled_out:
                ranked.setdefault(str(self._documents[row]), []).append(row)
        return ranked

    def _by_document(self, question: ParsedQuestion, scored: Scored, ranking: tuple[int, ...]) -> Decision:
        ranked = self.ranked_rows(scored, ranking)
        best = {document: rows[0] for document, rows in ranked.items()}
        chances = {d: self.probability(question, scored, row) for d, row in best.items()}
        top = max(chances.values(), default=0.0)
        if top < self._weights.threshold:
            return Decision((), ranking[:_RETRIEVED], (), top)
        compared = len(question.documents) > 1
        bar = self._weights.threshold * (_COMPARED if compared else 1.0)
        kept = [d for d in best if chances[d] >= bar or self._sibling(scored, d, best, chances)]
        silent = tuple(d for d in question.documents or question.scope or self._corpus.by_id if d not in kept)
        answers = [best[document] for document in kept]
        for document in kept:
            answers += self._further_rows(question, scored, ranked[document], chances[document])
        leading = [*answers, *(r for r in ranking if r not in answers)]
        return Decision(tuple(answers), tuple(leading[:_RETRIEVED]), silent, top)

    def _further_rows(
        self, question: ParsedQuestion, scored: Scored, ranked: Sequence[int], chance: float
    ) -> list[int]:
        """The measures of a document that rule beside its best one, best first."""
        peers = np.flatnonzero(self._documents == self._documents[ranked[0]])
        bar = _LIST_BAR if "list" in question.kinds else _FURTHER_BAR
        return [
            ranked[place]
            for place in range(1, min(len(ranked), NEXT + 1))
            if self._weights.further.probability(self._further.read(question, scored, ranked, place, chance, peers))
            >= bar
        ]

    def _sibling(self, scored: Scored, document: str, best: dict[str, int], chances: dict[str, float]) -> bool:
        """Whether a document all but rules, and says nearly the same as one that does."""
        if chances[document] < self._weights.threshold * _SIBLING_BAR:
            return False
        ruling = [best[d] for d in best if chances[d] >= self._weights.threshold]
        return any(self._rules.alike(scored, best[document], row) >= _ALIKE for row in ruling)

    def _by_number(self, question: ParsedQuestion, ranking: tuple[int, ...]) -> Decision:
        wanted = [f"{question.documents[0]}/{n}" for n in question.numbers]
        rows = tuple(self._evidence.row_of[m] for m in wanted if m in self._evidence.row_of)
        rest = [r for r in ranking if r not in rows]
        return Decision(rows, (*rows, *rest)[:_RETRIEVED], (), 1.0 if rows else 0.0)

    def _part_asked(self, question: ParsedQuestion) -> Heading | None:
        """The part that a list question names by its title: its measures together are the answer."""
        if "list" not in question.kinds or "yes_no" in question.kinds or len(question.documents) != 1:
            return None
        if set(question.unknown) - {"list"}:  # an English question that asks for more than the part's matter
            return None
        asked = self._listed_terms(question)
        best: tuple[float, Heading] | None = None
        for heading, words in self._parts:
            if not heading.id.startswith(question.documents[0] + "/") or not asked:
                continue
            covered = sum(t in words for t in asked) / len(asked)
            named = sum(t in asked for t in words) / max(len(words), 1)
            if covered >= _ASKED_COVERED and named >= _TITLE_NAMED and (best is None or covered + named > best[0]):
                best = (covered + named, heading)
        if best is None or self._year_differs(question, best[1]):
            return None
        return best[1]

    def _listed_terms(self, question: ParsedQuestion) -> list[str]:
        """The terms of what a list question wants listed, without the words that only ask for a list."""
        if question.english:
            wordings = [self._concepts.official[h.concept][0] for h in question.concepts if h.weight == 1.0]
            return list(dict.fromkeys(t for w in wordings for t in lexical_terms(w)))
        clauses = re.split(r"[,;。?!:]", question.asked.rstrip(",;。?!: "))
        asking = [c for c in clauses if "list" in ask_kinds(c)] if len(clauses) > 1 else []
        terms = lexical_terms(_LIST_WORDS.sub(" ", asking[0] if asking else question.topic))
        return [t for t in dict.fromkeys(terms) if not FUNCTION_CHARS & set(t)]

    def _year_differs(self, question: ParsedQuestion, heading: Heading) -> bool:
        rows = [self._evidence.row_of[m] for m in heading.measure_ids]
        return bool(question.years) and not any(set(question.years) & self._evidence.years[r] for r in rows)
