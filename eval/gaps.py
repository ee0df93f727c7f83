"""The gap report: what staff ask that the documents do not answer, and which answers they found wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.citation import official
from app.feedback import Entry
from corpus.load import Corpus
from eval.harvest import Candidate

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def gap_report(entries: Sequence[Entry], found: Sequence[Candidate], corpus: Corpus, compared: str) -> str:
    """Return the report as Markdown.

    entries: everything kept; found: the candidates made of it; compared: what nearness was taken from.
    """
    votes = [entry.vote.value for entry in entries if entry.vote is not None]
    unanswered = [c for c in found if c.origin.unanswered]
    down = [c for c in found if c.origin.down]
    head = [
        "# What the documents do not answer",
        f"{len(entries)} answers kept: {sum(e.abstained for e in entries)} without a rule in the documents, "
        f"{votes.count('up')} voted useful, {votes.count('down')} voted not useful. "
        f"Questions that the question sets ask already are left out. Nearness: {compared}.",
    ]
    return (
        "\n\n".join(
            [
                *head,
                f"## Not ruled on: {len(unanswered)}",
                *(_section(c, corpus) for c in unanswered),
                f"## Voted not useful: {len(down)}",
                *(_section(c, corpus) for c in down),
            ]
        )
        + "\n"
    )


def _section(candidate: Candidate, corpus: Corpus) -> str:
    origin = candidate.origin
    rows = [
        f"asked {origin.asked} times, {_day(origin.first)} to {_day(origin.last)}; candidate `{candidate.id}`",
        _listed("after", candidate.history),
        _listed("other wordings", origin.wordings),
        _listed("narrowed to", origin.policies),
        _listed("cited", [_place(i, corpus) for i in origin.cited]),
        _listed("nearest", [_place(i, corpus) for i in origin.nearest]),
        _listed("reasons", origin.reasons),
        _listed("comments", origin.comments),
    ]
    return "\n".join([f"### {_escape(candidate.question)}", "", *(f"- {row}" for row in rows if row)])


def _listed(name: str, values: Sequence[str]) -> str:
    return f"{name}: {'; '.join(_escape(value) for value in values)}" if values else ""


def _place(measure_id: str, corpus: Corpus) -> str:
    """The citation string, or the id where the measure is no longer there."""
    measure = corpus.measures.get(measure_id)
    return official(corpus, measure) if measure else measure_id


def _day(at: str) -> str:
    return at[:10]


def _escape(text: str) -> str:
    """Words of users as text that Markdown reads back as itself."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
