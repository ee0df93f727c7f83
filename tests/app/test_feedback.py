"""Feedback: what is acknowledged is kept, whatever happens next."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.answering import FakeAnswering
from app.conversation import Turn
from app.feedback import Asked, ListedFeedback, SqliteFeedback, Vote
from app.record import to_record
from app.server import create_app
from app.talk import Talk, as_asked
from corpus.errors import FeedbackError
from corpus.load import Corpus, load_corpus

AT = "2026-07-01T09:30:00+08:00"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "feedback.sqlite3"


def asked_of(corpus: Corpus, id: str, question: str = "谁负责约谈？") -> Asked:
    turn = Turn(question, ("weihai",), FakeAnswering(corpus).ask(question), None, id, AT)
    asked = as_asked(turn, ("督导室几个人？",))
    assert asked is not None
    return asked


def test_a_vote_is_kept_with_question_history_answer_and_index_version(corpus: Corpus, path: Path) -> None:
    feedback = SqliteFeedback(path)
    feedback.keep_vote(asked_of(corpus, "0a"), Vote("down", AT, ("wrong_clause", "other"), "应为第三条"))
    (entry,) = feedback.entries()
    assert (entry.id, entry.at, entry.question) == ("0a", AT, "谁负责约谈？")
    assert entry.history == ("督导室几个人？",) and entry.policies == ("weihai",)
    assert entry.fingerprint == "fake" and not entry.abstained
    assert entry.answer["citations"][0]["measure_id"] == "xiushan/13"
    assert entry.vote == Vote("down", AT, ("wrong_clause", "other"), "应为第三条")


def test_changing_a_vote_updates_it(corpus: Corpus, path: Path) -> None:
    feedback = SqliteFeedback(path)
    asked = asked_of(corpus, "0a")
    feedback.keep_vote(asked, Vote("up", AT))
    feedback.keep_vote(asked, Vote("down", AT, ("other",)))
    (entry,) = feedback.entries()
    assert entry.vote == Vote("down", AT, ("other",))


def test_an_unanswered_question_is_kept_once_and_may_be_voted_on(corpus: Corpus, path: Path) -> None:
    feedback = SqliteFeedback(path)
    asked = asked_of(corpus, "0b", "食堂几点开饭？")
    feedback.keep_unanswered(asked)
    feedback.keep_unanswered(asked)
    (entry,) = feedback.entries()
    assert entry.abstained and entry.vote is None
    feedback.keep_vote(asked, Vote("down", AT, ("should_answer",)))
    (entry,) = feedback.entries()
    assert entry.vote is not None and entry.vote.reasons == ("should_answer",)


def test_no_file_holds_nothing_and_none_is_made(path: Path) -> None:
    assert SqliteFeedback(path).entries() == ()
    assert not path.exists()


def test_the_file_is_synced_and_for_its_owner_alone(corpus: Corpus, path: Path) -> None:
    SqliteFeedback(path).keep_unanswered(asked_of(corpus, "0a"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    used: list[str] = []
    feedback = SqliteFeedback(path)
    with feedback._file.writing() as writing:
        used += [str(row[0]) for row in writing.execute("PRAGMA synchronous")]
    assert used == ["2"], "FULL"


def test_many_voters_at_once(corpus: Corpus, path: Path) -> None:
    feedback = SqliteFeedback(path)
    asked = [asked_of(corpus, f"{n:02x}") for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda a: feedback.keep_vote(a, Vote("up", AT)), asked))
    assert len(feedback.entries()) == 40


def test_a_file_of_a_newer_program_is_left_alone(corpus: Corpus, path: Path) -> None:
    SqliteFeedback(path).keep_unanswered(asked_of(corpus, "0a"))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FeedbackError, match="version 99"):
        SqliteFeedback(path).entries()


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_file_is_one_error_and_an_empty_one_none(corpus: Corpus, path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    feedback = SqliteFeedback(path)
    if damage:
        with pytest.raises(FeedbackError, match="cannot be used"):
            feedback.keep_vote(asked_of(corpus, "0a"), Vote("up", AT))
        assert path.read_bytes() == damage
    else:
        feedback.keep_vote(asked_of(corpus, "0a"), Vote("up", AT))
        assert len(feedback.entries()) == 1


def test_a_folder_that_cannot_be_made_is_one_error(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(FeedbackError, match="cannot be used"):
        SqliteFeedback(tmp_path / "var" / "feedback.sqlite3").keep_unanswered(asked_of(corpus, "0a"))


# Over HTTP


@pytest.fixture
def feedback() -> ListedFeedback:
    return ListedFeedback()


@pytest.fixture
def client(corpus: Corpus, feedback: ListedFeedback) -> Iterator[TestClient]:
    with TestClient(create_app(FakeAnswering(corpus), feedback), base_url="http://127.0.0.1") as client:
        yield client


def ballot(corpus: Corpus, **more: object) -> dict[str, Any]:
    turn = Turn("谁负责约谈？", (), FakeAnswering(corpus).ask("谁负责约谈？"), None, "0a1b", AT)
    return {"turn": to_record(turn).model_dump(), "history": ["甲？"], "value": "down", **more}


def test_the_page_hands_in_a_vote(client: TestClient, corpus: Corpus, feedback: ListedFeedback) -> None:
    sent = ballot(corpus, reasons=["misquoted"], comment=" 少\n一字\u202e ")
    assert client.post("/feedback", json=sent).json() == {"kept": True}
    asked, vote = feedback.votes[0]
    assert (asked.id, asked.question, asked.history) == ("0a1b", "谁负责约谈？", ("甲？",))
    assert (vote.value, vote.reasons, vote.comment) == ("down", ("misquoted",), "少 一字")
    assert vote.at.startswith("20")


@pytest.mark.parametrize(
    "change",
    [{"value": "sideways"}, {"reasons": ["x"]}, {"comment": "长" * 2001}, {"history": "甲"}, {"more": 1}],
)
def test_what_is_no_vote_is_refused(
    client: TestClient, corpus: Corpus, feedback: ListedFeedback, change: dict[str, object]
) -> None:
    assert client.post("/feedback", json=ballot(corpus, **change)).status_code == 422
    assert feedback.votes == []


def test_a_vote_on_a_forged_or_nameless_answer_is_refused(
    client: TestClient, corpus: Corpus, feedback: ListedFeedback
) -> None:
    forged, nameless = ballot(corpus), ballot(corpus)
    forged["turn"]["answer"]["citations"][0]["quote"] = "由校长负责"
    nameless["turn"]["id"] = ""
    assert client.post("/feedback", json=forged).status_code == 409
    assert client.post("/feedback", json=nameless).status_code == 409
    assert feedback.votes == []


def test_a_vote_that_is_not_kept_is_not_acknowledged(corpus: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(FakeAnswering(corpus), ListedFeedback(failing=True))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.post("/feedback", json=ballot(corpus)).status_code == 503
    assert "vote not kept" in caplog.text


def test_a_question_that_stays_unanswered_is_kept_and_others_are_not(corpus: Corpus, feedback: ListedFeedback) -> None:
    talk = Talk(FakeAnswering(corpus), {}, feedback)
    list(talk.frames({"turn": 1, "question": "食堂几点开饭？", "history": ["谁负责约谈？"]}))
    list(talk.frames({"turn": 2, "question": "谁负责约谈？"}))
    list(talk.frames({"turn": 3, "question": "崩溃演示"}))
    (asked,) = feedback.unanswered
    assert (asked.question, asked.history) == ("食堂几点开饭？", ("谁负责约谈？",))
    assert asked.id and asked.at


def test_an_answer_comes_whether_or_not_the_question_can_be_kept(
    corpus: Corpus, caplog: pytest.LogCaptureFixture
) -> None:
    frames = list(
        Talk(FakeAnswering(corpus), {}, ListedFeedback(failing=True)).frames({"turn": 1, "question": "食堂？"})
    )
    assert "未见规定" in frames[-1] and "not kept" in caplog.text


# A vote acknowledged is a vote kept

VOTER = """
    import os, signal, sys
    from pathlib import Path
    from app.feedback import SqliteFeedback, Vote
    from corpus.load import load_corpus
    from tests.app.test_feedback import AT, asked_of
    corpus, feedback = load_corpus(), SqliteFeedback(Path(sys.argv[1]))
    for n in range(100):
        feedback.keep_vote(asked_of(corpus, f"{n:02x}"), Vote("up", AT))
        sys.stdout.write(f"{n:02x}\\n")
        sys.stdout.flush()
        if n == 5:
            os.kill(os.getpid(), signal.SIGKILL)
