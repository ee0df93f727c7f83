import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.types import Answer
from app.wire import answer_to_dict
from corpus.errors import IndexStaleError, InputError
from eval.rows import read_rows, without_time
from eval.run import evaluate
from eval.types import Question
from tests.eval.fakes import Scripted, answer, cite, question

QUESTIONS = [question("q1", nuggets=(("1:1000",),)), question("q2", answerable=False, gold=()), question("q3")]


def answers(fingerprint: str = "f1") -> dict[str, Answer]:
    return {
        "问题q1": answer("问题q1", [cite("a/1", "1∶1000")], ["a/1"], fingerprint=fingerprint),
        "问题q2": answer("问题q2", abstained=True, confidence=0.1, nearest=[cite("b/1", "由县政府约谈")]),
    }


class Killed(Exception):
    pass


class KilledAt(Scripted):
    """Dies when it is asked `at`."""

    at = "问题q2"

    def ask(self, question: str, history: object = (), policies: object = ()) -> Answer:
        if question == self.at:
            raise Killed
        return super().ask(question)


def test_it_writes_rows_and_summary(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    summary = evaluate(Scripted(answers()), QUESTIONS, tmp_path, lambda n, all: seen.append((n, all)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert summary == json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (tmp_path / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in rows] == ["q1", "q2", "q3"]
    first = rows[0]
    assert (first["gold"], first["retrieved"], first["found"]["rank"]) == (["a/1"], ["a/1"], 1)
    assert (first["citations"][0]["quote"], first["found"]["quote_ok"]) == ("1∶1000", True)
    assert (summary["hit@1"], summary["abstention_recall"], summary["counts"]["refused"]) == (0.5, 1, 1)
    assert summary["run"]["index_fingerprint"] == "f1"
    assert rows[2]["error"] == "refused: '问题q3'"


def test_rows_read_back(tmp_path: Path) -> None:
    evaluate(Scripted(answers()), QUESTIONS, tmp_path)
    rows = read_rows(tmp_path / "questions.jsonl")
    assert [r.question for r in rows] == QUESTIONS
    assert rows[0].found.nuggets_found == ("1:1000",)


def test_a_killed_run_goes_on_to_the_same_result(tmp_path: Path) -> None:
    evaluate(Scripted(answers()), QUESTIONS, tmp_path / "whole")
    with pytest.raises(Killed):
        evaluate(KilledAt(answers()), QUESTIONS, tmp_path / "killed")
    with (tmp_path / "killed/questions.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "q2", "torn')
    second = Scripted(answers())
    evaluate(second, QUESTIONS, tmp_path / "killed")
    assert second.asked == ["问题q2", "问题q3"]
    results = [without_time(read_rows(tmp_path / name / "questions.jsonl")) for name in ("whole", "killed")]
    assert results[0] == results[1]


class Slower(Scripted):
    """Takes longest over its first question."""

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        first = not self.asked
        made = super().ask(question, history, policies)
        if first:
            time.sleep(0.2)
        return made


def test_questions_asked_at_once_keep_their_order(tmp_path: Path) -> None:
    asked = [question(f"q{n}", question="问题q1") for n in range(8)]
    evaluate(Scripted(answers()), asked, tmp_path / "one")
    evaluate(Slower(answers()), asked, tmp_path / "four", jobs=4)
    found = [read_rows(tmp_path / name / "questions.jsonl") for name in ("one", "four")]
    assert [r.question.id for r in found[1]] == [q.id for q in asked]
    assert without_time(found[0]) == without_time(found[1])
    assert [r.found.cold for r in found[1]] == [*[True] * 4, *[False] * 4]


def test_a_run_of_several_at_once_that_is_killed_goes_on(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        evaluate(KilledAt(answers()), QUESTIONS, tmp_path, jobs=2)
    assert [r.question.id for r in read_rows(tmp_path / "questions.jsonl")] == ["q1"]
    assert evaluate(Scripted(answers()), QUESTIONS, tmp_path, jobs=2)["counts"]["questions"] == 3


def test_a_killed_run_goes_on_with_fewer_at_once(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        evaluate(KilledAt(answers()), QUESTIONS, tmp_path, jobs=2, about={"jobs": 2})
    with pytest.raises(InputError, match="--fresh"):
        evaluate(Scripted(answers()), QUESTIONS, tmp_path, about={"jobs": 1, "config": "other"})
    rest = Scripted(answers())
    assert evaluate(rest, QUESTIONS, tmp_path, about={"jobs": 1})["run"]["jobs"] == 1
    assert rest.asked == ["问题q2", "问题q3"]


def test_an_unfinished_run_of_other_questions_is_kept(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        evaluate(KilledAt(answers()), QUESTIONS, tmp_path)
    before = (tmp_path / "questions.jsonl").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="--fresh"):
        evaluate(Scripted(answers()), QUESTIONS[:2], tmp_path)
    assert (tmp_path / "questions.jsonl").read_text(encoding="utf-8") == before
    assert evaluate(Scripted(answers()), QUESTIONS[:2], tmp_path, fresh=True)["counts"]["questions"] == 2


def test_a_finished_run_is_made_anew(tmp_path: Path) -> None:
    evaluate(Scripted(answers()), QUESTIONS, tmp_path)
    again = Scripted(answers())
    evaluate(again, QUESTIONS[:1], tmp_path)
    assert again.asked == ["问题q1"]
    assert len(read_rows(tmp_path / "questions.jsonl")) == 1


def test_an_index_that_changes_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(Killed):
        evaluate(KilledAt(answers()), QUESTIONS, tmp_path)
    changed = answers() | {"问题q2": answer("问题q2", abstained=True, fingerprint="f2")}
    with pytest.raises(IndexStaleError, match="changed during the run, from f1 to f2, at question 'q2'"):
        evaluate(Scripted(changed), QUESTIONS, tmp_path)
    assert not (tmp_path / "summary.json").exists()


def test_an_index_built_during_the_run_stops_it_though_the_old_one_answers(tmp_path: Path) -> None:
    current = iter(["v1", "v1", "v2"])
    with pytest.raises(IndexStaleError, match="from v1 to v2, at question 'q2': run it again with --fresh"):
        evaluate(Scripted(answers()), QUESTIONS, tmp_path, index_now=lambda: next(current))
    assert [r.question.id for r in read_rows(tmp_path / "questions.jsonl")] == ["q1"]
    assert not (tmp_path / "summary.json").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        evaluate(Scripted({}), QUESTIONS, tmp_path / "file" / "out")


def test_all_refused_still_gives_a_summary(tmp_path: Path) -> None:
    only: list[Question] = [question("q9")]
    summary = evaluate(Scripted({}), only, tmp_path)
    assert (summary["hit@1"], summary["latency_p50_ms"]) == (0, None)
    assert summary["run"]["index_fingerprint"] is None


def test_the_wire_form_has_the_fields_of_ask() -> None:
    data = answer_to_dict(answers()["问题q1"])
    assert list(data) == [
        "question", "understood", "answer", "abstained", "compared", "confidence", "citations", "nearest", "retrieved",
        "timing_ms", "index_fingerprint",
    ]  # fmt: skip
    assert data["answer"] == "1∶1000[1]"
    assert data["citations"] == [
        {"measure_id": "a/1", "official": "《a/1》", "quote": "1∶1000", "start": 8, "end": 14, "status": ""}
    ]
    assert set(data["timing_ms"]) == {"total", "embed", "search", "answer"}  # type: ignore[call-overload]
    assert json.loads(json.dumps(data)) == data
