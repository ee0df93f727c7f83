"""Metrics, one short pure function each.

`retrieved` is a list of measure ids, best first; a repeated id counts at its first place only. A question
without a result counts as 0. Names follow ir_measures and trec_eval: hit@k is their Success@k.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple


class Scores(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def distinct(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids in their order, each once."""
    return tuple(dict.fromkeys(ids))


def ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Return the ids by descending score; ties break by id, ascending."""
    return tuple(sorted(scores, key=lambda i: (-scores[i], i)))


def first_rank(retrieved: Sequence[str], gold: Collection[str]) -> int | None:
    """Return the 1-based rank of the first gold measure, or None where none is retrieved."""
    return next((rank for rank, i in enumerate(distinct(retrieved), start=1) if i in gold), None)


def hit(retrieved: Sequence[str], gold: Collection[str], k: int) -> float:
    """hit@k: 1.0 where a gold measure is among the first k, else 0.0."""
    rank = first_rank(retrieved, gold)
    return float(rank is not None and rank <= k)


def recall(retrieved: Sequence[str], gold: Collection[str], k: int) -> float:
    """recall@k: share of the gold measures that are among the first k."""
    return len(set(distinct(retrieved)[:k]) & set(gold)) / len(set(gold)) if gold else 0.0


def reciprocal_rank(retrieved: Sequence[str], gold: Collection[str], k: int = 10) -> float:
    """RR@k: 1 / rank of the first gold measure, 0 beyond rank k (Voorhees, TREC-8, 1999)."""
    rank = first_rank(retrieved, gold)
    return 1 / rank if rank is not None and rank <= k else 0.0


def ndcg(retrieved: Sequence[str], gold: Collection[str], ok: Collection[str], k: int = 10) -> float:
    """nDCG@k with gain 2 for gold and 1 for ok, discount log2(rank + 1) (Järvelin and Kekäläinen, 2002)."""
    gains = dict.fromkeys(ok, 1) | dict.fromkeys(gold, 2)
    ideal = _dcg(sorted(gains.values(), reverse=True)[:k])
    return _dcg([gains.get(i, 0) for i in distinct(retrieved)[:k]]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def citation_scores(cited: Iterable[str], gold: Collection[str], ok: Collection[str]) -> Scores:
    """Citation precision, recall and F1 by measure.

    Precision counts gold and ok as right, recall counts gold alone; without a citation all three are 0.
    """
    ids = set(cited)
    precision = len(ids & (set(gold) | set(ok))) / len(ids) if ids else 0.0
    found = len(ids & set(gold)) / len(set(gold)) if gold else 0.0
    return Scores(precision, found, f1(precision, found))


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 where both are 0 (van Rijsbergen, 1979)."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def abstention_scores(abstained: Sequence[bool], answerable: Sequence[bool]) -> tuple[float | None, ...]:
    """Return abstention precision, abstention recall and over-abstention; None where nothing is counted.

    Precision: of the abstentions, the share on unanswerable questions. Recall: of the unanswerable questions,
    the share abstained on. Over-abstention: of the answerable questions, the share abstained on.
    """
    pairs = list(zip(abstained, answerable, strict=True))
    right = sum(a and not q for a, q in pairs)
    return (
        _share(right, sum(a for a, _ in pairs)),
        _share(right, sum(not q for _, q in pairs)),
        _share(sum(a and q for a, q in pairs), sum(q for _, q in pairs)),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def jaccard(a: Collection[str], b: Collection[str]) -> float:
    """Return the share of ids that both hold; two empty sets agree wholly (1.0)."""
    union = set(a) | set(b)
    return len(set(a) & set(b)) / len(union) if union else 1.0


def risk_coverage(confidence: Sequence[float], wrong: Sequence[bool]) -> list[tuple[float, float]]:
    """Return (coverage, risk) for every threshold on confidence, coverage ascending.

    At a threshold the questions of at least that confidence are answered: coverage is their share of all, risk
    the share of wrong ones among them (Geifman and El-Yaniv, 2017). Questions of equal confidence enter together.
    """
    pairs = sorted(zip(confidence, wrong, strict=True), key=lambda pair: -pair[0])
    points, errors = [], 0
    for n, (score, is_wrong) in enumerate(pairs, start=1):
        errors += is_wrong
        if n == len(pairs) or pairs[n][0] != score:
            points.append((n / len(pairs), errors / n))
    return points


def abstention_curve(confidence: Sequence[float], unanswerable: Sequence[bool]) -> list[tuple[float, float]]:
    """Return (recall, precision) of abstaining for every threshold on confidence, recall ascending.

    At a threshold the questions of at most that confidence are abstained on: recall is the share of the unanswerable
    ones among them, precision the share of them that are unanswerable. Questions of equal confidence enter together.
    Empty where nothing is unanswerable.
    """
    pairs = sorted(zip(confidence, unanswerable, strict=True), key=lambda pair: pair[0])
    whole = sum(wanted for _, wanted in pairs)
    points, right = [], 0
    for n, (score, wanted) in enumerate(pairs, start=1):
        right += wanted
        if whole and (n == len(pairs) or pairs[n][0] != score):
            points.append((right / whole, right / n))
    return points


def average_precision(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the sum of precision over the steps of recall, as trec_eval's map; None without points."""
    return _area(points)


def area_under_risk_coverage(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the area under the step curve of risk over coverage, in [0, 1], low is good; None without points."""
    return _area(points)


def _area(points: Sequence[tuple[float, float]]) -> float | None:
    """The area under a step curve: each height over the step that leads to it."""
    widths = [x - before for (x, _), (before, _) in zip(points, ((0.0, 0.0), *points), strict=False)]
    return sum(w * height for w, (_, height) in zip(widths, points, strict=True)) if points else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the nearest-rank percentile: the smallest value that at least `percent` % do not exceed."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(percent / 100 * len(values)), 1) - 1]
