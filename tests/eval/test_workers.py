"""Answering in several processes; each test begins real ones."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.types import Answer
from corpus.errors import EvaluationError, IndexMissingError, InputError
from eval.rows import read_whole_rows
from eval.run import evaluate
from eval.workers import Make, Workers
from tests.eval.fakes import Scripted, answer, question, small_corpus

ROOT = Path(__file__).parents[2]


class Telling(Scripted):
    """Tells its process in the fingerprint, and ends it when asked to."""

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        if question == "end":
            os._exit(1)
        if question == "refused":
            raise InputError("refused: 'refused'")
        time.sleep(0.05)
        return answer(f"{question} {os.getpid()} {'/'.join((*history, *policies))}")


def telling() -> Telling:
    return Telling({})


def refusing() -> Telling:
    raise IndexMissingError("no index: run `dudao index build`")


def ending() -> Telling:
    os._exit(1)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(telling, small_corpus(), 2)
    yield made
    made.close()


def test_questions_are_answered_by_every_process(workers: Workers) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = [a.question.split() for a in pool.map(lambda n: workers.ask(f"q{n}", ("h",), ("a",)), range(20))]
    assert [words[0] for words in found] == [f"q{n}" for n in range(20)]
    assert {words[2] for words in found} == {"h/a"}
    assert len({words[1] for words in found}) == 2
    assert str(os.getpid()) not in {words[1] for words in found}


def test_a_refusal_reaches_who_asked(workers: Workers) -> None:
    with pytest.raises(InputError, match="^refused: 'refused'$"):
        workers.ask("refused")
    assert workers.ask("q").question.startswith("q ")


def test_a_process_that_ends_is_said_with_what_mends_it(workers: Workers) -> None:
    with pytest.raises(EvaluationError, match="one of 2 processes .* with fewer --jobs"):
        workers.ask("end")


def test_a_process_that_ends_stops_a_run_and_leaves_no_row_of_its_question(workers: Workers, tmp_path: Path) -> None:
    asked = [question("q1", question="q"), question("q2", question="end"), *(question(f"r{n}") for n in range(6))]
    with pytest.raises(EvaluationError):
        evaluate(workers, asked, tmp_path, jobs=2)
    rows = read_whole_rows(tmp_path / "questions.jsonl")
    assert [(r.question.id, r.error) for r in rows] in ([], [("q1", None)])
    assert not (tmp_path / "summary.json").exists()


@pytest.mark.parametrize(("make", "error"), [(refusing, IndexMissingError), (ending, EvaluationError)])
def test_what_cannot_be_made_is_said_at_once(make: Make, error: type[Exception]) -> None:
    with pytest.raises(error, match="dudao index build|one of 2 processes"):
        Workers(make, small_corpus(), 2)


def test_a_run_keeps_the_order_of_its_questions(workers: Workers, tmp_path: Path) -> None:
    asked = [question(f"q{n}") for n in range(12)]
    summary = evaluate(workers, asked, tmp_path, jobs=2)
    assert summary["counts"]["questions"] == 12
    rows = (tmp_path / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [f'"id": "q{n}"' in row for n, row in enumerate(rows)] == [True] * 12


def test_the_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
            import time
            from eval.workers import Workers
            from tests.eval.fakes import small_corpus
            from tests.eval.test_workers import telling

            if __name__ == "__main__":
                workers = Workers(telling, small_corpus(), 2)
                print(workers.ask("q").question.split()[1], flush=True)
                time.sleep(60)
        """),
        encoding="utf-8",
    )
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    with parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert _gone_within(worker, 20)


def _gone_within(process: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":  # ended; nobody in a container may be there to collect it
            return True
        time.sleep(0.05)
    return False
