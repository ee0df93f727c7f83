"""Two runs side by side: what changed question by question, and whether a difference is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import InputError
from eval.figures import BY_NAME, Figure, abstained, correct, value
from eval.intervals import SEED, FloatArray, group_sums
from eval.types import Row

TESTED = (
    "hit@1",
    "hit@5",
    "MRR@10",
    "nDCG@10",
    "citation_precision",
    "citation_recall",
    "nugget_recall",
    "quantity_exact",
    "anti_rate",
    "abstention_precision",
    "abstention_recall",
    "over_abstention",
    "correct",
)
LEVEL = 0.05
_DRAWS = 10_000
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class FigureTest:
    """A figure of both runs; p is None where one of them has no value, p_holm is p after Holm's correction."""

    name: str
    a: float | None
    b: float | None
    p: float | None
    p_holm: float | None = None

    @property
    def shown(self) -> bool:
        """Whether a difference is shown at the 5 % level."""
        return self.p_holm is not None and self.p_holm < LEVEL


@dataclass(frozen=True, slots=True)
class Change:
    """A question that the two runs answer differently; `what` names what changed."""

    a: Row
    b: Row
    what: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """`better` where only the second run is correct, `worse` where only the first is, else `same`."""
        before, after = correct(self.a), correct(self.b)
        return "same" if before == after else "better" if after else "worse"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The paired questions of two runs.

    only_a, only_b: ids of questions that one run alone has.
    """

    n: int
    tests: tuple[FigureTest, ...]
    changes: tuple[Change, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def compare(rows_a: Sequence[Row], rows_b: Sequence[Row]) -> Comparison:
    """Compare two runs over the questions that both hold, paired by id.

    :raises InputError: they share no question, or one id stands for different questions or different gold.
    """
    by_id = {row.question.id: row for row in rows_b}
    pairs = [(row, by_id[row.question.id]) for row in rows_a if row.question.id in by_id]
    if not pairs:
        raise InputError("the two runs share no question id, so there is nothing to compare")
    for a, b in pairs:
        if a.question != b.question:
            raise InputError(f"question {a.question.id!r} differs between the two runs: run both on the same files")
    shared = {a.question.id for a, _ in pairs}
    return Comparison(
        n=len(pairs),
        tests=holm([figure_test(BY_NAME[name], pairs) for name in TESTED]),
        changes=tuple(Change(a, b, what) for a, b in pairs if (what := _changed(a, b))),
        only_a=tuple(r.question.id for r in rows_a if r.question.id not in shared),
        only_b=tuple(r.question.id for r in rows_b if r.question.id not in shared),
    )


def figure_test(figure: Figure, pairs: Sequence[tuple[Row, Row]], draws: int = _DRAWS) -> FigureTest:
    """Test one figure by paired randomisation (Smucker, Allan and Carterette, CIKM 2007).

    Under the null hypothesis the two runs' results of a group may be swapped; p is the share of random swaps,
    the observed one included, whose difference is at least as large. Groups are swapped whole; the seed is fixed.
    """
    a, b = value(figure, [p[0] for p in pairs]), value(figure, [p[1] for p in pairs])
    if a is None or b is None:
        return FigureTest(figure.name, a, b, None)
    groups = [p[0].question.group for p in pairs]
    num_a, den_a, num_b, den_b = group_sums(groups, [(*figure.part(x), *figure.part(y)) for x, y in pairs]).T
    swap = np.random.default_rng(SEED).integers(0, 2, size=(draws, len(num_a))).astype(np.float64)
    difference = _ratio(num_b, num_a, den_b, den_a, swap) - _ratio(num_a, num_b, den_a, den_b, swap)
    # a draw in which one side counts nothing (nan) is held against the difference
    as_large = ~(np.abs(difference) < abs(b - a) - _ROUNDING)
    return FigureTest(figure.name, a, b, (1 + int(as_large.sum())) / (1 + draws))


def _ratio(
    num: FloatArray, other_num: FloatArray, den: FloatArray, other_den: FloatArray, swap: FloatArray
) -> FloatArray:
    counted = den.sum() + swap @ (other_den - den)
    part = num.sum() + swap @ (other_num - num)
    ratio: FloatArray = np.divide(part, counted, out=np.full(len(counted), np.nan), where=counted > 0)
    return ratio


def holm(tests: Sequence[FigureTest]) -> tuple[FigureTest, ...]:
    """Correct the p values of several tests, step down (Holm, 1979); the order stays."""
    with_p = sorted((t.p, n) for n, t in enumerate(tests) if t.p is not None)
    corrected: dict[int, float] = {}
    highest = 0.0
    for place, (p, n) in enumerate(with_p):
        highest = max(highest, min(1.0, p * (len(with_p) - place)))
        corrected[n] = highest
    return tuple(FigureTest(t.name, t.a, t.b, t.p, corrected.get(n)) for n, t in enumerate(tests))


def _changed(a: Row, b: Row) -> tuple[str, ...]:
    compared = {
        "abstention": (abstained(a), abstained(b)),
        "citations": (_cited(a), _cited(b)),
        "answer": (a.answer.get("answer"), b.answer.get("answer")),
        "rank": (a.found.rank, b.found.rank),
        "refusal": (a.error, b.error),
    }
    return tuple(name for name, (before, after) in compared.items() if before != after)


def _cited(row: Row) -> list[str]:
    return [citation["measure_id"] for citation in row.answer.get("citations", ())]
