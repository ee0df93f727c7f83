"""summary.json: the figures of a run with intervals, slices, robustness and speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.figures import FIGURES, abstained, intervals
from eval.metrics import abstention_curve, area_under_risk_coverage, average_precision, percentile, risk_coverage
from eval.robustness import robustness
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
        "abstention_curve": abstention(rows),
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
    """Return percentiles of milliseconds for a whole answer, warm, the slowest cold one, and lengths in characters."""
    warm = [row.answer["timing_ms"]["total"] for row in rows if row.error is None and not row.found.cold]
    cold = [row.answer["timing_ms"]["total"] for row in rows if row.error is None and row.found.cold]
    answers = [len(row.answer["answer"]) for row in rows if row.error is None]
    return {
        **{f"latency_p{p}_ms": percentile(warm or cold, p) for p in (50, 95, 99)},
        "latency_cold_ms": max(cold, default=None),
        "answer_chars_p50": percentile(answers, 50),
        "one_document_chars_p50": percentile([len(row.answer["answer"]) for row in rows if _of_one_document(row)], 50),
    }


def _of_one_document(row: Row) -> bool:
    """Whether a question on one document was answered."""
    return row.error is None and not abstained(row) and len({gold.split("/")[0] for gold in row.question.gold}) == 1


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


def abstention(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the precision–recall curve of abstaining on the least confident questions, and its average precision."""
    answered = [row for row in rows if row.error is None]
    points = abstention_curve(
        [row.answer["confidence"] for row in answered], [not row.question.answerable for row in answered]
    )
    return {"average_precision": average_precision(points), "points": [list(point) for point in points]}


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
