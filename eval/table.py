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
    if trust := trust_rows(summary):
        blocks.append(aligned(("access and determinism", ""), trust))
    robust = summary["robustness"]
    if robust["groups"]:
        blocks.append(aligned((f"wordings of {robust['groups']} questions", ""), robust_rows(robust)))
    if robust["wordings"]:
        blocks.append(aligned(WORDING_HEAD, wording_rows(robust)))
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
    """Return the latencies in milliseconds, the median length of an answer and the totals that should be 0.

    startup_ms is what stands before the first question: opening the index and loading the model. asking_ms is from the
    first question to the last row and the summary; of a resumed run, from where it went on. jobs is how many were asked
    at once, which an answer's own time is to be read with.
    """
    names = (
        "startup_ms", "asking_ms", "latency_cold_ms", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms",
        "answer_chars_p50", "one_document_chars_p50",
    )  # fmt: skip
    rows = [(name, "–" if summary.get(name) is None else f"{summary[name]:.1f}") for name in names]
    rows.insert(2, ("jobs", str(summary.get("run", {}).get("jobs", 1))))
    rows.append(("risk_coverage_area", show(summary["risk_coverage"]["area"])))
    rows.append(("abstention_average_precision", show(summary["abstention_curve"]["average_precision"])))
    return rows + [(name, str(summary["counts"][name])) for name in _TOTALS]


def trust_rows(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was probed after the run, each with what was found; what was not probed is left out."""
    rows = []
    if access := summary.get("access"):
        rows.append(_found(f"leaks, of {access['asked']} narrowed questions", access["leaking"]))
    if again := summary.get("repeats"):
        what = f"answers that differ, of {again['questions']} questions asked {again['runs']} times"
        rows.append(_found(what, again["differing"]))
    return rows


def _found(what: str, ids: Sequence[str]) -> tuple[str, str]:
    return what, f"{len(ids)}: {', '.join(ids)}" if ids else "0"


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


WORDING_HEAD = ("wording", "n", "hit@5", "plain", "cite R", "plain", "correct", "plain")


def robust_rows(robust: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return name and value of every figure over the wordings of one question."""
    return [(name, show(value)) for name, value in robust.items() if name not in ("groups", "wordings")]


def wording_rows(robust: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return a row a wording, as WORDING_HEAD names its columns; `plain` is the same groups' plain wording."""
    names = ("hit_5", "plain_hit_5", "citation_recall", "plain_citation_recall", "correct", "plain_correct")
    return [
        (wording, str(found["n"]), *(show(found[name]) for name in names))
        for wording, found in robust["wordings"].items()
    ]