"""
SERVER = """
    import sys
    from pathlib import Path
    from app.answering import FakeAnswering
    from app.feedback import SqliteFeedback
    from app.server import address, bind, create_app, make_server
    from corpus.load import load_corpus
    with bind("127.0.0.1", 0) as listener:
        app = create_app(FakeAnswering(load_corpus()), SqliteFeedback(Path(sys.argv[1])))
        def ready(url):
            sys.stdout.write(url + "\\n")
            sys.stdout.flush()
        make_server(app, ready, address(listener)).run(sockets=[listener])
"""


def child(code: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.integration
def test_votes_survive_a_killed_process(path: Path) -> None:
    with child(VOTER, path) as voter:
        out, _ = voter.communicate(timeout=120)
    assert voter.returncode == -signal.SIGKILL
    assert [entry.id for entry in SqliteFeedback(path).entries()] == out.split() == [f"{n:02x}" for n in range(6)]


@pytest.mark.integration
def test_a_vote_acknowledged_over_http_survives_a_killed_server(corpus: Corpus, path: Path) -> None:
    import httpx

    with child(SERVER, path) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        reply = httpx.post(f"{url}/feedback", json=ballot(corpus), timeout=30)
        os.kill(server.pid, signal.SIGKILL)
    assert reply.json() == {"kept": True}
    (entry,) = SqliteFeedback(path).entries()
    assert entry.vote is not None and entry.vote.value == "down"
