"""The comparison of two runs as HTML: the tests, and each question that is answered differently, side by side."""

from __future__ import annotations

from collections import Counter
from html import escape

from eval.diff import Change, Comparison, FigureTest
from eval.figures import abstained
from eval.report_parts import note, section, table
from eval.table import show
from eval.types import Row
from eval.words import Words

_AT_MOST = 60
_ORDER = {"worse": 0, "better": 1, "same": 2}


def verdict(comparison: Comparison, words: Words) -> str:
    """Say in one sentence what the tests show."""
    shown = [test.name for test in comparison.tests if test.shown]
    changed = len(comparison.changes)
    if not shown:
        return words("no_difference", changed=changed, tests=len(comparison.tests))
    return words("difference", names="、".join(shown) if words.language != "en" else ", ".join(shown), changed=changed)


def comparison_section(comparison: Comparison, words: Words) -> str:
    """Return the section of the tests, the sentence on the whole first."""
    count = words("compared_count", n=comparison.n, only_a=len(comparison.only_a), only_b=len(comparison.only_b))
    head = (words("figure"), "A", "B", "B − A", "p", "p (Holm)", "")
    rows = [_test_row(test, words) for test in comparison.tests]
    said = f'<p class="verdict">{escape(verdict(comparison, words))}</p>'
    return section(words("compared"), said + note(count) + table(head, rows))


def _test_row(test: FigureTest, words: Words) -> tuple[str, ...]:
    difference = "–" if test.a is None or test.b is None else f"{test.b - test.a:+.3f}"
    shown = words("shown") if test.shown else ""
    name = f"{test.name}\n{words.figures[test.name]}"
    return (name, show(test.a), show(test.b), difference, show(test.p), show(test.p_holm), shown)


def changes_section(comparison: Comparison, words: Words) -> str:
    """Return the questions answered differently, what got worse first; empty where there is none."""
    if not comparison.changes:
        return ""
    verdicts = Counter(change.verdict for change in comparison.changes)
    count = words("changes_count", **{name: verdicts[name] for name in _ORDER})
    more = words("first_shown", n=_AT_MOST) if len(comparison.changes) > _AT_MOST else ""
    ordered = sorted(comparison.changes, key=lambda change: _ORDER[change.verdict])
    body = "".join(_change(change, words) for change in ordered[:_AT_MOST])
    return section(words("changes"), note(f"{count} {more}".strip()) + body)


def _change(change: Change, words: Words) -> str:
    asked = change.a.question
    what = " · ".join((asked.id, words(change.verdict), *(words(f"changed_{name}") for name in change.what)))
    history = "".join(f'<p class="history">{escape(text)}</p>' for text in asked.history)
    sides = "".join(
        f'<div tabindex="0">{_side(name, row, words)}</div>' for name, row in (("A", change.a), ("B", change.b))
    )
    return (
        f'<article><p class="tags"><b class="{change.verdict}">{escape(what)}</b></p>{history}'
        f'<h3>{escape(asked.question)}</h3><div class="sides">{sides}</div></article>'
    )


def _side(name: str, row: Row, words: Words) -> str:
    if row.error is not None:
        return f"<h4>{name}</h4><p>{escape(row.error)}</p>"
    cited = ", ".join(dict.fromkeys(citation["measure_id"] for citation in row.answer["citations"]))
    place = words("no_rank") if row.found.rank is None else words("rank", rank=row.found.rank)
    # where nothing could be cited, no rank says anything
    facts = [cited, place if row.question.gold else "", words("fault_needless") if _needless(row) else ""]
    return (
        f'<h4>{name}</h4><p class="answer">{escape(row.answer["answer"])}</p>'
        f'<p class="tags">{escape(" · ".join(filter(None, facts)))}</p>'
    )


def _needless(row: Row) -> bool:
    return row.question.answerable and abstained(row)
