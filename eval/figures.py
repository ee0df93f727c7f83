"""The figures of a run: each is a sum over questions divided by a sum over questions.

That one form gives the value, its interval, its value on every slice and its test between two runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import RESAMPLES, FloatArray, bootstrap, wilson
from eval.types import Interval, Row

_WILSON_BELOW = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a run.

    name: its key in summary.json.
    part: what a row adds to (numerator, denominator); (0, 0) where the figure does not concern the row.
    higher_is_better: False for rates of error.
    """

    name: str
    part: Callable[[Row], tuple[float, float]]
    higher_is_better: bool = True


def value(figure: Figure, rows: Sequence[Row]) -> float | None:
    """Return the figure over `rows`, or None where none of them counts."""
    parts = [figure.part(row) for row in rows]
    whole = sum(den for _, den in parts)
    return sum(num for num, _ in parts) / whole if whole else None


def intervals(rows: Sequence[Row], resamples: int = RESAMPLES) -> dict[str, Interval]:
    """Return every figure that some row counts for, with its 95 % interval.

    Yes-or-no figures over fewer than 100 questions, and those at exactly 0 or 1 (where resampling shows no
    spread), get the Wilson interval; all others the bootstrap over groups. A group counts as one observation for
    Wilson too, however many wordings, quotes or characters it holds, since these stand or fall together.
    """
    parts = np.array([[figure.part(row) for figure in FIGURES] for row in rows]).reshape(len(rows), len(FIGURES), 2)
    counting = [n for n in range(len(FIGURES)) if parts[:, n, 1].sum() > 0]
    if not counting:
        return {}
    groups = [row.question.group for row in rows]
    drawn = bootstrap(groups, parts[:, counting, 0], parts[:, counting, 1], resamples)
    return {
        FIGURES[n].name: _interval(groups, parts[:, n, 0], parts[:, n, 1], (float(low), float(high)))
        for n, (low, high) in zip(counting, drawn, strict=True)
    }


def _interval(groups: Sequence[str], parts: FloatArray, wholes: FloatArray, drawn: tuple[float, float]) -> Interval:
    part, whole = float(parts.sum()), float(wholes.sum())
    yes_or_no = bool(np.all(parts == parts.round()) and np.all(wholes == wholes.round()))
    use_wilson = yes_or_no and (whole < _WILSON_BELOW or part in (0, whole))
    counting = len({group for group, count in zip(groups, wholes, strict=True) if count})
    low, high = wilson(part / whole * counting, counting) if use_wilson else drawn
    return Interval(part / whole, low, high, int(whole))


def _retrieval(field: str) -> Callable[[Row], tuple[float, float]]:
    def part(row: Row) -> tuple[float, float]:
        return _of_gold(row, getattr(row.found, field))

    return part


def _of_gold(row: Row, amount: float) -> tuple[float, float]:
    counts = row.question.answerable and bool(row.question.gold)
    return (float(amount), 1.0) if counts else (0.0, 0.0)


def _nugget_recall(row: Row) -> tuple[float, float]:
    found, missed = len(row.found.nuggets_found), len(row.question.nuggets) - len(row.found.nuggets_found)
    counts = row.question.answerable and found + missed > 0
    return (found / (found + missed), 1.0) if counts else (0.0, 0.0)


def _anti(row: Row) -> tuple[float, float]:
    return (float(bool(row.found.anti_found)), 1.0) if row.question.anti else (0.0, 0.0)


def _quantity(row: Row) -> tuple[float, float]:
    counts = row.question.answerable and row.found.quantities > 0
    return (float(row.found.quantities_right == row.found.quantities), 1.0) if counts else (0.0, 0.0)


def abstained(row: Row) -> bool:
    """Tell whether the answer abstains; a refused question is neither answered nor abstained on."""
    return bool(row.answer.get("abstained", False))


def _abstention_precision(row: Row) -> tuple[float, float]:
    return (float(not row.question.answerable), 1.0) if abstained(row) else (0.0, 0.0)


def _abstention_recall(row: Row) -> tuple[float, float]:
    return (0.0, 0.0) if row.question.answerable else (float(abstained(row)), 1.0)


def _over_abstention(row: Row) -> tuple[float, float]:
    return (float(abstained(row)), 1.0) if row.question.answerable else (0.0, 0.0)


def _correct(row: Row) -> tuple[float, float]:
    return float(correct(row)), 1.0


def correct(row: Row) -> bool:
    """Tell whether the question got what it should: an abstention, or an answer without fault.

    An answer is without fault where it cites a gold measure, at least half of what it cites is gold or ok, and it
    holds every nugget and no contradicting wording.
    """
    if not row.question.answerable:
        return abstained(row)
    found = row.found
    cites_well = found.gold_cited > 0 and 2 * found.cited_right >= found.cited
    nuggets_held = len(found.nuggets_found) == len(row.question.nuggets)
    return not abstained(row) and cites_well and nuggets_held and not found.anti_found


FIGURES: tuple[Figure, ...] = (
    Figure("hit@1", _retrieval("hit_1")),
    Figure("hit@3", _retrieval("hit_3")),
    Figure("hit@5", _retrieval("hit_5")),
    Figure("hit@10", _retrieval("hit_10")),
    Figure("recall@5", _retrieval("recall_5")),
    Figure("MRR@10", _retrieval("rr_10")),
    Figure("nDCG@10", _retrieval("ndcg_10")),
    Figure("citation_precision", _retrieval("citation_precision")),
    Figure("citation_recall", _retrieval("citation_recall")),
    Figure("citation_f1", _retrieval("citation_f1")),
    Figure("citation_precision_all", lambda row: (float(row.found.cited_right), float(row.found.cited))),
    Figure("nugget_recall", _nugget_recall),
    Figure("quantity_exact", _quantity),
    Figure("anti_rate", _anti, higher_is_better=False),
    Figure("abstention_precision", _abstention_precision),
    Figure("abstention_recall", _abstention_recall),
    Figure("over_abstention", _over_abstention, higher_is_better=False),
    Figure("correct", _correct),
    Figure("quote_fidelity", lambda row: (float(row.found.quotes_right), float(row.found.quotes))),
    Figure("supported", lambda row: (float(row.found.supported), float(row.found.claimed))),
    Figure(
        "phrase_share",
        lambda row: (float(row.found.phrased), float(row.found.phrased + row.found.claimed)),
        higher_is_better=False,
    ),
)
BY_NAME = {figure.name: figure for figure in FIGURES}
