"""The comparison of two runs as text, for the terminal and for Markdown."""

from __future__ import annotations

from eval.diff import Change, Comparison, FigureTest
from eval.figures import abstained
from eval.table import aligned, show
from eval.types import Row

_SHOWN = {"better": "+", "worse": "-", "same": " "}


def format_comparison(comparison: Comparison) -> str:
    """Return the figures of both runs with their test, a sentence on the whole, and every changed question."""
    rows = [_test_row(test) for test in comparison.tests]
    blocks = [
        f"{comparison.n} questions in both runs; only in A: {len(comparison.only_a)}, "
        f"only in B: {len(comparison.only_b)}",
        aligned(("figure", "A", "B", "B - A", "p", "p (Holm)", ""), rows),
        verdict(comparison),
    ]
    if comparison.changes:
        blocks.append("\n".join(map(_change_line, _worst_first(comparison))))
    return "\n\n".join(blocks) + "\n"


def verdict(comparison: Comparison) -> str:
    """Say in one sentence what the tests show."""
    shown = [test.name for test in comparison.tests if test.shown]
    changed = f"{len(comparison.changes)} of {comparison.n} questions are answered differently"
    if not shown:
        return f"no difference shown ({changed}; paired randomisation test, Holm over {len(comparison.tests)} figures)"
    return f"difference shown in {', '.join(shown)} ({changed}; paired randomisation test, Holm, 5 % level)"


def _worst_first(comparison: Comparison) -> list[Change]:
    order = {"worse": 0, "better": 1, "same": 2}
    return sorted(comparison.changes, key=lambda change: order[change.verdict])


def _test_row(test: FigureTest) -> tuple[str, ...]:
    difference = "–" if test.a is None or test.b is None else f"{test.b - test.a:+.3f}"
    shown = "shown" if test.shown else ""
    return (test.name, show(test.a), show(test.b), difference, show(test.p), show(test.p_holm), shown)


def _change_line(change: Change) -> str:
    asked = change.a.question
    before, after = _state(change.a), _state(change.b)
    what = ", ".join(change.what)
    return f"{_SHOWN[change.verdict]} {asked.id}  {asked.question}  [{what}]  {before} -> {after}"


def _state(row: Row) -> str:
    if row.error is not None:
        return "refused"
    rank = "no gold" if row.found.rank is None else f"rank {row.found.rank}"
    return f"abstained, {rank}" if abstained(row) else rank
