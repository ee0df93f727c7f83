"""What is learned from holds nothing of what is tested on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.load import Corpus, load_corpus
from eval.lint import leaks, lint
from eval.load import load_questions
from eval.split import split_of
from eval.training_set import QUESTIONS, TRAINING, learned_from

TESTED = "g4"  # a group of the test split
LEARNED = "g0"  # one of the dev split
ROW = {
    "kind": "ratio", "lang": "zh-Hans", "gold": ["dazu/14"], "nuggets": [["1：5"]], "answerable": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def written(folder: Path, *rows: tuple[str, str, str]) -> Path:
    folder.mkdir()
    lines = [json.dumps({"id": i, "group": g, "question": q, **ROW}, ensure_ascii=False) for i, g, q in rows]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_groups_of_this_test_are_in_the_splits_it_takes_them_for() -> None:
    assert (split_of(TESTED), split_of(LEARNED)) == ("test", "dev")


def test_dev_and_training_are_learned_from(tmp_path: Path, corpus: Corpus) -> None:
    asked = written(tmp_path / "q", ("a", LEARNED, "大足督学怎么配？"), ("b", TESTED, "大足的专职督学按什么比例配备？"))
    more = written(tmp_path / "t", ("c", TESTED, "几所学校配一个督学，大足"))
    assert [q.id for q in learned_from(corpus, asked, more)] == ["a", "c"]


def test_clauses_near_a_question_without_an_answer_are_not_taken_for_allowed(tmp_path: Path, corpus: Corpus) -> None:
    asked = written(tmp_path / "q", ("a", LEARNED, "大足督学怎么配？"))
    folder = tmp_path / "t"
    folder.mkdir()
    ruled = {"id": "b", "group": LEARNED, "question": "大足督学的配备比例是多少？", **ROW, "ok": ["dazu/13"]}
    silent = ROW | {"gold": [], "nuggets": [], "answerable": False, "kind": "not_ruled", "ok": ["dazu/14"]}
    rows = [ruled, {"id": "c", "group": LEARNED, "question": "大足督学的任期是几年？", **silent}]
    (folder / "a.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    assert [q.ok for q in learned_from(corpus, asked, folder)] == [(), ("dazu/13",), ()]


@pytest.mark.parametrize("leak", ["大足的专职督学按什么比例配备？", "大足 的专职督学按什么比例配备呢"])
def test_a_training_question_near_a_tested_one_is_refused(tmp_path: Path, corpus: Corpus, leak: str) -> None:
    asked = written(tmp_path / "q", ("b", TESTED, "大足的专职督学按什么比例配备？"))
    more = written(tmp_path / "t", ("c", LEARNED, leak))
    with pytest.raises(InputError, match="c: leak: nearly the same as b"):
        learned_from(corpus, asked, more)


def test_the_committed_training_questions_are_sound_and_leak_nothing(corpus: Corpus) -> None:
    training = load_questions(sorted(TRAINING.glob("*.jsonl")), corpus.measures.keys()).questions
    asked = load_questions(sorted(QUESTIONS.glob("*.jsonl")), corpus.measures.keys()).questions
    assert leaks(training, [q for q in asked if split_of(q.group) == "test"]) == []
    assert [f for f in lint(training, corpus) if f.rule != "near-duplicate-across-splits"] == []
    assert not {q.id for q in training} & {q.id for q in asked}
