"""A value that a question takes for granted and that its document states otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from app.question import ParsedQuestion
from app.rank import Scored
from corpus.facts import Fact, extract_facts
from index.evidence import Evidence

_MEASURED = frozenset({"ratio", "percent", "count", "frequency", "duration"})
_LOOKED_AT = 3  # best measures of the document
_NEAR = 2.0  # a sentence speaks of what is asked when its score is this near to the best of its measure


def contradicted(question: ParsedQuestion, scored: Scored, ranking: Sequence[int], evidence: Evidence) -> int | None:
    """Return the sentence that states another value than the question does, or None.

    Only for a question about one document; a value of the same kind and unit has to stand in a sentence that speaks
    of what is asked, and the question's own value nowhere in that measure.

    ranking: rows of measures, best first.
    """
    if len(question.documents) != 1:
        return None
    said = [f for f in extract_facts(question.text) if f.kind in _MEASURED]
    rows = [r for r in ranking if evidence.document_ids[r] == question.documents[0]][:_LOOKED_AT]
    for fact in said:
        for row in rows:
            sentence = _stated_otherwise(fact, scored, row, evidence)
            if sentence is not None:
                return sentence
    return None


def _stated_otherwise(said: Fact, scored: Scored, row: int, evidence: Evidence) -> int | None:
    starts = evidence.sentence_start
    end = int(starts[row + 1]) if row + 1 < len(starts) else len(scored.sentence_rank)
    sentences = range(int(starts[row]), end)
    alike = {i: [f for f in evidence.facts[i] if _same_kind(said, f)] for i in sentences}
    if any(f.value == said.value for held in alike.values() for f in held):
        return None
    best = float(max(scored.sentence_rank[i] for i in sentences))
    near = [i for i in sentences if alike[i] and float(scored.sentence_rank[i]) >= best - _NEAR]
    return max(near, key=lambda i: float(scored.sentence_rank[i]), default=None)


def _same_kind(said: Fact, stated: Fact) -> bool:
    return (
        (said.kind, said.unit, said.period) == (stated.kind, stated.unit, stated.period)
        and bool(said.value)
        and bool(stated.value)
    )
