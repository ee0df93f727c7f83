"""Evaluation as the page's tab asks it: one run at a time, cancelled, gone on with, reported, compared."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import Draft, Kept, Order, Refusal
from eval.begun import read_begun, write_failure
from eval.desk import Desk
from eval.job import run as run_job
from eval.launch import FakeLauncher
from tests.eval.fakes import Scripted, answer, cite

START = datetime(2026, 1, 2, 9, 0, tzinfo=timezone(timedelta(hours=8)))
ROWS = [
    {"id": "q1", "kind": "ratio", "lang": "zh-Hans", "question": "比例？", "gold": ["a/1"], "nuggets": [["1:1000"]],
     "answerable": True},
    {"id": "q2", "kind": "off_topic", "lang": "zh-Hans", "question": "天气？", "answerable": False},
]  # fmt: skip
ANSWERS = {
    "比例？": answer("比例？", [cite("a/1", "1∶1000")], ["a/1", "b/1"]),
    "天气？": answer("天气？", abstained=True, confidence=0.1),
}


class Made:
    """Configurations made by hand."""

    kept = Path()

    def build(self, config: str, jobs: int = 1) -> Scripted:
        return Scripted(ANSWERS if config == "dudao" else {**ANSWERS, "比例？": answer("比例？", abstained=True)})

    def about(self) -> dict[str, Any]:
        return {"model": "fake"}

    def index_now(self) -> str | None:
        return "f1"


class Clock:
    """Each look is a minute later."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture
def launcher() -> FakeLauncher:
    return FakeLauncher()


@pytest.fixture
def desk(tmp_path: Path, launcher: FakeLauncher, monkeypatch: pytest.MonkeyPatch) -> Desk:
    committed = tmp_path / "committed"
    committed.mkdir()
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (committed / "staff.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr("eval.desk.QUESTIONS", committed)
    return Desk(Scripted(ANSWERS), tmp_path / "data", launcher, Clock())


def order(config: str = "dudao", **fields: Any) -> Order:  # noqa: ANN401
    return Order(**{"sets": ("staff",), "split": "all", "config": config, **fields})


def finish(launcher: FakeLauncher) -> None:
    """Do what the process of the newest run would do."""
    begun = read_begun(launcher.started[-1])
    assert begun is not None
    run_job(begun, Made())
    launcher.over = True


def test_what_may_be_chosen_is_named_in_the_language_of_the_page(desk: Desk) -> None:
    found = desk.choices("zh-Hans")
    assert [(c.key, c.name, c.size) for c in found.sets] == [("staff", "区县督导办", 2)]
    assert found.configs[0].name == "本系统"
    assert desk.choices("en").configs[0].name == "dudao"


def test_one_run_at_a_time(desk: Desk, launcher: FakeLauncher) -> None:
    assert desk.start(order()) is None
    assert desk.start(order("bm25-only")) == Refusal("eval_busy")
    assert len(launcher.started) == 1
    (run,) = desk.runs("zh-Hans")
    assert (run.name, run.state, run.sets, run.config) == ("20260102-090100", "running", "区县督导办", "本系统")
    finish(launcher)
    (run,) = desk.runs("zh-Hans")
    assert (run.state, run.done, run.total, run.correct) == ("finished", 2, 2, 1)
    assert desk.start(order()) is None


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (order(sets=()), "eval_no_set"),
        (order(sets=("nowhere",)), "eval_unknown"),
        (order("gpt"), "eval_unknown"),
        (order(split="half"), "eval_unknown"),
    ],
)
def test_what_cannot_be_run_is_refused(desk: Desk, launcher: FakeLauncher, asked: Order, key: str) -> None:
    refusal = desk.start(asked)
    assert refusal is not None and refusal.key == key
    assert launcher.started == []


