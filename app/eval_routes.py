"""The addresses of the tab of evaluation: its page, its runs and reports, and the questions written there."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access import may_read
from app.conversation import HISTORY_CAP, QUESTION_CAP
from app.eval_page import eval_html, refused_html
from app.evaluation import Draft, Evaluation, Found, Order, Refusal
from app.markup import escape
from app.routes import words_of
from app.wording import Wording
from corpus.load import Corpus

_NAME = Field(max_length=200)
_LINES = Field((), max_length=50)


class _Ordered(BaseModel):
    """What the form asks to be run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[str, ...] = Field(max_length=200)
    split: str = _NAME
    config: str = _NAME


class _Named(BaseModel):
    """A run, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = _NAME


class _Asked(BaseModel):
    """A question whose clauses are looked up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(max_length=10 * QUESTION_CAP)
    history: tuple[str, ...] = Field((), max_length=HISTORY_CAP)


class _Drafted(_Asked):
    """A question as its form holds it."""

    file: str = _NAME
    kind: str = _NAME
    lang: str = _NAME
    style: str = _NAME
    group: str = _NAME
    gold: tuple[str, ...] = _LINES
    ok: tuple[str, ...] = _LINES
    nuggets: tuple[tuple[str, ...], ...] = _LINES
    anti: tuple[str, ...] = _LINES


def add_eval_routes(app: FastAPI, corpus: Corpus, evaluation: Evaluation) -> None:
    """Add the addresses to `app`; clauses of documents that may not be read are never offered."""
    _add_runs(app, evaluation)
    _add_drafts(app, corpus, evaluation)


def _add_runs(app: FastAPI, evaluation: Evaluation) -> None:

    @app.get("/eval")
    def page(request: Request) -> Response:
        words = words_of(request)
        return HTMLResponse(eval_html(evaluation.choices(words.language), words))

    @app.get("/eval/runs")
    def runs(request: Request) -> Response:
        words = words_of(request)
        found = [asdict(run) for run in evaluation.runs(words.language)]
        for run in found:
            run["failure"] = words(run["failure"]) if run["failure"] else ""
        return JSONResponse({"runs": found})

    @app.post("/eval/start")
    def start(request: Request, ordered: _Ordered) -> Response:
        return _done(evaluation.start(Order(ordered.sets, ordered.split, ordered.config)), words_of(request))

    @app.post("/eval/resume")
    def resume(request: Request, named: _Named) -> Response:
        return _done(evaluation.resume(named.name), words_of(request))

    @app.post("/eval/cancel")
    def cancel(request: Request) -> Response:
        evaluation.cancel()
        return _done(None, words_of(request))

    @app.get("/eval/report/{name}")
    def report(request: Request, name: str, against: str = "") -> Response:
        words = words_of(request)
        found = evaluation.report(name, against, words.language)
        if isinstance(found, Refusal):
            return HTMLResponse(refused_html(escape(sentence_of(found, words)), words), 404)
        return HTMLResponse(found)


def _add_drafts(app: FastAPI, corpus: Corpus, evaluation: Evaluation) -> None:
    readable = {document.meta.id for document in corpus.documents if may_read(document.meta)}

    def offered(found: Found) -> bool:
        return found.measure_id.split("/")[0] in readable

    @app.post("/eval/clauses")
    def clauses(request: Request, asked: _Asked) -> Response:
        found = evaluation.search(asked.question, asked.history)
        if isinstance(found, Refusal):
            return _done(found, words_of(request))
        return JSONResponse({"clauses": [asdict(clause) for clause in found if offered(clause)]})

    @app.get("/eval/clause/{document_id}/{number}")
    def clause(document_id: str, number: str) -> Response:
        found = evaluation.clause(f"{document_id}/{number}")
        return JSONResponse({"clauses": [asdict(found)] if found and offered(found) else []})

    @app.post("/eval/check")
    def check(request: Request, drafted: _Drafted) -> Response:
        words = words_of(request)
        return JSONResponse({"faults": [sentence_of(fault, words) for fault in evaluation.check(_draft(drafted))]})

    @app.post("/eval/keep")
    def keep(request: Request, drafted: _Drafted) -> Response:
        words = words_of(request)
        kept = evaluation.keep(_draft(drafted))
        if isinstance(kept, tuple):
            return JSONResponse({"faults": [sentence_of(fault, words) for fault in kept]}, 409)
        return JSONResponse({"faults": [], "id": kept.id, "file": kept.file})


def _draft(drafted: _Drafted) -> Draft:
    return Draft(**drafted.model_dump())


def _done(refusal: Refusal | None, words: Wording) -> Response:
    if refusal is None:
        return JSONResponse({"refused": ""})
    return JSONResponse({"refused": sentence_of(refusal, words)}, 409)


def sentence_of(refusal: Refusal, words: Wording) -> str:
    """Return the page's sentence, with what it is about where it ends in a colon."""
    sentence = words(refusal.key)
    return sentence + refusal.about if sentence.rstrip().endswith(("：", ":")) else sentence
