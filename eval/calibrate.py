"""Learning the weights of app/weights.json from the dev split: `python -m eval.calibrate`.

Three linear models, each small enough to read: one orders measures (conditional logit, McFadden 1974: the gold measure
against all others in scope), one orders the sentences of the gold measure (the one that holds a nugget against the
rest), one says whether a document's best measure rules on the question (logistic regression). The thresholds are those
with the best mean of citation F1 and abstention F1 under grouped cross-validation. The test split is never read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from app.assemble import build_embedder, build_parser, model_of
from app.decide import Decider
from app.question import ParsedQuestion
from app.rank import FEATURES, SENTENCE_FEATURES, Scored, Scorer
from app.rules import RULE_FEATURES, RuleReader
from app.settings import read_settings
from app.weights import WEIGHTS_FILE, Weights
from corpus.glossary import load_glossary
from corpus.load import load_corpus
from eval.load import load_questions
from eval.normalise import normalise
from eval.split import in_split
from eval.types import Question
from index.concepts import Concepts
from index.evidence import Evidence, gather_evidence
from index.open import OpenIndex, open_index

Floats = NDArray[np.float32]
_QUESTIONS = Path(__file__).parent / "questions"
_FOLDS = 5
_RIDGE = 0.005


@dataclass(frozen=True, slots=True)
class _Example:
    question: Question
    parsed: ParsedQuestion
    vector: Floats
    scored: Scored


class _Bench:
    """The engine's parts, with weights that change."""

    def __init__(self) -> None:
        settings = read_settings()
        self.corpus = load_corpus(settings.corpus)
        self.index: OpenIndex = open_index(settings.index_root, self.corpus, model_of(settings)[1], settings.index)
        self.embedder = build_embedder(settings)
        self.concepts = Concepts(load_glossary(), self.index.search_text)
        self.evidence: Evidence = gather_evidence(self.corpus, self.index.units, self.concepts, self.index.search_text)
        self.parser = build_parser(self.corpus, self.index, self.concepts)

    def scorer(self, weights: Weights) -> Scorer:
        return Scorer(self.index, self.concepts, self.evidence, weights)

    def decider(self, weights: Weights) -> Decider:
        rules = RuleReader(self.index, self.evidence)
        return Decider(self.corpus, rules, self.evidence, weights, self.concepts, self.index.search_text)

    def examples(self, questions: Sequence[Question], weights: Weights) -> list[_Example]:
        scorer = self.scorer(weights)
        out = []
        for question in questions:
            parsed = self.parser.parse(question.question, question.history)
            vector = self.embedder.embed_queries([parsed.query])[0]
            out.append(_Example(question, parsed, vector, scorer.score(parsed, vector)))
        return out


def main() -> None:
    """Learn from the dev split and write app/weights.json."""
    bench = _Bench()
    files = sorted(_QUESTIONS.glob("*.jsonl"))
    questions = in_split(load_questions(files, bench.corpus.measures.keys()).questions, "dev")
    weights = _blank()
    sentence = _fit_choice(_sentence_sets(bench, bench.examples(questions, weights)), len(SENTENCE_FEATURES))
    weights = Weights(weights.rank, sentence, weights.rules, 0.5)
    examples = bench.examples(questions, weights)
    rank = _fit_choice(_measure_sets(bench, examples), len(FEATURES))
    weights = Weights(rank, sentence, weights.rules, 0.5)
    examples = bench.examples(questions, weights)
    rows = _rule_rows(bench, examples, weights)
    out_of_fold = _cross_validated(rows)
    threshold = _best_threshold(rows, out_of_fold)
    rules = _fit_rules(rows)
    _write(rank, sentence, rules, threshold)
    right = np.mean([bool(r.label) == (p >= threshold) for r, p in zip(rows, out_of_fold, strict=True)])
    print(
        f"{len(questions)} questions, {len(rows)} decisions, out of fold right {right:.3f}, threshold {threshold:.2f}"
    )


@dataclass(frozen=True, slots=True)
class _RuleRow:
    group: str
    question: str
    values: Floats
    label: float


def _blank() -> Weights:
    sentence = dict.fromkeys(SENTENCE_FEATURES, 0.0) | {"dense": 0.5, "bm25": 4.0, "concepts": 0.8, "value": 1.2}
    return Weights(
        np.zeros(len(FEATURES), np.float32),
        np.array([sentence[f] for f in SENTENCE_FEATURES], np.float32),
        np.zeros(len(RULE_FEATURES) + 1, np.float32),
        0.5,
    )


def _measure_sets(bench: _Bench, examples: Sequence[_Example]) -> list[tuple[Floats, list[int], list[int]]]:
    """(feature rows, positives, negatives) for each answerable question."""
    ids = bench.evidence.measure_ids
    out = []
    for e in examples:
        rows = np.flatnonzero(e.scored.allowed)
        gold = [i for i, r in enumerate(rows) if ids[r] in e.question.gold]
        other = [i for i, r in enumerate(rows) if ids[r] not in e.question.gold and ids[r] not in e.question.ok]
        if gold and other:
            out.append((e.scored.features[rows], gold, other))
    return out


