"""What the browser hands back of its conversation: turns to export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.download import attachment, file_name
from app.exports.docx import docx
from app.exports.markdown import markdown
from app.exports.plain import plain_text
from app.exports.rich import rich_text
from app.exports.sheet import make_sheet
from app.record import TURNS_CAP, TurnRecord, from_record
from app.routes import words_of
from corpus.load import Corpus

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Turns(BaseModel):
    """A conversation, or a part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[TurnRecord, ...] = Field(min_length=1, max_length=TURNS_CAP)


def add_talk_routes(app: FastAPI, corpus: Corpus, now: Callable[[], datetime]) -> None:
    """Add the addresses to `app`; now: the local time with its offset."""

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
