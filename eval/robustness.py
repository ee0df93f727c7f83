"""The same question in other words: how much worse the worst wording is, and how far the citations agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from eval.figures import correct
from eval.metrics import jaccard
from eval.types import Row

_WORTH: Mapping[str, Callable[[Row], float]] = {
    "hit_5": lambda row: row.found.hit_5,
    "citation_recall": lambda row: row.found.citation_recall,
    "correct": lambda row: float(correct(row)),
}
_PLAIN = ("zh-Hans", "formal")


def robustness(rows: Sequence[Row]) -> dict[str, Any]:
    """Compare the wordings of one question: answerable questions that share a group and its gold.

    worst_*: mean over groups of the worst wording; mean_*: of all wordings of these groups, for comparison.
    citation_agreement: mean Jaccard of the cited measures over all pairs within a group.
    wordings: by language or style, the mean of the rows worded so beside that of the plain wordings (simplified,
    formal) of the same groups.
    """
    groups = [group for group in _variants(rows).values() if len(group) > 1]
    pairs = [jaccard(_cited(a), _cited(b)) for group in groups for a, b in combinations(group, 2)]
    out: dict[str, Any] = {"groups": len(groups)}
    for name, worth in _WORTH.items():
        by_group = [[worth(row) for row in group] for group in groups]
        out[f"worst_{name}"] = _mean(min(values) for values in by_group)
        out[f"mean_{name}"] = _mean(v for values in by_group for v in values)
    return out | {"citation_agreement": _mean(pairs), "wordings": _wordings(groups)}


def _wordings(groups: Sequence[Sequence[Row]]) -> dict[str, dict[str, float | int | None]]:
    """Each wording that differs from the plain one, over the groups that hold a plain one too."""
    by_wording: dict[str, list[tuple[Row, Sequence[Row]]]] = {}
    for group in groups:
        plain = [row for row in group if _worded(row) == ""]
        for row in group:
            if plain and _worded(row):
                by_wording.setdefault(_worded(row), []).append((row, plain))
    return {wording: _beside_plain(pairs) for wording, pairs in sorted(by_wording.items())}


def _beside_plain(pairs: Sequence[tuple[Row, Sequence[Row]]]) -> dict[str, float | int | None]:
    out: dict[str, float | int | None] = {"n": len(pairs)}
    for name, worth in _WORTH.items():
        out[name] = _mean(worth(row) for row, _ in pairs)
        out[f"plain_{name}"] = _mean(worth(other) for _, plain in pairs for other in plain)
    return out


def _worded(row: Row) -> str:
    """The language where it is not simplified Chinese, else the style; empty for the plain wording."""
    lang, style = row.question.lang, row.question.style
    if (lang, style) == _PLAIN:
        return ""
    return style if lang == _PLAIN[0] else lang


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
