"""A run in a process of its own, as the page begins it."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.settings import read_settings
from corpus.errors import InputError, ModelError
from eval.begun import FAILED_FILE, Begun, Job, begun_runs, make_folder, read_begun
from eval.cli import QUESTIONS
from eval.job import _watching, main
from eval.job import run as run_job
from eval.launch import LOG_FILE, ProcessLauncher, Running
from tests.eval.test_cli import Made

PATIENCE = 120.0


def job(folder: Path, rows: list[str], config: str = "always-abstain", at: str = "2026-01-02T03:04:05+08:00") -> Path:
    questions = folder / "set.jsonl"
    questions.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return make_folder(folder / "runs", Job(sets=("set",), files=(questions,), split="all", config=config, at=at))


def some(n: int) -> list[str]:
    return (QUESTIONS / "staff.jsonl").read_text(encoding="utf-8").splitlines()[:n]


def whole(folder: Path) -> Begun:
    found = read_begun(folder)
    assert found is not None
    return found


def wait(running: Running) -> None:
    deadline = time.monotonic() + PATIENCE
    while not running.ended():
        assert time.monotonic() < deadline, "the run does not end"
        time.sleep(0.05)


@pytest.fixture
def with_model() -> None:
    from app.assemble import model_of

    try:
        model_of(read_settings())
    except ModelError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no model: {error}")


@pytest.mark.integration
@pytest.mark.usefixtures("with_model")
def test_a_run_in_its_own_process_comes_to_its_end(tmp_path: Path) -> None:
    folder = job(tmp_path, some(3))
    wait(ProcessLauncher().start(folder))
    begun = whole(folder)
    assert (begun.done, begun.total, begun.failure) == (3, 3, None), (folder / LOG_FILE).read_text(encoding="utf-8")
    assert begun.correct is not None


@pytest.mark.integration
def test_what_ends_a_run_is_named(tmp_path: Path) -> None:
    folder = job(tmp_path, ['{"id": "x"}'])
    wait(ProcessLauncher().start(folder))
    assert whole(folder).failure == "InputError"
    assert "set.jsonl, line 1: field 'kind'" in (folder / LOG_FILE).read_text(encoding="utf-8")


@pytest.mark.integration
def test_a_run_is_stopped(tmp_path: Path) -> None:
    folder = job(tmp_path, some(3))
    running = ProcessLauncher().start(folder)
    running.stop()
    assert running.ended()
    assert whole(folder).correct is None


def test_a_run_ends_with_the_page_that_began_it() -> None:
    _watching(os.getppid())(1, 2)
    with pytest.raises(InputError, match="is gone, at question 1 of 2"):
        _watching(os.getppid() + 1)(1, 2)


def test_a_job_is_run_to_summary_and_probes(tmp_path: Path) -> None:
    row = {"id": "q2", "kind": "any", "lang": "zh-Hans", "question": "天气？", "answerable": False}
    folder = job(tmp_path, [json.dumps(row)], config="dudao")
    run_job(whole(folder), Made(tmp_path))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["repeats"] == {"runs": 5, "questions": 1, "differing": []}
    assert (summary["run"]["config"], whole(folder).correct) == ("dudao", 1)


def test_a_folder_without_a_job_is_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda _: 0)
    (tmp_path / "x").mkdir()
    assert begun_runs(tmp_path) == ()
    assert main([str(tmp_path / "x"), "1"]) == 2
    assert json.loads((tmp_path / "x" / FAILED_FILE).read_text(encoding="utf-8")) == {"kind": "InputError"}


def test_an_unforeseen_error_is_written_down_and_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("nobody thought of it")

    monkeypatch.setattr(os, "nice", lambda _: 0)
    monkeypatch.setattr("eval.job.run", broken)
    folder = job(tmp_path, some(1))
    with pytest.raises(RuntimeError):
        main([str(folder), "1"])
    assert whole(folder).failure == "RuntimeError"


def test_runs_of_one_second_have_folders_of_their_own(tmp_path: Path) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).isoformat()
    assert [job(tmp_path, [], at=at).name for _ in range(3)] == [
        "20260102-030405",
        "20260102-030405-1",
        "20260102-030405-2",
    ]
    assert len(begun_runs(tmp_path / "runs")) == 3
