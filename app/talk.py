"""A question sent by the page, and the frames in which its answer comes back. The server keeps nothing between them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.answering import Answering
from app.conversation import HISTORY_CAP, QUESTION_CAP, Turn, ask, clean_question
from app.markup import escape
from app.render import line_count, status_text, turn_html
from app.wording import Wording, wording

# Between two streamed lines, so that the browser paints each; seconds.
_PACE = 0.04


def local_time() -> datetime:
    """Return the local time with its offset, in whole seconds."""
    return datetime.now().astimezone().replace(microsecond=0)


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

    scopes: the short name of each document id. now: the local time with its offset, in whole seconds.
    """

    answering: Answering
    scopes: Mapping[str, str]
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
        if turn.answer is not None:
            for shown in range(1, line_count(turn.answer)):
                yield self._frame(job, words, turn, shown)
                time.sleep(_PACE)
        yield self._frame(job, words, turn, status=status_text(turn, words), whole=True)

    def _frame(
        self, job: Job, words: Wording, turn: Turn, shown: int | None = None, status: str = "", whole: bool = False
    ) -> str:
        told = f' data-status="{escape(status)}"' if status else ""
        ended = " data-whole" if whole else ""
        reply = turn_html(turn, self.scopes, words, shown, kept=whole)
        return f'<div class="frame" data-turn="{job.turn}"{ended}{told}>{reply}</div>'
