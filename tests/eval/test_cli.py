import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from app.answering import Answering
from corpus.errors import InputError
from eval.baselines import AlwaysAbstain, CiteEverything
from eval.beside import differing
from eval.cli import main
from eval.rows import read_rows
from tests.eval.fakes import Scripted, answer, cite, small_corpus

BASE = {"lang": "zh-Hans", "kind": "any"}
ROWS = [
    {**BASE, "id": "q1", "question": "比例？", "gold": ["a/1"], "nuggets": [["1:1000"]], "answerable": True},
    {**BASE, "id": "q2", "question": "天气？", "answerable": False},
]
ANSWERS = {
    "比例？": answer("比例？", [cite("a/1", "1∶1000")], ["a/1"]),
    "天气？": answer("天气？", abstained=True, confidence=0.1),
}


class Made:
    """Configurations made by hand; counts what is built."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.built: list[str] = []
        self.jobs: list[int] = []

    def build(self, config: str, jobs: int = 1) -> Answering:
        made: dict[str, Answering] = {
            "dudao": Scripted(ANSWERS),
            "dense-only": Scripted(ANSWERS),
            "always-abstain": AlwaysAbstain(small_corpus()),
            "cite-everything": CiteEverything(small_corpus()),
        }
        self.built.append(config)
        self.jobs.append(jobs)
        if config not in made:
            raise InputError(f"no configuration {config!r}")
        return made[config]

    def index_now(self) -> str | None:
        return "f1"

    def about(self) -> dict[str, Any]:
        return {"settings": {"data": "var"}, "model": "fake"}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in ROWS), encoding="utf-8")
    return path


def run(questions: Path, out: Path, *words: str) -> int:
    return main(["run", "--questions", str(questions), "--out", str(out), *words], Made(out.parent / "kept"))


def test_run_prints_the_summary_and_what_stands_beside(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(questions, tmp_path / "out", "--beside", "always-abstain") == 0
    printed = capsys.readouterr()
    assert "2 questions (1 answerable, 1 not)" in printed.out
    assert "always-abstain" in printed.out
    assert "2/2 questions" in printed.err
    summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
    assert (summary["hit@1"], summary["correct"]) == (1, 1)
    assert summary["beside"]["always-abstain"]["over_abstention"] == 1
    assert summary["run"]["files"].keys() == {"set.jsonl"}
    assert (summary["run"]["config"], summary["run"]["settings"]) == ("dudao", {"data": "var"})


def test_a_run_asks_in_as_many_processes_as_it_is_told(questions: Path, tmp_path: Path) -> None:
    made = Made(tmp_path)
    words = ["run", "--questions", str(questions), "--out", str(tmp_path / "out"), "--beside"]
    for more in (["--jobs", "3"], []):
        assert main([*words, *more], made) == 0
        summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
        assert summary["run"]["jobs"] == made.jobs[-1]
    assert made.jobs == [3, min(os.cpu_count() or 1, 4)]


def test_slow_figures_are_kept_until_something_changes(questions: Path, tmp_path: Path) -> None:
    configs = Made(tmp_path / "kept")
    words = ["run", "--questions", str(questions), "--out", str(tmp_path / "out"), "--beside", "dense-only"]
    summaries = []
    for policy in ([], [], ["--policy", "a"]):
        assert main([*words, *policy], configs) == 0
        summaries.append(json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))["beside"])
    assert configs.built == ["dudao", "dense-only", "dudao", "dudao", "dense-only"]
    assert summaries[0] == summaries[1]
    assert summaries[0]["dense-only"]["hit@1"] == 1


def test_a_gate_decides_the_exit_status(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(questions, tmp_path / "a", "--beside", "--gate", "dev") == 0
    assert "gate dev met" in capsys.readouterr().out
    assert run(questions, tmp_path / "b", "--beside", "--gate", "dev", "--config", "cite-everything") == 1
    assert re.search(r"^gate dev missed: abstention_recall >= 0\.\d+: it is 0$", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--gate", "none"), "no gate 'none'"),
        (("--config", "gpt"), "no configuration 'gpt'"),
        (("--questions", "missing.jsonl"), "does not read"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    questions: Path, tmp_path: Path, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(questions, tmp_path / "out", *words) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_an_empty_split_is_named(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statuses = {run(questions, tmp_path / s, "--beside", "--split", s) for s in ("dev", "test")}
    assert 0 in statuses
    if 2 in statuses:
        assert "is in the split" in capsys.readouterr().err


def test_repeats_that_agree(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(questions, tmp_path / "out", "--beside", "--repeat", "5") == 0
    assert re.search("answers that differ, of 2 questions asked 5 times +0\n", capsys.readouterr().out)


def test_some_questions_are_asked_again_and_narrowed_unasked(questions: Path, tmp_path: Path) -> None:
    assert run(questions, tmp_path / "out", "--beside", "--config", "cite-everything") == 0
    summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
    assert summary["repeats"] == {"runs": 5, "questions": 2, "differing": []}
    assert summary["access"] == {"asked": 1, "leaking": []}
    assert summary["startup_ms"] >= 0
    assert summary["asking_ms"] > 0


def test_repeats_that_differ_are_named(tmp_path: Path, questions: Path) -> None:
    run(questions, tmp_path / "out", "--beside")
    rows = read_rows(tmp_path / "out/questions.jsonl")
    other = Scripted(ANSWERS | {"天气？": answer("天气？", abstained=True, confidence=0.2)})
    assert differing(other, [r.question for r in rows], rows, 2) == ("q2",)
    slower = Scripted(ANSWERS | {"天气？": answer("天气？", abstained=True, confidence=0.1, total=99.0)})
    assert differing(slower, [r.question for r in rows], rows, 1) == ()


def test_diff_and_report(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, config in (("a", "always-abstain"), ("b", "dudao")):
        assert run(questions, tmp_path / name, "--beside", "--config", config) == 0
    capsys.readouterr()
    assert main(["diff", str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "no difference shown" in capsys.readouterr().out
    assert main(["report", str(tmp_path / "b"), "--against", str(tmp_path / "a")]) == 0
    assert (tmp_path / "b/report.html").exists()
    assert main(["report", str(tmp_path / "nothing")]) == 2


def test_lint_and_coverage_read_the_real_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.jsonl"
    row = {**ROWS[0], "gold": ["xiushan/99"], "nuggets": []}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["lint", str(path)]) == 1
    printed = capsys.readouterr().out
    assert "q1: unknown-id: gold names 'xiushan/99', which does not exist" in printed
    assert "1 questions, 2 findings" in printed
    assert main(["coverage", str(path)]) == 2
    path.write_text(json.dumps({**row, "gold": ["xiushan/1"]}) + "\n", encoding="utf-8")
    assert main(["coverage", str(path)]) == 1
    assert "xiushan/2" in capsys.readouterr().out


def test_export(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "real.jsonl"
    path.write_text(json.dumps({**ROWS[0], "gold": ["xiushan/1"]}) + "\n", encoding="utf-8")
    assert main(["export", "--questions", str(path), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/trec/qrels.txt").read_text(encoding="utf-8") == "q1 0 xiushan/1 2\n"
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_new_ends_with_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("比例？\n\n1\n"))
    assert main(["new", str(tmp_path / "mine.jsonl")], Made(tmp_path)) == 1
    assert not (tmp_path / "mine.jsonl").exists()
