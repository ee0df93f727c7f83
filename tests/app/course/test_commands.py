"""`dudao course`: list, export and quiz."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.course.files import KINDS
from app.course.store import SqliteCourses
from app.course.types import Course
from app.course_cli import KINDS as NAMED
from app.talk import local_time
from tools.check_quiz import faults, load_proof


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DUDAO_DATA", str(tmp_path / "var"))
    return tmp_path / "var"


def test_kinds_named_on_the_command_line_are_those_that_are_made() -> None:
    assert tuple(KINDS) == NAMED


def test_courses_are_listed_and_exported(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = SqliteCourses(data / "courses.sqlite3", local_time).save(
        Course("", "约谈", ("interviews",), ("hainan", "xiushan"))
    )
    assert cli.main(["course", "list"]) == 0
    assert f"{kept.id}" in (listed := capsys.readouterr().out) and "约谈（1 个专题，2 个地区）" in listed
    assert (
        cli.main(
            ["course", "export", kept.id, "--kind", "handout", "--kind", "quiz-gift", "--out", str(tmp_path / "out")]
        )
        == 0
    )
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [n.split(" ")[1] for n in names] == ["测验（Moodle", "讲义"]


def test_the_printed_quiz_is_what_the_checker_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["course", "quiz", "all", "--seed", "5", "--size", "20"]) == 0
    out, err = capsys.readouterr()
    quiz = json.loads(out)
    assert len(quiz["questions"]) == 20 and quiz["seed"] == 5
    assert faults(load_proof(), quiz) == []
    assert "without the index" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["export", "nothing"], "there is no course 'nothing'"), (["export", "all", "--public"], "dazu"),
     (["quiz", "all", "--size", "0"], "ask for 1 to 1000")],
)  # fmt: skip
def test_what_is_refused_is_one_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["course", *arguments]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("dudao: ") and said in last


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert cli.main(["course", "export", "all", "--kind", "quiz-gift", "--out", str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err.splitlines()[-1]
