"""Harvest: from kept feedback to candidates and to the gap report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.answering import FakeAnswering
from app.feedback import Asked, Entry, Reason, SqliteFeedback, Value, Vote
from app.settings import Settings
from corpus.load import Corpus, load_corpus
from eval.cli import main
from eval.gaps import gap_report
from eval.harvest import candidates, wanted
from eval.nearness import Nearness, by_letters, grouped, without_places
from eval.types import Question

DAYS = ("2026-07-01T09:00:00+08:00", "2026-07-02T09:00:00+08:00", "2026-07-03T09:00:00+08:00")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture
def feedback(tmp_path: Path) -> SqliteFeedback:
    return SqliteFeedback(tmp_path / "feedback.sqlite3")


class Users:
    """Asks the canned engine and says what it thinks of the answers, one after the other."""

    def __init__(self, feedback: SqliteFeedback, corpus: Corpus) -> None:
        self._feedback = feedback
        self._fake = FakeAnswering(corpus)
        self._count = 0

    def ask(
        self, question: str, value: Value | None = None, reasons: tuple[Reason, ...] = (), comment: str = ""
    ) -> None:
        at = DAYS[self._count % 3]
        asked = Asked(f"{self._count:02x}", at, question, (), (), self._fake.ask(question))
        self._count += 1
        if asked.answer.abstained:
            self._feedback.keep_unanswered(asked)
        if value:
            self._feedback.keep_vote(asked, Vote(value, at, reasons, comment))


def existing(question: str, history: tuple[str, ...] = ()) -> Question:
    return Question("q1", "q1", "who", "zh-Hans", "formal", question, history, (), (), (), (), False)


def entries_of(feedback: SqliteFeedback, corpus: Corpus) -> tuple[Entry, ...]:
    users = Users(feedback, corpus)
    users.ask("食堂几点开饭？")
    users.ask("谁负责约谈？", "up")
    users.ask("食堂几点开饭")
    users.ask("督学按什么比例配备？", "down", ("wrong_clause",), "应为*第三条*")
    users.ask("谁负责约谈？", "down", ("missing_clause",))
    users.ask("校车谁来管？")
    return feedback.entries()


def test_unanswered_and_down_voted_questions_are_wanted(feedback: SqliteFeedback, corpus: Corpus) -> None:
    entries = entries_of(feedback, corpus)
    questions = [e.question for e in wanted(entries, ())]
    assert sorted(questions) == sorted(
        ["食堂几点开饭？", "食堂几点开饭", "督学按什么比例配备？", "谁负责约谈？", "校车谁来管？"]
    )


def test_questions_of_the_sets_are_left_out_whatever_their_signs_and_script(
    feedback: SqliteFeedback, corpus: Corpus
) -> None:
    entries = entries_of(feedback, corpus)
    left = [e.question for e in wanted(entries, [existing("食堂幾點開飯"), existing("校车谁来管？", ("谁？",))])]
    assert "食堂几点开饭？" not in left and "食堂几点开饭" not in left
    assert "校车谁来管？" in left, "after another question it is another question"


def test_near_questions_are_one_candidate_with_what_is_known_of_it(feedback: SqliteFeedback, corpus: Corpus) -> None:
    chosen = wanted(entries_of(feedback, corpus), ())
    found = candidates(chosen, by_letters([e.question for e in chosen]))
    assert len(found) == 4
    lunch = found[0]
    assert lunch.question == "食堂几点开饭？" and lunch.origin.wordings == ("食堂几点开饭",)
    assert (lunch.origin.asked, lunch.origin.unanswered, lunch.origin.down) == (2, 2, 0)
    assert (lunch.origin.first, lunch.origin.last) == (DAYS[0], DAYS[2])
    assert lunch.origin.nearest == ("tangshan/18", "weihai/8") == lunch.suggested_gold
    assert lunch.origin.indexes == ("fake",)
    by_question = {c.question: c for c in found}
    assert by_question["谁负责约谈？"].suggested_gold == ("xiushan/13", "tangshan/15", "hainan/13")
    doubted = by_question["督学按什么比例配备？"]
    assert doubted.origin.cited[0] == "xiushan/16" and doubted.suggested_gold == ()
    assert doubted.origin.reasons == ("wrong_clause",) and doubted.origin.comments == ("应为*第三条*",)


def test_ids_stay_the_same_from_run_to_run(feedback: SqliteFeedback, corpus: Corpus) -> None:
    chosen = wanted(entries_of(feedback, corpus), ())
    first = candidates(chosen, by_letters([e.question for e in chosen]))
    alone = candidates(chosen[:1], by_letters([chosen[0].question]))
    assert alone[0].id == first[0].id and len({c.id for c in first}) == len(first)


def test_a_chain_of_small_steps_is_no_group() -> None:
    similar = np.array([[1, 0.9, 0.1], [0.9, 1, 0.9], [0.1, 0.9, 1]])
    assert grouped(Nearness(similar, 0.8, "by hand")) == ((0, 1), (2,))
    assert grouped(by_letters([])) == ()


def test_letters_by_hand() -> None:
    # 约谈 谈由 由谁 / 约谈 谈找 找谁: one of three and three shared
    assert by_letters(["约谈由谁", "約談找誰？"]).similarities[0, 1] == pytest.approx(2 * 1 / 6)
    assert by_letters(["谁", "谁？"]).similarities[0, 1] == 1


def test_places_are_taken_out_before_comparing(corpus: Corpus) -> None:
    assert without_places("唐山市的督學怎麼配？", corpus) == "的督学怎么配?"
    assert without_places("威海经开区", corpus) == "威海经开区"


def test_the_gap_report_names_questions_places_and_comments(feedback: SqliteFeedback, corpus: Corpus) -> None:
    entries = entries_of(feedback, corpus)
    chosen = wanted(entries, ())
    found = candidates(chosen, by_letters([e.question for e in chosen]))
    report = gap_report(entries, found, corpus, "shared bigrams")
    assert "6 answers kept: 3 without a rule in the documents, 1 voted useful, 2 voted not useful." in report
    gaps, wrong = report.split("## Voted not useful: 2")
    assert "## Not ruled on: 2" in gaps and "### 食堂几点开饭？" in gaps
    assert "asked 2 times, 2026-07-01 to 2026-07-03" in gaps
    assert "nearest: 唐山市实施方案（原文无标题）第18项" in gaps
    assert "应为\\*第三条\\*" in wrong and "reasons: missing\\_clause" in wrong
    gone = replace(found[0], origin=replace(found[0].origin, nearest=("gone/1",)))
    assert "nearest: gone/1" in gap_report(entries, [gone], corpus, "x")


def test_the_command_writes_both_files(
    feedback: SqliteFeedback, corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries_of(feedback, corpus)
    out = tmp_path / "out"
    file = str(tmp_path / "feedback.sqlite3")
    assert main(["harvest", "--feedback", file, "--out", str(out), "--letters"]) == 0
    rows = [json.loads(line) for line in (out / "candidates.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"id", "question", "suggested_gold", "origin"} <= set(rows[0])
    assert "食堂几点开饭？" in {row["question"] for row in rows}
    assert (out / "gaps.md").read_text(encoding="utf-8").startswith("# What the documents do not answer")
    assert "6 answers kept" in capsys.readouterr().out


def test_nothing_kept_is_an_empty_harvest(tmp_path: Path) -> None:
    assert main(["harvest", "--feedback", str(tmp_path / "none.sqlite3"), "--out", str(tmp_path)]) == 0
    assert (tmp_path / "candidates.jsonl").read_text(encoding="utf-8") == ""


def test_without_the_model_questions_are_compared_by_their_letters(
    feedback: SqliteFeedback,
    corpus: Corpus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    entries_of(feedback, corpus)
    monkeypatch.setenv("DUDAO_DATA", str(tmp_path))
    assert main(["harvest", "--out", str(tmp_path / "out")]) == 0
    assert "compared by letters" in capsys.readouterr().err
    assert "Nearness: shared bigrams" in (tmp_path / "out" / "gaps.md").read_text(encoding="utf-8")


@pytest.mark.integration
def test_the_model_finds_the_same_question_in_other_words() -> None:
    from app.assemble import build_embedder
    from eval.nearness import by_meaning

    questions = ["督学的比例是多少？", "督学比例是多少", "食堂几点开饭？"]
    found = by_meaning(questions, build_embedder(Settings()))
    assert grouped(found) == ((0, 1), (2,))
