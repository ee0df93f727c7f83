"""The questions of a run that went worst: the answer with its citations beside what was to be cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus.load import Corpus
from eval.figures import abstained, correct
from eval.report_parts import note, section
from eval.types import Row
from eval.words import Words

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


def worst_section(rows: Sequence[Row], corpus: Corpus, words: Words) -> str:
    """Return the HTML section of the worst questions, at most sixty of them."""
    bad = worst(rows)
    more = words("first_shown", n=_AT_MOST) if len(bad) > _AT_MOST else ""
    body = "".join(_row(row, corpus, words) for row in bad[:_AT_MOST])
    count = words("faults_count", n=len(bad), of=len(rows))
    return section(words("faults"), note(f"{count} {more}".strip()) + body)


def _row(row: Row, corpus: Corpus, words: Words) -> str:
    asked = row.question
    history = "".join(f'<p class="history">{escape(text)}</p>' for text in asked.history)
    sorts = (words.named(value) for value in (asked.kind, asked.lang, asked.style))
    tags = " · ".join((asked.id, *sorts))
    wrong = " · ".join(words(fault) for fault in faults(row))
    return (
        f'<article><p class="tags">{escape(tags)} · <b class="worse">{escape(wrong)}</b></p>{history}'
        f'<h3>{escape(asked.question)}</h3><div class="sides"><div tabindex="0">{_answer(row, words)}</div>'
        f'<div tabindex="0">{_wanted(row, corpus, words)}</div></div></article>'
    )


def faults(row: Row) -> tuple[str, ...]:
    """Return what is wrong with the answer, as keys of words.toml."""
    found, asked = row.found, row.question
    named = (
        ("fault_refused", row.error is not None),
        ("fault_quote", not found.quote_ok),
        ("fault_anti", bool(found.anti_found)),
        ("fault_answered", not asked.answerable and not abstained(row) and row.error is None),
        ("fault_needless", asked.answerable and abstained(row)),
        ("fault_no_gold", asked.answerable and found.gold_cited == 0),
        ("fault_nugget", bool(found.nuggets_missed)),
    )
    return tuple(name for name, holds in named if holds)


def _answer(row: Row, words: Words) -> str:
    if row.error is not None:
        return f"<p>{escape(row.error)}</p>"
    citations = "".join(
        f"<li>{_official(c['measure_id'], c['official'], row, words)}<blockquote>{escape(c['quote'])}</blockquote></li>"
        for c in row.answer["citations"]
    )
    place = words("no_rank") if row.found.rank is None else words("rank", rank=row.found.rank)
    confidence = f"{row.answer['confidence']:.2f}"
    retrieved = ", ".join(row.answer["retrieved"][:5])
    said = words("confidence", confidence=confidence, rank=place, retrieved=retrieved)
    return (
        f'<h4>{escape(words("answer"))}</h4><p class="answer">{escape(row.answer["answer"])}</p>'
        f'<ol>{citations}</ol><p class="tags">{escape(said)}</p>'
    )


def _official(measure_id: str, official: str, row: Row, words: Words) -> str:
    asked = row.question
    sort = "cited_gold" if measure_id in asked.gold else "cited_ok" if measure_id in asked.ok else "cited_other"
    return f"{escape(official)} <code>{escape(measure_id)}</code> ({escape(words(sort))})"


def _wanted(row: Row, corpus: Corpus, words: Words) -> str:
    asked, head = row.question, f"<h4>{escape(words('wanted'))}</h4>"
    anti = "".join(f"<li>{escape(words('anti', wording=wording))}</li>" for wording in row.found.anti_found)
    if not asked.answerable:
        return f"{head}<p>{escape(words('wanted_abstention'))}</p>" + (f"<ul>{anti}</ul>" if anti else "")
    missed = escape(words("missed"))
    nuggets = "".join(
        f"<li>{escape(w[0])}{missed if w[0] in row.found.nuggets_missed else ''}</li>" for w in asked.nuggets
    )
    return f"{head}<ul>{nuggets}{anti}</ul>" + "".join(_gold(i, corpus, words) for i in asked.gold)


def _gold(measure_id: str, corpus: Corpus, words: Words) -> str:
    measure = corpus.measures.get(measure_id)
    text = measure.text if measure else words("not_there")
    head = f"<summary><code>{escape(measure_id)}</code></summary>"
    return f"<details>{head}<blockquote>{escape(text)}</blockquote></details>"
