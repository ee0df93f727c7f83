"""The questions of a run that went worst: the answer with its citations beside what was to be cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus.load import Corpus
from eval.figures import abstained, correct
from eval.types import Row

_AT_MOST = 60


def worst(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the questions that are not correct, worst first; ties by id.

    Worst is a wrong quote, then a contradicting wording, an answer to what is not answerable, a needless abstention,
    and then by how little of gold and nuggets was found.
    """
    return tuple(sorted((row for row in rows if not correct(row)), key=lambda row: (*_badness(row), row.question.id)))


def _badness(row: Row) -> tuple[bool, bool, bool, bool, float]:
    found, asked = row.found, row.question
    nuggets = len(found.nuggets_found) / len(asked.nuggets) if asked.nuggets else 1.0
    return (
        found.quote_ok,
        not found.anti_found,
        asked.answerable,
        not abstained(row),
        found.citation_f1 + nuggets,
    )


def worst_section(rows: Sequence[Row], corpus: Corpus) -> str:
    """Return the HTML section of the worst questions, at most sixty of them."""
    bad = worst(rows)
    more = f" The first {_AT_MOST} are shown." if len(bad) > _AT_MOST else ""
    body = "".join(_row(row, corpus) for row in bad[:_AT_MOST])
    return f"<section><h2>Questions at fault</h2><p>{len(bad)} of {len(rows)}.{more}</p>{body}</section>"


def _row(row: Row, corpus: Corpus) -> str:
    asked = row.question
    history = "".join(f'<p class="history">{escape(text)}</p>' for text in asked.history)
    tags = " · ".join((asked.id, asked.kind, asked.lang, asked.style, *faults(row)))
    return (
        f'<article><p class="tags">{escape(tags)}</p>{history}<h3>{escape(asked.question)}</h3>'
        f'<div class="sides"><div>{_answer(row)}</div><div>{_wanted(row, corpus)}</div></div></article>'
    )


def faults(row: Row) -> tuple[str, ...]:
    """Return in words what is wrong with the answer."""
    found, asked = row.found, row.question
    named = (
        ("refused", row.error is not None),
        ("wrong quote", not found.quote_ok),
        ("contradiction", bool(found.anti_found)),
        ("answered what is not answerable", not asked.answerable and not abstained(row)),
        ("abstained needlessly", asked.answerable and abstained(row)),
        ("no gold cited", asked.answerable and found.gold_cited == 0),
        ("nugget missed", bool(found.nuggets_missed)),
    )
    return tuple(name for name, holds in named if holds)


def _answer(row: Row) -> str:
    if row.error is not None:
        return f"<p>{escape(row.error)}</p>"
    citations = "".join(
        f"<li>{_official(c['measure_id'], c['official'], row)}<blockquote>{escape(c['quote'])}</blockquote></li>"
        for c in row.answer["citations"]
    )
    rank = "gold not retrieved" if row.found.rank is None else f"gold at rank {row.found.rank}"
    confidence = f"confidence {row.answer['confidence']:.2f}, {rank}"
    return (
        f'<h4>Answer</h4><p class="answer">{escape(row.answer["answer"])}</p><ol>{citations}</ol>'
        f'<p class="tags">{escape(confidence)}; retrieved {escape(", ".join(row.answer["retrieved"][:5]))}</p>'
    )


def _official(measure_id: str, official: str, row: Row) -> str:
    asked = row.question
    sort = "gold" if measure_id in asked.gold else "ok" if measure_id in asked.ok else "not asked for"
    return f"{escape(official)} <code>{escape(measure_id)}</code> ({sort})"


def _wanted(row: Row, corpus: Corpus) -> str:
    asked = row.question
    if not asked.answerable:
        return "<h4>Wanted</h4><p>An abstention.</p>"
    nuggets = "".join(
        f"<li>{escape(w[0])}{' (missed)' if w[0] in row.found.nuggets_missed else ''}</li>" for w in asked.nuggets
    )
    return f"<h4>Wanted</h4><ul>{nuggets}</ul>" + "".join(_gold(i, corpus) for i in asked.gold)


def _gold(measure_id: str, corpus: Corpus) -> str:
    measure = corpus.measures.get(measure_id)
    text = measure.text if measure else "(no longer in the corpus)"
    head = f"<summary><code>{escape(measure_id)}</code></summary>"
    return f"<details>{head}<blockquote>{escape(text)}</blockquote></details>"
