"""What the browser hands back of its conversation: turns to show again or to export, and votes on answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.conversation import HISTORY_CAP, clean_question
from app.download import attachment, file_name
from app.exports.docx import docx
from app.exports.markdown import markdown
from app.exports.plain import plain_text
from app.exports.rich import rich_text
from app.exports.sheet import make_sheet
from app.feedback import Feedback, Reason, Value, Vote
from app.record import TURNS_CAP, TurnRecord, from_record
from app.render import turn_html
from app.routes import words_of
from app.talk import as_asked
from app.welcome import short_names
from corpus.errors import FeedbackError
from corpus.load import Corpus

_LOG = logging.getLogger(__name__)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Turns(BaseModel):
    """A conversation, or a part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[TurnRecord, ...] = Field(min_length=1, max_length=TURNS_CAP)


class Ballot(BaseModel):
    """A vote on an answer; history: the questions before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: TurnRecord
    history: tuple[str, ...] = Field((), max_length=HISTORY_CAP)
    value: Value
    reasons: tuple[Reason, ...] = Field((), max_length=10)
    comment: str = Field("", max_length=2000)


def add_talk_routes(app: FastAPI, corpus: Corpus, feedback: Feedback, now: Callable[[], datetime]) -> None:
    """Add the addresses to `app`; now: the local time with its offset."""
    _add_exports(app, corpus, now)
    scopes = short_names(corpus.documents)

    @app.post("/turns")
    def turns(request: Request, body: Turns) -> Response:
        words = words_of(request)
        shown = [turn_html(from_record(record, corpus), scopes, words) for record in body.turns]
        return JSONResponse({"turns": shown})

    @app.post("/feedback")
    def vote(ballot: Ballot) -> Response:
        asked = as_asked(from_record(ballot.turn, corpus), [clean_question(q) for q in ballot.history])
        if asked is None or not asked.id:
            return JSONResponse({"error": "nothing answered"}, 409)
        given = Vote(ballot.value, now().isoformat(), ballot.reasons, clean_question(ballot.comment))
        try:
            feedback.keep_vote(asked, given)
        except FeedbackError as error:
            _LOG.error("vote not kept: %s", error)
            return JSONResponse({"error": "not kept"}, 503)
        return JSONResponse({"kept": True})


def _add_exports(app: FastAPI, corpus: Corpus, now: Callable[[], datetime]) -> None:

    @app.post("/export/{kind}")
    def export(request: Request, kind: Literal["docx", "md"], body: Turns) -> Response:
        turns = [from_record(record, corpus) for record in body.turns]
        sheet = make_sheet(turns, corpus, words_of(request), now())
        if not sheet.turns:
            return JSONResponse({"error": "nothing answered"}, 409)
        content = docx(sheet) if kind == "docx" else markdown(sheet).encode()
        media = _WORD if kind == "docx" else "text/markdown; charset=utf-8"
        name = file_name(sheet.stem, f".{kind}")
        return Response(content, media_type=media, headers={"content-disposition": attachment(name)})

    @app.post("/clipboard")
    def clipboard(request: Request, record: TurnRecord) -> Response:
        answer = from_record(record, corpus).answer
        if answer is None:
            return JSONResponse({"error": "nothing answered"}, 409)
        words = words_of(request)
        return JSONResponse({"plain": plain_text(answer, words), "html": rich_text(answer, words)})
