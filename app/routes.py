"""The page's own addresses beside Gradio's: documents, clauses for the panel, style and scripts."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from app.answering import Answering
from app.clause import clause_html, read_mark
from app.docpage import document_html, missing_html
from app.wording import COOKIE, Wording, wording

_FILES = Path(__file__).parent / "page"


def add_routes(app: FastAPI, answering: Answering) -> None:
    """Add every address to `app`."""
    corpus = answering.corpus
    files = {path.name: path for path in _FILES.iterdir() if path.suffix in {".css", ".js", ".svg"}}

    @app.api_route("/healthz", methods=["GET", "HEAD"])
    def healthz() -> Response:
        return JSONResponse({"status": "ok", "documents": len(corpus.documents)})

    @app.get("/page/{name}")
    def page_file(name: str) -> Response:
        path = files.get(name)
        return FileResponse(path, headers={"cache-control": "no-cache"}) if path else Response(status_code=404)

    @app.get("/doc/{document_id}")
    def document_page(request: Request, document_id: str, mark: str | None = None) -> Response:
        if document_id not in corpus.by_id:
            return HTMLResponse(missing_html(words_of(request)), 404)
        return HTMLResponse(document_html(corpus, document_id, words_of(request), mark))

    @app.get("/clause/{document_id}/{number}")
    def clause(request: Request, document_id: str, number: str, mark: str | None = None) -> Response:
        measure = corpus.measures.get(f"{document_id}/{number}")
        if measure is None:
            return HTMLResponse(missing_html(words_of(request)), 404)
        return HTMLResponse(clause_html(corpus, measure, read_mark(mark), words_of(request)))


def words_of(request: Request) -> Wording:
    """Return the texts of the language that the browser keeps for this page."""
    return wording(request.cookies.get(COOKIE))
