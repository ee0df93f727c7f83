"""Probes after a run: questions narrowed to a document that does not rule on them, and questions asked over again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.answering import Answering
from eval.beside import differing
from eval.run import ask_one
from eval.score import stated_facts
from eval.types import Question, Row

NARROWED, AGAIN = 40, 20
RUNS = 5

_T = TypeVar("_T")


def probed(
    summary: Mapping[str, Any],
    answering: Answering,
    rows: Sequence[Row],
    policies: Sequence[str] = (),
    runs: int | None = None,
) -> dict[str, Any]:
    """Return the summary of a run with `access` and `repeats`; what leaked counts with its other leaks.

    runs: as for `repeats`. A run narrowed to documents by `policies` counts its own leaks and is not probed for more.
    """
    narrowed = access(answering, [] if policies else [row.question for row in rows])
    counts = {**summary["counts"], "leaks": summary["counts"]["leaks"] + len(narrowed["leaking"])}
    return {**summary, "counts": counts, "access": narrowed, "repeats": repeats(answering, rows, policies, runs)}


def access(answering: Answering, questions: Sequence[Question], at_most: int = NARROWED) -> dict[str, Any]:
    """Ask questions narrowed to one document that holds no gold of theirs; return how many, and which leaked.

    A question leaks where a measure of any other document is cited, shown as nearest or retrieved. The questions are
    taken evenly from all answerable ones, the documents in turn.
    """
    facts = stated_facts(answering.corpus)
    rows = [
        ask_one(answering, question, facts, (document_id,))
        for question, document_id in _narrowed(answering, questions, at_most)
    ]
    return {"asked": len(rows), "leaking": [row.question.id for row in rows if row.found.leaks]}


def _narrowed(answering: Answering, questions: Sequence[Question], at_most: int) -> list[tuple[Question, str]]:
    documents = [document.meta.id for document in answering.corpus.documents]
    pairs = []
    for n, question in enumerate(evenly([q for q in questions if q.answerable], at_most)):
        ruling = {measure_id.split("/")[0] for measure_id in question.gold}
        others = [document_id for document_id in documents if document_id not in ruling]
        if others:
            pairs.append((question, others[n % len(others)]))
    return pairs


def repeats(answering: Answering, rows: Sequence[Row], policies: Sequence[str], runs: int | None) -> dict[str, Any]:
    """Ask again what a run asked; return the number of runs and questions, and the ids answered differently.

    runs: of all questions; None: of a few, taken evenly, `RUNS` times. The run itself counts as the first.
    """
    again = rows if runs else evenly(rows, AGAIN)
    times = runs or RUNS
    found = differing(answering, [row.question for row in again], again, times - 1, policies) if times > 1 else ()
    return {"runs": times, "questions": len(again), "differing": list(found)}


def evenly(values: Sequence[_T], at_most: int) -> Sequence[_T]:
    """Return at most so many values, taken at even distances."""
    step = -(-len(values) // at_most) if values else 1
    return values[::step]
