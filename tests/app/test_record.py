"""Records: what the browser hands back is believed only where the documents still say it."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.answering import FakeAnswering
from app.conversation import Turn
from app.record import STALE, TurnRecord, from_record, to_record
from app.types import Answer, AnswerPart, Citation
from corpus.load import Corpus, load_corpus

QUESTIONS = ("谁负责约谈？", "督学按什么比例配备？", "食堂几点开饭？", "海南的工作目标是什么？")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def turn_of(corpus: Corpus, question: str, history: tuple[str, ...] = ()) -> Turn:
    answer = FakeAnswering(corpus).ask(question, history)
    return Turn(question, ("hainan",), answer, None, "0a1b", "2026-07-01T09:30:00+08:00")


def raw(turn: Turn) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(to_record(turn).model_dump_json())
    return record


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_record_reads_back_as_its_turn(corpus: Corpus, question: str) -> None:
    turn = turn_of(corpus, question)
    assert from_record(TurnRecord.model_validate(raw(turn)), corpus) == turn


def test_a_follow_up_and_a_failure_read_back(corpus: Corpus) -> None:
    follow = turn_of(corpus, "那威海呢？", ("谁负责约谈？",))
    assert from_record(to_record(follow), corpus) == follow
    failed = Turn("问", (), None, "failure_model")
    assert from_record(to_record(failed), corpus) == failed


def test_every_field_of_an_answer_is_kept() -> None:
    """A new field of these types must find its place in the record."""
    names = {kind: {f.name for f in dataclasses.fields(kind)} for kind in (Answer, AnswerPart, Citation, Turn)}
    assert names[Answer] == set(
        "question parts abstained citations nearest retrieved timing_ms index_fingerprint understood confidence "
        "compared".split()
    )
    assert names[AnswerPart] == {"kind", "text", "mark", "key"}
    assert names[Citation] == {"measure_id", "official", "quote", "start", "end", "errata", "status"}
    assert names[Turn] == {"question", "policies", "answer", "failure", "id", "at"}


def test_a_quote_is_cited_as_the_documents_have_it(corpus: Corpus) -> None:
    turn = from_record(to_record(turn_of(corpus, "海南的工作目标是什么？")), corpus)
    assert turn.answer is not None
    assert turn.answer.citations[0].errata and turn.answer.citations[0].official.startswith("《關於深化")


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "由校长负责"},
        {"measure": "nowhere/1"},
        {"start": 0},
        {"end": 999_999},
    ],
)
def test_a_quote_that_does_not_stand_there_is_stale(corpus: Corpus, change: dict[str, object]) -> None:
    record = raw(turn_of(corpus, "谁负责约谈？"))
    record["answer"]["citations"][1].update(change)
    turn = from_record(TurnRecord.model_validate(record), corpus)
    assert turn.answer is None and turn.failure == STALE


@pytest.mark.parametrize(
    "part",
    [
        {"kind": "quote", "text": "由校长负责", "mark": 1},
        {"kind": "quote", "text": None, "mark": 99},
        {"kind": "quote", "text": "由校长负责", "mark": None},
        {"kind": "phrase", "text": None},
    ],
)
def test_nothing_else_passes_for_a_quote(corpus: Corpus, part: dict[str, object]) -> None:
    record = raw(turn_of(corpus, "谁负责约谈？"))
    record["answer"]["parts"][2] = {"key": [], "mark": None, **part}
    assert from_record(TurnRecord.model_validate(record), corpus).failure == STALE


@pytest.mark.parametrize("failure", ["title", "failure_nothing", "__class__", "send"])
def test_a_failure_is_one_of_ours(corpus: Corpus, failure: str) -> None:
    assert from_record(TurnRecord(question="问", failure=failure), corpus).failure == STALE


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"id": "../x"},
        {"at": "<b>"},
        {"question": "问" * 2001},
        {"extra": 1},
        {"answer": {}},
        {"policies": "hainan"},
    ],
)
def test_what_is_no_record_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TurnRecord.model_validate({"question": "问", **change})
