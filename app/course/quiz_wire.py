"""A quiz as JSON: what `dudao course quiz --json` prints, what the page asks with and what the checker reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.course.quiz_types import DIFFICULTIES, KINDS, Question, Quiz
from app.measure_html import link
from corpus.types import Span


def quiz_to_dict(quiz: Quiz) -> dict[str, Any]:
    """Return the quiz as JSON values."""
    return {"title": quiz.title, "seed": quiz.seed, "questions": [question_to_dict(q) for q in quiz.questions]}


def question_to_dict(question: Question) -> dict[str, Any]:
    """Return a question as JSON values, its key as printed and each citation with its permalink."""
    citations = []
    for citation in question.citations:
        row = asdict(citation)
        row["link"] = link(citation.measure_id, Span(citation.start, citation.end))
        citations.append(row)
    return {
        "id": question.id,
        "kind": question.kind,
        "kind_name": KINDS[question.kind],
        "about": question.about,
        "topic": question.topic,
        "place": question.place,
        "measure": question.measure,
        "stem": question.stem,
        "options": [asdict(option) for option in question.options],
        "answers": list(question.answers),
        "pairs": [asdict(pair) for pair in question.pairs],
        "rights": list(question.rights),
        "key": question.key,
        "citations": citations,
        "reason": question.reason,
        "difficulty": DIFFICULTIES[question.difficulty],
    }
