"""The page's own addresses beside Gradio's: documents, clauses for the panel, style and scripts."""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response

from app.access import may_read
from app.clause import clause_html
from app.docpage import document_html, missing_html
from app.download import attachment
from app.measure_html import read_mark
from app.script_view import fold_pairs, read_script
from app.source_file import source_file
from app.wording import COOKIE, Wording, wording
from corpus.errors import SourceChangedError
from corpus.load import Corpus

_LOG = logging.getLogger(__name__)
_FILES = Path(__file__).parent / "page"


def add_routes(app: FastAPI, corpus: Corpus, corpus_root: Path) -> None:
    """Add every address to `app`.

    corpus_root: the folder that the documents were loaded from, for their source files.
    """
    _add_files(app, corpus)
    _add_documents(app, corpus, corpus_root)


def _add_files(app: FastAPI, corpus: Corpus) -> None:
    files = {path.name: path for path in _FILES.iterdir() if path.suffix in {".css", ".js", ".svg"}}

    @app.api_route("/healthz", methods=["GET", "HEAD"])
    def healthz() -> Response:
        return JSONResponse({"status": "ok", "documents": len(corpus.documents)})

    @app.get("/page/{name}")
    def page_file(name: str) -> Response:
        path = files.get(name)
        return FileResponse(path, headers={"cache-control": "no-cache"}) if path else Response(status_code=404)

    @app.get("/fold")
    def fold() -> Response:
        return PlainTextResponse(fold_pairs(), headers={"cache-control": "max-age=3600"})


def _add_documents(app: FastAPI, corpus: Corpus, corpus_root: Path) -> None:
    readable = {d.meta.id: d for d in corpus.documents if may_read(d.meta)}

    @app.get("/doc/{document_id}")
    def document_page(
        request: Request, document_id: str, mark: str | None = None, script: str | None = None
    ) -> Response:
        if document_id not in readable:
            return HTMLResponse(missing_html(words_of(request)), 404)
        return HTMLResponse(document_html(corpus, document_id, words_of(request), mark, read_script(script)))

    @app.get("/doc/{document_id}/source")
    def document_source(request: Request, document_id: str) -> Response:
        if document_id not in readable:
            return HTMLResponse(missing_html(words_of(request)), 404)
        try:
            found = source_file(corpus_root, readable[document_id].meta)
        except SourceChangedError as error:
            _LOG.error("source file not given: %s", error)
            return HTMLResponse(missing_html(words_of(request), "source_changed"), 409)
        headers = {"content-disposition": attachment(found.name)}
        return Response(found.data, media_type="application/octet-stream", headers=headers)

    @app.get("/clause/{document_id}/{number}")
    def clause(request: Request, document_id: str, number: str, mark: str | None = None) -> Response:
        measure = corpus.measures.get(f"{document_id}/{number}")
        if measure is None or document_id not in readable:
            return HTMLResponse(missing_html(words_of(request)), 404)
        return HTMLResponse(clause_html(corpus, measure, read_mark(mark), words_of(request)))


def words_of(request: Request) -> Wording:
    """Return the texts of the language that the browser keeps for this page."""
    return wording(request.cookies.get(COOKIE))
