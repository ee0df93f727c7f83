"""Frames of an answer: numbered, growing, and nothing for what is no job."""

from __future__ import annotations

import re

import pytest

from app.answering import FakeAnswering
from app.feedback import ListedFeedback
from app.talk import Talk
from corpus.load import load_corpus


@pytest.fixture(scope="module")
def talk() -> Talk:
    return Talk(FakeAnswering(load_corpus()), {"hainan": "海南"}, ListedFeedback())


def test_every_frame_carries_the_number_and_the_last_is_whole(talk: Talk) -> None:
    frames = list(talk.frames({"turn": 7, "question": "谁负责约谈？"}))
    assert len(frames) == 5
    assert all('data-turn="7"' in frame for frame in frames)
    assert [("data-whole" in frame) for frame in frames] == [False] * 4 + [True]
    assert "正在查找" in frames[0] and 'class="cited"' in frames[-1]


def test_frames_speak_the_language_of_the_page(talk: Talk) -> None:
    job = {"turn": 1, "question": "谁负责约谈？", "policies": ["hainan"]}
    assert "複製引用" in list(talk.frames({**job, "language": "zh-Hant"}))[-1]
    english = list(talk.frames({**job, "language": "en"}))[-1]
    assert "Copy citation" in english and "Asked only: 海南" in english
    assert "复制引用" in list(talk.frames({**job, "language": "tlh"}))[-1]


def test_history_and_scope_reach_the_engine() -> None:
    fake = FakeAnswering(load_corpus())
    job = {"turn": 1, "question": "那威海呢？", "history": ["谁负责约谈？"], "policies": ["weihai", "x"]}
    frames = list(Talk(fake, {}, ListedFeedback()).frames(job))
    assert fake.calls == [("那威海呢？", ("谁负责约谈？",), ("weihai",))]
    assert "威海：谁负责约谈？" in frames[-1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "谁",
        [],
        {},
        {"turn": "x", "question": "谁"},
        {"turn": 1},
        {"turn": 1, "question": 5},
        {"turn": 1, "question": "谁", "history": ["问"] * 21},
        {"turn": 1, "question": "谁" * 20_001},
        {"turn": 1, "question": "谁", "extra": 1},
    ],
)
def test_what_is_no_job_gets_no_frame(talk: Talk, value: object) -> None:
    assert list(talk.frames(value)) == []


def test_a_refused_question_gets_its_sentence(talk: Talk) -> None:
    frames = list(talk.frames({"turn": 2, "question": "？！"}))
    assert re.search(r'class="reply failed">请先输入', frames[-1]) and "data-whole" in frames[-1]
