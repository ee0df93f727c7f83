"""A question sent by the page, and the frames in which its answer comes back. The server keeps nothing between them."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.answering import Answering
from app.conversation import HISTORY_CAP, QUESTION_CAP, Turn, ask, clean_question
from app.feedback import Asked, Feedback
from app.markup import escape
from app.render import line_count, status_text, turn_html
from app.wording import Wording, wording
from corpus.errors import FeedbackError

_LOG = logging.getLogger(__name__)

# Between two streamed lines, so that the browser paints each; seconds.
_PACE = 0.04


def local_time() -> datetime:
    """Return the local time with its offset, in whole seconds."""
    return datetime.now().astimezone().replace(microsecond=0)


def as_asked(turn: Turn, history: Sequence[str]) -> Asked | None:
    """Return an answered turn as it is kept for improvement; None for one without an answer."""
    if turn.answer is None:
        return None
    return Asked(turn.id, turn.at, turn.question, tuple(history), turn.policies, turn.answer)


class Job(BaseModel):
    """What the page sends: a question with its number in the page, its scope and the questions before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int
    question: str = Field(max_length=10 * QUESTION_CAP)
    policies: tuple[str, ...] = Field((), max_length=1000)
    history: tuple[str, ...] = Field((), max_length=HISTORY_CAP)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """Answers jobs.

    scopes: the short name of each document id. feedback: keeps the questions that stayed unanswered.
    now: the local time with its offset, in whole seconds.
    """

    answering: Answering
    scopes: Mapping[str, str]
    feedback: Feedback
    now: Callable[[], datetime] = local_time

    def frames(self, value: object) -> Iterator[str]:
        """Yield the reply to a job as it grows, each frame the whole of it so far; nothing for what is no job.

        Every frame carries the job's number, so that the page drops those of a question that was put aside.
        """
        try:
            job = Job.model_validate(value)
        except ValidationError:
            return
        words = wording(job.language)
        yield self._frame(job, words, Turn(clean_question(job.question), job.policies), status=words("looking_up"))
        turn = replace(
            ask(self.answering, job.question, job.policies, job.history), id=uuid.uuid4().hex, at=self.now().isoformat()
        )
        self._keep_unanswered(turn, job.history)
        if turn.answer is not None:
            for shown in range(1, line_count(turn.answer)):
                yield self._frame(job, words, turn, shown)
                time.sleep(_PACE)
        yield self._frame(job, words, turn, status=status_text(turn, words), whole=True)

    def _keep_unanswered(self, turn: Turn, history: Sequence[str]) -> None:
        """A question is answered whether or not it can be kept."""
        asked = as_asked(turn, history)
        if asked is None or not asked.answer.abstained:
            return
        try:
            self.feedback.keep_unanswered(asked)
        except FeedbackError as error:
            _LOG.error("unanswered question not kept: %s", error)

    def _frame(
        self, job: Job, words: Wording, turn: Turn, shown: int | None = None, status: str = "", whole: bool = False
    ) -> str:
        told = f' data-status="{escape(status)}"' if status else ""
        ended = " data-whole" if whole else ""
        reply = turn_html(turn, self.scopes, words, shown, kept=whole)
        return f'<div class="frame" data-turn="{job.turn}"{ended}{told}>{reply}</div>'
