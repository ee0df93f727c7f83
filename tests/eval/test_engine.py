"""The real engine on the dev split: the committed gate, and the same answers every time."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import IndexFault
from eval.beside import ask_all, differing
from eval.cli import QUESTIONS
from eval.configs import Configs
from eval.gates import load_gate, missed
from eval.load import load_questions
from eval.rows import read_rows
from eval.run import evaluate
from eval.split import in_split
from eval.types import Question

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def configs() -> Configs:
    made = Configs()
    try:
        made.build("dudao")
    except IndexFault as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no engine to evaluate: {error}")
    return made


GATES = {"dev": ("staff", "auditor", "trainer", "inspector"), "dev-hard": ("office", "desk")}


def test_every_question_set_is_held_to_a_gate() -> None:
    assert sorted(name for names in GATES.values() for name in names) == sorted(
        p.stem for p in QUESTIONS.glob("*.jsonl")
    )


@pytest.fixture(scope="module", params=GATES)
def gate(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def questions(configs: Configs, gate: str) -> tuple[Question, ...]:
    files = [QUESTIONS / f"{name}.jsonl" for name in GATES[gate]]
    return in_split(load_questions(files, configs.corpus.measures).questions, "dev")


@pytest.fixture(scope="module")
def run(configs: Configs, questions: tuple[Question, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    evaluate(configs.build("dudao"), questions, folder)
    return folder


@pytest.fixture(scope="module")
def summary(run: Path) -> dict[str, Any]:

    found: dict[str, Any] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return found


def test_the_gate_is_met(summary: dict[str, Any], gate: str) -> None:
    assert missed(summary, load_gate(gate)) == ()


def test_a_run_watches_the_index_that_answers(configs: Configs, summary: dict[str, Any]) -> None:
    assert configs.index_now() == summary["run"]["index_fingerprint"]


def test_every_quote_equals_its_span(run: Path) -> None:
    assert [row.question.id for row in read_rows(run / "questions.jsonl") if not row.found.quote_ok] == []


def test_five_runs_give_the_same_answers(configs: Configs, questions: tuple[Question, ...], run: Path) -> None:
    some = questions[::48]
    kept = {question.id for question in some}
    rows = [row for row in read_rows(run / "questions.jsonl") if row.question.id in kept]
    assert differing(configs.build("dudao"), some, rows, 4) == ()


def test_narrowed_to_one_document_nothing_leaks(configs: Configs, questions: tuple[Question, ...]) -> None:
    rows = ask_all(configs.build("dudao"), questions[::24], ("weihai",))
    assert [row.question.id for row in rows if row.found.leaks] == []
