"""Other configurations beside a run, and the same run over again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.answering import Answering
from eval.figures import BY_NAME, value
from eval.rows import without_time
from eval.run import ask_one, write_json
from eval.score import stated_facts
from eval.table import SHORT_NAMES, aligned, show
from eval.types import Question, Row

BESIDE_FIGURES = (
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


Figures = dict[str, float | None]
# what decides the figures of a configuration that is not ours
_DECIDES = ("questions_sha256", "corpus_sha256", "code_sha256", "policies", "model")


def ask_all(answering: Answering, questions: Sequence[Question], policies: Sequence[str] = ()) -> tuple[Row, ...]:
    """Ask every question once, without writing anything."""
    facts = stated_facts(answering.corpus)
    return tuple(ask_one(answering, question, facts, policies) for question in questions)


def main_figures(rows: Sequence[Row]) -> Figures:
    """Return the figures that configurations are compared by."""
    return {name: value(BY_NAME[name], rows) for name in BESIDE_FIGURES}


def format_beside(beside: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one row a configuration."""
    rows = [(name, *(show(figures[figure]) for figure in BESIDE_FIGURES)) for name, figures in beside.items()]
    head = ("configuration", *(SHORT_NAMES.get(figure, figure) for figure in BESIDE_FIGURES))
    return aligned(head, rows) + "\n"


def key_of(config: str, run: Mapping[str, Any]) -> str:
    """Return what the figures of `config` depend on, as a file name; `run` is a run's description."""
    decides = {name: run.get(name) for name in _DECIDES}
    return f"{config}-{hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:16]}.json"


def kept(folder: Path, key: str, make: Callable[[], Figures]) -> Figures:
    """Return the figures kept under `key`, else make and keep them; a folder that cannot be written keeps none."""
    path = folder / key
    try:
        found: Figures = json.loads(path.read_text(encoding="utf-8"))
        if found.keys() == set(BESIDE_FIGURES):
            return found
    except (OSError, ValueError, AttributeError):
        pass
    made = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_json(path, made)
    except OSError:
        pass
    return made


def differing(
    answering: Answering, questions: Sequence[Question], rows: Sequence[Row], times: int, policies: Sequence[str] = ()
) -> tuple[str, ...]:
    """Ask everything `times` times more; return the ids whose answer ever differed in anything but time."""
    first = without_time(rows)
    found: dict[str, None] = {}
    for _ in range(times):
        again = without_time(ask_all(answering, questions, policies))
        found.update({q.id: None for q, a, b in zip(questions, first, again, strict=True) if a != b})
    return tuple(found)
