"""A summary as aligned text, for the terminal and for Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from eval.figures import FIGURES

_SLICE_COLUMNS = (
    "hit@1",
    "hit@5",
    "MRR@10",
    "citation_precision",
    "citation_recall",
    "nugget_recall",
    "abstention_recall",
    "over_abstention",
    "correct",
)
# column heads of tables by slice and by configuration
SHORT_NAMES = {
    "citation_precision": "cite P",
    "citation_recall": "cite R",
    "nugget_recall": "nuggets",
    "abstention_recall": "abst R",
    "over_abstention": "over-abst",
}
_TOTALS = ("refused", "wrong_quotes", "leaks")


def format_summary(summary: Mapping[str, Any], slicings: Sequence[str] = ("kind", "lang")) -> str:
    """Return the figures with their intervals, the totals, and a table for each slicing."""
    blocks = [
        _counts_line(summary["counts"]),
        aligned(("figure", "value", "95 % interval", "over"), figure_rows(summary)),
        aligned(("speed and size", ""), speed_rows(summary)),
    ]
    robust = summary["robustness"]
    if robust["groups"]:
        blocks.append(aligned((f"wordings of {robust['groups']} questions", ""), _robust_rows(robust)))
    blocks += [slice_table(summary, slicing) for slicing in slicings]
    return "\n\n".join(blocks) + "\n"


def figure_rows(summary: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return name, value, interval and count of every figure that something counts for."""
    rows = []
    for figure in FIGURES:
        found = summary["intervals"].get(figure.name)
        if found:
            span = f"{found['low']:.3f} – {found['high']:.3f}"
            rows.append((figure.name, show(found["value"]), span, str(found["n"])))
        else:
            rows.append((figure.name, "–", "", "0"))
    return rows


def speed_rows(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the latencies in milliseconds, the median length of an answer and the totals that should be 0."""
    names = ("latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "latency_cold_ms", "answer_chars_p50")
    rows = [(name, "–" if summary[name] is None else f"{summary[name]:.1f}") for name in names]
    area = summary["risk_coverage"]["area"]
    rows.append(("risk_coverage_area", show(area)))
    return rows + [(name, str(summary["counts"][name])) for name in _TOTALS]


def slice_table(summary: Mapping[str, Any], slicing: str) -> str:
    """Return the main figures of every slice of one slicing, such as `kind`."""
    head = (slicing, "n", *(SHORT_NAMES.get(name, name) for name in _SLICE_COLUMNS))
    parts = summary["slices"][slicing]
    rows = [(key, str(part["n"]), *(show(part[name]) for name in _SLICE_COLUMNS)) for key, part in parts.items()]
    return aligned(head, rows)


def show(figure: float | None) -> str:
    """Return a figure to three decimals, a dash for none."""
    return "–" if figure is None else f"{figure:.3f}"


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in columns: the first to the left, the others to the right, wide characters as two."""
    table = [tuple(head), *map(tuple, rows)]
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_line(row, widths) for row in (table[0], rule, *table[1:]))


def display_width(text: str) -> int:
    """Return the terminal columns of a text: two for East Asian wide characters, else one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = []
    for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (width - display_width(cell))
        cells.append(gap + cell if n else cell + gap)
    return "  ".join(cells).rstrip()


def _counts_line(counts: Mapping[str, int]) -> str:
    return (
        f"{counts['questions']} questions ({counts['answerable']} answerable, {counts['unanswerable']} not), "
        f"{counts['groups']} groups, {counts['abstained']} abstentions"
    )


def _robust_rows(robust: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, show(value)) for name, value in robust.items() if name != "groups"]
