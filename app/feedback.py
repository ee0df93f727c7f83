"""Votes and unanswered questions, kept in one SQLite file; what was acknowledged is on the disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from app.sqlite_file import SqliteFile
from app.types import Answer
from app.wire import answer_to_dict
from corpus.errors import FeedbackError

Value = Literal["up", "down"]
Reason = Literal["wrong_clause", "missing_clause", "misquoted", "should_answer", "other"]

_MIGRATIONS = (
    (
        """CREATE TABLE answers (
            id TEXT PRIMARY KEY,
            at TEXT NOT NULL,
            question TEXT NOT NULL,
            history TEXT NOT NULL,
            policies TEXT NOT NULL,
            abstained INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            answer TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE votes (
            answer_id TEXT PRIMARY KEY REFERENCES answers (id),
            at TEXT NOT NULL,
            value TEXT NOT NULL CHECK (value IN ('up', 'down')),
            reasons TEXT NOT NULL,
            comment TEXT NOT NULL
        ) STRICT""",
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer that somebody got; at: local time, ISO 8601; history: the questions before it."""

    id: str
    at: str
    question: str
    history: tuple[str, ...]
    policies: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Vote:
    """What somebody said of an answer; at: local time, ISO 8601."""

    value: Value
    at: str
    reasons: tuple[Reason, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept answer with its vote, if any; answer: the JSON of `dudao ask --json`."""

    id: str
    at: str
    question: str
    history: tuple[str, ...]
    policies: tuple[str, ...]
    abstained: bool
    fingerprint: str
    answer: dict[str, Any]
    vote: Vote | None


class Feedback(Protocol):
    """Where the page keeps what its users say; each call returns once it is kept for good."""

    def keep_unanswered(self, asked: Asked) -> None:
        """Keep a question that the documents did not answer; :raises FeedbackError: it cannot be kept."""

    def keep_vote(self, asked: Asked, vote: Vote) -> None:
        """Keep a vote, or put it in the place of an earlier one; :raises FeedbackError: it cannot be kept."""


class SqliteFeedback:
    """Feedback in a SQLite file: WAL, every commit synced, a connection of its own for each call."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, "feedback file", _MIGRATIONS, FeedbackError)

    def keep_unanswered(self, asked: Asked) -> None:
        """See `Feedback.keep_unanswered`."""
        with self._file.writing() as connection:
            _insert_answer(connection, asked)

    def keep_vote(self, asked: Asked, vote: Vote) -> None:
        """See `Feedback.keep_vote`."""
        row = (asked.id, vote.at, vote.value, json.dumps(vote.reasons), vote.comment)
        with self._file.writing() as connection:
            _insert_answer(connection, asked)
            connection.execute(
                "INSERT INTO votes (answer_id, at, value, reasons, comment) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (answer_id) DO UPDATE SET at = excluded.at, value = excluded.value, "
                "reasons = excluded.reasons, comment = excluded.comment",
                row,
            )

    def entries(self) -> tuple[Entry, ...]:
        """Return everything kept, oldest first; nothing where there is no file yet.

        :raises FeedbackError: the file does not read, or a newer program wrote it.
        """
        if not self._file.path.exists():
            return ()
        with self._file.writing() as connection:
            rows = connection.execute(
                "SELECT id, a.at, question, history, policies, abstained, fingerprint, answer, "
                "value, v.at, reasons, comment FROM answers a LEFT JOIN votes v ON answer_id = id ORDER BY a.at, id"
            ).fetchall()
        return tuple(_entry(row) for row in rows)


class ListedFeedback:
    """A fake that keeps everything in lists; `failing` makes every call fail."""

    def __init__(self, failing: bool = False) -> None:
        self.unanswered: list[Asked] = []
        self.votes: list[tuple[Asked, Vote]] = []
        self.failing = failing

    def keep_unanswered(self, asked: Asked) -> None:
        """See `Feedback.keep_unanswered`."""
        self._fail()
        self.unanswered.append(asked)

    def keep_vote(self, asked: Asked, vote: Vote) -> None:
        """See `Feedback.keep_vote`; every call is listed."""
        self._fail()
        self.votes.append((asked, vote))

    def _fail(self) -> None:
        if self.failing:
            raise FeedbackError("the feedback file 'fake' cannot be used (asked to fail): it is a fake")


def _insert_answer(connection: sqlite3.Connection, asked: Asked) -> None:
    connection.execute(
        "INSERT INTO answers (id, at, question, history, policies, abstained, fingerprint, answer) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (
            asked.id,
            asked.at,
            asked.question,
            _json(asked.history),
            _json(asked.policies),
            asked.answer.abstained,
            asked.answer.index_fingerprint,
            _json(answer_to_dict(asked.answer)),
        ),
    )


def _json(value: Sequence[str] | dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry(row: Sequence[Any]) -> Entry:
    vote = Vote(row[8], row[9], tuple(json.loads(row[10])), row[11]) if row[8] is not None else None
    return Entry(
        id=row[0],
        at=row[1],
        question=row[2],
        history=tuple(json.loads(row[3])),
        policies=tuple(json.loads(row[4])),
        abstained=bool(row[5]),
        fingerprint=row[6],
        answer=json.loads(row[7]),
        vote=vote,
    )
