"""What bears on whether a measure rules on a question: named features, weighed by `app.decide`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.question import ParsedQuestion
from app.rank import FEATURES, FUNCTION_CHARS, Floats, Scored
from index.evidence import Evidence
from index.lexical import lexical_terms
from index.open import OpenIndex

RULE_FEATURES = (
    "score", "gap", "cosine_sentence", "cosine_clause", "explained", "rarest_missing",
    "unknown_english", "english", "wanted", "value_sentence", "terms_sentence", "concepts_sentence",
    "dense_sentence", "named", "number_missing", "why", "run_sentence", "bm25_sentence",
    "late", "late_gap", "late_rules", "rules_gap",
)  # fmt: skip

_LATE, _RULES = FEATURES.index("late"), FEATURES.index("late_rules")


class RuleReader:
    """Reads rule features of scored measures; holds nothing of a question."""

    def __init__(self, index: OpenIndex, evidence: Evidence) -> None:
        self._index = index
        self._evidence = evidence

    def read(self, question: ParsedQuestion, scored: Scored, row: int, peers: NDArray[np.int64]) -> Floats:
        """Return what bears on whether measure `row` rules on the question; shape (len(RULE_FEATURES),).

        peers: rows of the measures it competes with, those of its document.
        """
        f = dict(zip(FEATURES, scored.features[row], strict=True))
        explained, rarest = self._explained(question, row)
        values = {
            "score": scored.rank[row] / 10,
            "gap": _gap(scored.rank / np.float32(10), row, peers),
            "cosine_sentence": (scored.cosine_sentence[row] - 0.85) * 10,
            "cosine_clause": (scored.cosine_clause[row] - 0.85) * 10,
            "explained": explained,
            "rarest_missing": rarest,
            "unknown_english": min(len(question.unknown), 3) / 3,
            "english": float(question.english),
            "wanted": float(bool(question.wants)),
            "why": float("why" in question.kinds),
            "named": float(bool(question.documents)),
            "number_missing": self._number_missing(question, row),
            "late_gap": _gap(scored.features[:, _LATE], row, peers),
            "rules_gap": _gap(scored.features[:, _RULES], row, peers),
        }
        return np.array([values[n] if n in values else f[n] for n in RULE_FEATURES], np.float32)

    def _explained(self, question: ParsedQuestion, row: int) -> tuple[float, float]:
        """Share of the topic, by weight, that the measure explains, and the weight of the heaviest term it leaves."""
        e = self._evidence
        if question.english:
            weights = [
                (e.concept_idf[h.concept] * h.weight, e.measure_concepts[row, h.concept]) for h in question.concepts
            ]
            total = sum(w for w, _ in weights) + 4.0 * len(question.unknown)
            missing = [w for w, there in weights if not there] + [4.0] * bool(question.unknown)
            return (sum(w for w, there in weights if there) / total if total else 0.0), max(missing, default=0.0) / 5
        covered = {
            t
            for h in question.concepts
            if e.measure_concepts[row, h.concept]
            for t in lexical_terms(question.text[h.start : h.end])
        }
        total = there = 0.0
        rarest = 0.0
        for term in dict.fromkeys(lexical_terms(question.topic)):
            if FUNCTION_CHARS & set(term):
                continue
            weight = self._index.clause_terms.weight(term)
            total += weight
            if term in e.measure_terms[row] or term in covered:
                there += weight
            else:
                rarest = max(rarest, weight)
        return (there / total if total else 0.0), rarest / 5

    def _number_missing(self, question: ParsedQuestion, row: int) -> float:
        numbers = [t for t in lexical_terms(question.topic) if t[0].isdigit() and len(t) < 4]
        return float(bool(numbers) and not any(t in self._evidence.measure_terms[row] for t in numbers))

    def alike(self, scored: Scored, row: int, other: int) -> float:
        """Return the cosine of the sentences that speak for two measures."""
        vectors = self._index.sentence_vectors
        return float(vectors[self._speaker(scored, row)] @ vectors[self._speaker(scored, other)])

    def _speaker(self, scored: Scored, row: int) -> int:
        rows = self._evidence.sentences_of(row)
        return rows.start + int(np.argmax(scored.sentence_rank[rows.start : rows.stop]))


def _gap(values: Floats, row: int, peers: NDArray[np.int64]) -> float:
    """How far a measure is before the best of the others; 1.0 where there is none."""
    others = values[peers[peers != row]]
    return float(values[row] - others.max()) if len(others) else 1.0