def test_a_side_of_the_split_without_questions_and_a_malformed_set(desk: Desk, tmp_path: Path) -> None:
    keys = {refusal.key for split in ("dev", "test") if (refusal := desk.start(order(split=split)))}
    assert keys <= {"eval_empty_split", "eval_busy"} and keys
    own = tmp_path / "data/questions"
    own.mkdir(parents=True)
    (own / "mine.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    desk.cancel()
    refusal = desk.start(order(sets=("own:mine",)))
    assert refusal is not None and refusal.key == "eval_bad_set"
    assert "mine.jsonl, line 1: field 'kind'" in refusal.about


def test_a_cancelled_run_is_gone_on_with(desk: Desk, launcher: FakeLauncher) -> None:
    desk.start(order())
    desk.cancel()
    (run,) = desk.runs("zh-Hans")
    assert run.state == "stopped"
    assert desk.resume(run.name) is None
    assert launcher.started[0] == launcher.started[1]
    finish(launcher)
    assert desk.resume(run.name) == Refusal("eval_no_run", run.name)
    assert desk.runs("zh-Hans")[0].state == "finished"


def test_a_failed_run_says_why_and_may_be_gone_on_with(desk: Desk, launcher: FakeLauncher) -> None:
    desk.start(order())
    write_failure(launcher.started[0], "IndexStaleError")
    launcher.over = True
    (run,) = desk.runs("zh-Hans")
    assert (run.state, run.failure) == ("failed", "eval_failed_stale")
    write_failure(launcher.started[0], "RuntimeError")
    assert desk.runs("zh-Hans")[0].failure == "eval_failed_unforeseen"
    assert desk.resume(run.name) is None
    assert desk.runs("zh-Hans")[0].state == "running"
    launcher.over = True
    assert desk.runs("zh-Hans")[0].state == "stopped"


def test_runs_are_reported_and_compared(desk: Desk, launcher: FakeLauncher) -> None:
    for config in ("always-abstain", "dudao"):
        desk.start(order(config))
        finish(launcher)
    later, earlier = (run.name for run in desk.runs("zh-Hans"))
    page = desk.report(later, "", "zh-Hans")
    assert isinstance(page, str) and "评测报告" in page and "与较早一次相比" not in page
    compared = desk.report(later, earlier, "zh-Hans")
    assert isinstance(compared, str) and "变好 1 题，变差 0 题" in compared


@pytest.mark.parametrize("name", ["", "..", "../../etc", "nowhere"])
def test_no_name_leads_out_of_the_folder(desk: Desk, launcher: FakeLauncher, name: str) -> None:
    assert desk.report(name, "", "en") == Refusal("eval_no_run", name)
    assert desk.resume(name) == Refusal("eval_no_run", name)
    desk.start(order())
    finish(launcher)
    if name:
        assert desk.report(desk.runs("en")[0].name, name, "en") == Refusal("eval_no_run", name)


def test_clauses_are_found_by_question_and_by_id(desk: Desk) -> None:
    found = desk.search("比例？", ())
    assert isinstance(found, tuple) and [clause.measure_id for clause in found] == ["a/1", "b/1"]
    assert (found[0].document, found[0].label) == ("a县", "1.")
    assert desk.clause("a/9") is None
    refusal = desk.search("没人问过", ())
    assert isinstance(refusal, Refusal) and refusal.key == "failure_refused"


DRAFT = Draft("mine", "督学配备的比例是多少？", "ratio", "zh-Hans", "formal", gold=("a/1",), nuggets=(("1:1000",),))


def draft(**fields: Any) -> Draft:  # noqa: ANN401
    names = ("file", "question", "kind", "lang", "style", "group", "history", "gold", "ok", "nuggets", "anti")
    return Draft(**{**{name: getattr(DRAFT, name) for name in names}, **fields})


def test_a_question_is_kept_in_a_set_of_the_offices_own(desk: Desk, tmp_path: Path) -> None:
    assert desk.check(DRAFT) == ()
    assert desk.keep(DRAFT) == Kept("mine-001", "mine")
    assert desk.keep(draft(question="培训多少学时？", gold=("a/2",), nuggets=(("40学时",),))) == Kept(
        "mine-002", "mine"
    )
    rows = [json.loads(line) for line in (tmp_path / "data/questions/mine.jsonl").read_text("utf-8").splitlines()]
    assert [(row["id"], row["group"], row["gold"]) for row in rows] == [
        ("mine-001", "mine-001", ["a/1"]),
        ("mine-002", "mine-002", ["a/2"]),
    ]
    assert [c.key for c in desk.choices("zh-Hans").sets] == ["staff", "own:mine"]
    assert desk.start(order(sets=("staff", "own:mine"))) is None


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"nuggets": (("1:9",),)}, "eval_rule_nugget_not_in_gold"),
        ({"gold": ("a/9",), "nuggets": ()}, "eval_rule_unknown_id"),
        ({"nuggets": ()}, "eval_rule_answerable_without_nugget"),
        ({"anti": ("比例配备",)}, "eval_rule_anti_in_gold"),
        ({"question": "比例？"}, "eval_rule_duplicate_question"),
        ({"question": " "}, "eval_rule_empty_question"),
        ({"file": "../up"}, "eval_bad_file"),
        ({"kind": " "}, "eval_bad_row"),
    ],
)
def test_a_question_at_fault_is_not_kept(desk: Desk, tmp_path: Path, fields: dict[str, Any], key: str) -> None:
    found = desk.keep(draft(**fields))
    assert isinstance(found, tuple) and key in [refusal.key for refusal in found]
    assert not (tmp_path / "data/questions").exists()
