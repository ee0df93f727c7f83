"""Learning what the engine weighs from the dev split and eval/training: `python -m eval.calibrate`.

First the late-interaction head (index/late_head.npz), then four small models (app/weights.json): one orders measures,
one orders the sentences of the gold measure, one says whether a document's best measure rules on the question, one
whether its next measures rule as well. These models see, for each question, the scores of a head that was learned
without its group, since a head knows the questions it was learned from too well. The threshold is the one with the best
mean of citation F1 and abstention F0.5 under grouped cross-validation, on the dev split alone: in eval/training near
misses are more than anybody asks. The test split is never read. A new head makes a new index: `dudao index build`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.further import FURTHER_FEATURES, NEXT, FurtherReader
from app.logistic import blank
from app.rank import FEATURES, SENTENCE_FEATURES
from app.rules import RULE_FEATURES, RuleReader
from app.weights import WEIGHTS_FILE, Weights
from eval.fit_linear import (
    ChoiceSet,
    RuleRow,
    best_threshold,
    cross_validated,
    fit_choice,
    fit_rules,
)
from eval.learning import Asked, Bench, Example, learn_late
from eval.training_set import dev_questions, learned_from
from eval.types import Question
from index.late import HEAD_FILE, save_head

Floats = NDArray[np.float32]


def main() -> None:
    """Learn from the dev split and the training questions; write index/late_head.npz and app/weights.json."""
    bench = Bench()
    questions = learned_from(bench.corpus)
    asked = bench.ask(questions)
    dev = frozenset(q.id for q in dev_questions(bench.corpus))
    plain = _learn(bench, asked, dev)
    head, unseen = learn_late(bench, asked, lambda line: print(line, file=sys.stderr, flush=True))
    late = _learn(bench, unseen, dev)
    save_head(HEAD_FILE, head)
    sections = {"late": late.data, "plain": plain.data}
    WEIGHTS_FILE.write_text(json.dumps(sections, indent=1) + "\n", encoding="utf-8")
    for name, learned in (("plain", plain), ("late", late)):
        print(
            f"{name}: {len(questions)} questions, {learned.decisions} decisions, {learned.right:.3f} right out of fold"
        )


@dataclass(frozen=True, slots=True)
class _Learned:
    """data: as weights.json keeps it. decisions: how many were learned from; right: share of them out of fold."""

    data: dict[str, object]
    decisions: int
    right: float


def _learn(bench: Bench, asked: Sequence[Asked], dev: frozenset[str]) -> _Learned:
    """Return the four models and the threshold. dev: ids of the questions that the threshold is chosen on."""
    weights = _blank()
    sentence = fit_choice(_sentence_sets(bench, bench.examples(asked, weights)), len(SENTENCE_FEATURES))
    weights = replace(weights, sentence=sentence)
    examples = bench.examples(asked, weights)
    rank = fit_choice(_measure_sets(bench, examples), len(FEATURES))
    weights = replace(weights, rank=rank)
    examples = [_ranked(e, rank) for e in examples]
    rows = _rule_rows(bench, examples, weights)
    out_of_fold = cross_validated(rows, RULE_FEATURES)
    chosen_on = [n for n, r in enumerate(rows) if r.question in dev]
    threshold = best_threshold([rows[n] for n in chosen_on], out_of_fold[chosen_on])
    chances = {(r.question, r.document): float(p) for r, p in zip(rows, out_of_fold, strict=True) if p >= threshold}
    further = fit_rules(_further_rows(bench, examples, weights, chances), FURTHER_FEATURES)
    right = float(np.mean([bool(r.label) == (p >= threshold) for r, p in zip(rows, out_of_fold, strict=True)]))
    data: dict[str, object] = {
        "rank": _named(FEATURES, rank),
        "sentence": _named(SENTENCE_FEATURES, sentence),
        "rules": fit_rules(rows, RULE_FEATURES).to_dict(),
        "further": further.to_dict(),
        "threshold": threshold,
    }
    return _Learned(data, len(rows), right)


def _ranked(example: Example, rank: Floats) -> Example:
    """The example with its measures ordered by other weights."""
    return replace(example, scored=replace(example.scored, rank=example.scored.features @ rank))


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {n: round(float(v), 4) for n, v in zip(names, values, strict=True)}


def _blank() -> Weights:
    sentence = dict.fromkeys(SENTENCE_FEATURES, 0.0) | {"dense": 0.5, "bm25": 4.0, "concepts": 0.8, "value": 1.2}
    return Weights(
        np.zeros(len(FEATURES), np.float32),
        np.array([sentence[f] for f in SENTENCE_FEATURES], np.float32),
        blank(RULE_FEATURES),
        blank(FURTHER_FEATURES),
        0.5,
    )


def _measure_sets(bench: Bench, examples: Sequence[Example]) -> list[ChoiceSet]:
    """One set for each answerable question: gold measures against all others that may not be cited."""
    ids = bench.evidence.measure_ids
    out = []
    for e in examples:
        rows = np.flatnonzero(e.scored.allowed)
        gold = [i for i, r in enumerate(rows) if ids[r] in e.question.gold]
        other = [i for i, r in enumerate(rows) if ids[r] not in e.question.gold and ids[r] not in e.question.ok]
        if gold and other:
            out.append(ChoiceSet(e.scored.features[rows], gold, other))
    return out


def _sentence_sets(bench: Bench, examples: Sequence[Example]) -> list[ChoiceSet]:
    """One set for each gold measure: sentences that hold a nugget against the rest."""
    out = []
    for e in examples:
        for gold in e.question.gold:
            rows, holding = bench.sentences_of(e.question, gold)
            if 0 < len(holding) < len(rows):
                hit = [k for k, i in enumerate(rows) if i in holding]
                out.append(ChoiceSet(e.scored.sentences[rows], hit, [k for k in range(len(rows)) if k not in hit]))
    return out


def _rule_rows(bench: Bench, examples: Sequence[Example], weights: Weights) -> list[RuleRow]:
    """One row for the best measure of each document in scope; rows whose measure is merely ok are left out."""
    reader = RuleReader(bench.index, bench.evidence)
    out = []
    for e, document, ranked, peers in _ranked_rows(bench, examples, weights):
        measure = bench.evidence.measure_ids[ranked[0]]
        if measure not in e.question.ok:
            values = reader.read(e.parsed, e.scored, ranked[0], peers)
            out.append(_row(e.question, document, values, measure))
    return out


def _further_rows(
    bench: Bench, examples: Sequence[Example], weights: Weights, chances: Mapping[tuple[str, str], float]
) -> list[RuleRow]:
    """Rows for the next measures of each document that rules; those that are merely ok are left out.

    chances: by question and document, for documents whose best measure was taken to rule.
    """
    reader = FurtherReader(RuleReader(bench.index, bench.evidence))
    out = []
    for e, document, ranked, peers in _ranked_rows(bench, examples, weights):
        chance = chances.get((e.question.id, document))
        if chance is None:
            continue
        for place in range(1, min(len(ranked), NEXT + 1)):
            measure = bench.evidence.measure_ids[ranked[place]]
            if measure not in e.question.ok:
                values = reader.read(e.parsed, e.scored, ranked, place, chance, peers)
                out.append(_row(e.question, document, values, measure))
    return out


def _row(question: Question, document: str, values: Floats, measure: str) -> RuleRow:
    return RuleRow(question.group, question.id, values, float(measure in question.gold), document)


def _ranked_rows(
    bench: Bench, examples: Sequence[Example], weights: Weights
) -> Iterator[tuple[Example, str, list[int], NDArray[np.int64]]]:
    """Each question with each document in scope, its measures that can answer, best first, and all its measures."""
    decider = bench.decider(weights)
    documents = np.array(bench.evidence.document_ids)
    for e in examples:
        if e.parsed.uncovered and not e.parsed.documents:
            continue
        order = np.argsort(-np.where(e.scored.allowed, e.scored.rank, -np.inf), kind="stable")
        ranking = [int(i) for i in order if e.scored.allowed[i]]
        for document, ranked in decider.ranked_rows(e.scored, ranking).items():
            yield e, document, ranked, np.flatnonzero(documents == document)


if __name__ == "__main__":
    main()
