"""summary.json: the figures of a run with intervals, slices, robustness and speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

from eval.figures import FIGURES, abstained, intervals
from eval.metrics import area_under_risk_coverage, jaccard, percentile, risk_coverage
from eval.types import Interval, Row

_SLICE_RESAMPLES = 2_000


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the summary of a run: every figure by name (None where nothing counts) and the rest by section."""
    found = intervals(rows)
    return {
        **_values(found),
        **latency(rows),
        "counts": counts(rows),
        "intervals": {name: asdict(interval) for name, interval in found.items()},
        "robustness": robustness(rows),
        "risk_coverage": curve(rows),
        "slices": slices(rows),
    }


def counts(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many questions there are of each sort, and totals that should be zero."""
    return {
        "questions": len(rows),
        "groups": len({row.question.group for row in rows}),
        "answerable": sum(row.question.answerable for row in rows),
        "unanswerable": sum(not row.question.answerable for row in rows),
        "abstained": sum(map(abstained, rows)),
        "refused": sum(row.error is not None for row in rows),
        "wrong_quotes": sum(row.found.quotes - row.found.quotes_right for row in rows),
        "leaks": sum(row.found.leaks for row in rows),
    }


def latency(rows: Sequence[Row]) -> dict[str, float | None]:
    """Return percentiles of milliseconds for a whole answer, warm, and the slowest cold first answer."""
    warm = [row.answer["timing_ms"]["total"] for row in rows if row.error is None and not row.found.cold]
    cold = [row.answer["timing_ms"]["total"] for row in rows if row.error is None and row.found.cold]
    answers = [len(row.answer["answer"]) for row in rows if row.error is None]
    return {
        **{f"latency_p{p}_ms": percentile(warm or cold, p) for p in (50, 95, 99)},
        "latency_cold_ms": max(cold, default=None),
        "answer_chars_p50": percentile(answers, 50),
    }


def robustness(rows: Sequence[Row]) -> dict[str, float | int | None]:
    """Compare the wordings of one question: answerable questions that share a group and its gold.

    worst_*: mean over groups of the worst wording; mean_*: of all wordings of these groups, for comparison.
    citation_agreement: mean Jaccard of the cited measures over all pairs within a group.
    """
    groups = [group for group in _variants(rows).values() if len(group) > 1]
    pairs = [jaccard(_cited(a), _cited(b)) for group in groups for a, b in combinations(group, 2)]
    out: dict[str, float | int | None] = {"groups": len(groups)}
    for name in ("hit_5", "citation_recall"):
        by_group = [[getattr(row.found, name) for row in group] for group in groups]
        out[f"worst_{name}"] = _mean(min(values) for values in by_group)
        out[f"mean_{name}"] = _mean(v for values in by_group for v in values)
    return out | {"citation_agreement": _mean(pairs)}


def _variants(rows: Iterable[Row]) -> dict[tuple[str, frozenset[str]], list[Row]]:
    groups: dict[tuple[str, frozenset[str]], list[Row]] = {}
    for row in rows:
        if row.question.answerable and row.question.gold:
            groups.setdefault((row.question.group, frozenset(row.question.gold)), []).append(row)
    return groups


def _cited(row: Row) -> set[str]:
    return {citation["measure_id"] for citation in row.answer.get("citations", ())}


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def curve(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the risk–coverage curve and its area.

    Were the questions answered in order of confidence with the first measure retrieved, the answer would be wrong
    where the question is unanswerable or that measure is neither gold nor ok.
    """
    answered = [row for row in rows if row.error is None]
    points = risk_coverage([row.answer["confidence"] for row in answered], [_wrong(row) for row in answered])
    return {"area": area_under_risk_coverage(points), "points": [list(point) for point in points]}


def _wrong(row: Row) -> bool:
    first = next(iter(row.answer["retrieved"]), None)
    return not row.question.answerable or first not in {*row.question.gold, *row.question.ok}


def slices(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by slicing, then by slice: the number of questions, every figure, and the intervals."""
    return {name: {key: _slice(part) for key, part in _cut(rows, keys).items()} for name, keys in _SLICINGS.items()}


def _slice(rows: Sequence[Row]) -> dict[str, Any]:
    found = intervals(rows, _SLICE_RESAMPLES)
    return {"n": len(rows), **_values(found), "intervals": {name: asdict(i) for name, i in found.items()}}


def _values(found: Mapping[str, Interval]) -> dict[str, float | None]:
    return {figure.name: found[figure.name].value if figure.name in found else None for figure in FIGURES}


def _cut(rows: Sequence[Row], keys: Callable[[Row], Iterable[str]]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys(row):
            parts.setdefault(key, []).append(row)
    return dict(sorted(parts.items()))


def _documents(row: Row) -> set[str]:
    return {measure_id.split("/")[0] for measure_id in row.question.gold}


def _gold_size(row: Row) -> tuple[str, ...]:
    size = len(row.question.gold)
    return () if size == 0 else (str(size) if size < 4 else "4+",)


_SLICINGS: Mapping[str, Callable[[Row], Iterable[str]]] = {
    "kind": lambda row: (row.question.kind,),
    "lang": lambda row: (row.question.lang,),
    "style": lambda row: (row.question.style,),
    "document": _documents,
    "gold": _gold_size,
}