def _sentence_sets(bench: _Bench, examples: Sequence[_Example]) -> list[tuple[Floats, list[int], list[int]]]:
    """(feature rows, positives, negatives) for each gold measure with a nugget in some of its sentences."""
    evidence, sentences = bench.evidence, bench.index.units.sentences
    ends = [*map(int, evidence.sentence_start[1:]), len(sentences)]
    out = []
    for e in examples:
        nuggets = [normalise(w) for wordings in e.question.nuggets for w in wordings]
        for gold in e.question.gold:
            row = evidence.row_of[gold]
            rows = list(range(int(evidence.sentence_start[row]), ends[row]))
            text = bench.corpus.measures[gold].text
            holds = [any(n in normalise(sentences[i].span.of(text)) for n in nuggets) for i in rows]
            if any(holds) and not all(holds):
                hit = [k for k, h in enumerate(holds) if h]
                out.append((e.scored.sentences[rows], hit, [k for k, h in enumerate(holds) if not h]))
    return out


def _fit_choice(sets: Sequence[tuple[Floats, list[int], list[int]]], width: int) -> Floats:
    """Conditional logit: each positive against all negatives of its set, with a ridge."""
    weights = torch.zeros(width, requires_grad=True)
    packs = [(torch.tensor(rows), gold, other) for rows, gold, other in sets]
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.zeros(())
        for rows, gold, other in packs:
            z = rows @ weights
            rest = torch.logsumexp(z[other], 0)
            total = total + torch.stack([torch.logaddexp(z[i], rest) - z[i] for i in gold]).mean()
        total = total / len(packs) + _RIDGE * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy(), np.float32)


def _rule_rows(bench: _Bench, examples: Sequence[_Example], weights: Weights) -> list[_RuleRow]:
    """One row for the best measure of each document in scope; rows whose measure is merely ok are left out."""
    reader, decider = RuleReader(bench.index, bench.evidence), bench.decider(weights)
    documents = np.array(bench.evidence.document_ids)
    out = []
    for e in examples:
        if e.parsed.uncovered and not e.parsed.documents:
            continue
        order = np.argsort(-np.where(e.scored.allowed, e.scored.rank, -np.inf), kind="stable")
        ranking = [int(i) for i in order if e.scored.allowed[i]]
        for document, row in decider.best_rows(e.scored, ranking).items():
            peers = np.flatnonzero(documents == document)
            measure = bench.evidence.measure_ids[row]
            if measure in e.question.ok:
                continue
            values = reader.read(e.parsed, e.scored, row, peers)
            out.append(_RuleRow(e.question.group, e.question.id, values, float(measure in e.question.gold)))
    return out


def _fit_rules(rows: Sequence[_RuleRow]) -> Floats:
    x = torch.tensor(np.stack([np.append(r.values, 1.0) for r in rows]).astype(np.float32))
    y = torch.tensor([r.label for r in rows])
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y)
        value = value + 0.006 * (weights[:-1] ** 2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy(), np.float32)


def _cross_validated(rows: Sequence[_RuleRow]) -> Floats:
    """Probabilities of each row from a model that has not seen its group."""
    folds = [hashlib.sha256(r.group.encode()).digest()[1] % _FOLDS for r in rows]
    out = np.zeros(len(rows), np.float32)
    for fold in range(_FOLDS):
        weights = _fit_rules([r for r, f in zip(rows, folds, strict=True) if f != fold])
        for i, (r, f) in enumerate(zip(rows, folds, strict=True)):
            if f == fold:
                out[i] = 1 / (1 + np.exp(-float(np.append(r.values, 1.0) @ weights)))
    return out


def _best_threshold(rows: Sequence[_RuleRow], probabilities: Floats) -> float:
    """The threshold with the best mean of citation F1 over rows and abstention F1 over questions."""
    best = (0.0, 0.5)
    labels = np.array([r.label for r in rows])
    questions = np.array([r.question for r in rows])
    for threshold in np.arange(0.2, 0.8, 0.02):
        kept = probabilities >= threshold
        cite = _f1(float((kept & (labels > 0)).sum()), float(kept.sum()), float(labels.sum()))
        abstained = {q for q in questions if not kept[questions == q].any()}
        silent = {q for q in questions if not labels[questions == q].any()}
        abstain = _f1(len(abstained & silent), len(abstained), len(silent))
        best = max(best, ((cite + abstain) / 2, round(float(threshold), 2)))
    return best[1]


def _f1(right: float, found: float, wanted: float) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0


def _write(rank: Floats, sentence: Floats, rules: Floats, threshold: float) -> None:
    def row(names: Sequence[str], values: Floats) -> dict[str, float]:
        return {n: round(float(v), 4) for n, v in zip(names, values, strict=True)}

    data = {
        "rank": row(FEATURES, rank),
        "sentence": row(SENTENCE_FEATURES, sentence),
        "rules": row((*RULE_FEATURES, "constant"), rules),
        "threshold": threshold,
    }
    WEIGHTS_FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
