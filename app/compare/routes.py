"""The addresses of the matrix and of the tables of facts, each as a page and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.compare import facts
from app.compare.facts_page import facts_html
from app.compare.frame import Shown, sentence_html
from app.compare.matrix import make_matrix
from app.compare.matrix_page import Chosen, View, matrix_html
from app.compare.matrix_tables import clause_table, pair_table, value_table
from app.compare.types import Matrix
from app.download import attachment, file_name
from app.exports.csv_file import csv_file
from app.exports.provenance import provenance
from app.exports.table import Table
from app.exports.xlsx import xlsx
from app.material import Material
from app.routes import words_of
from app.wording import Wording
from corpus.errors import InputError

Kind = Literal["xlsx", "csv"]
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_Ids = Annotated[Sequence[str], Query(max_length=200)]
_Word = Annotated[str, Query(max_length=200)]


def add_compare_routes(app: FastAPI, material: Material, now: Callable[[], datetime], evaluation: bool = False) -> None:
    """Add the addresses to `app`.

    now: the local time with its offset. evaluation: whether there is a tab of it beside these.
    """
    _add_matrix(app, material, now, evaluation)
    _add_facts(app, material, now, evaluation)


def _add_matrix(app: FastAPI, material: Material, now: Callable[[], datetime], evaluation: bool) -> None:

    @app.get("/compare")
    def matrix_page(
        request: Request, view: _Word = "text", topic: _Ids = (), place: _Ids = (), left: _Word = "", right: _Word = ""
    ) -> Response:
        shown = Shown(words_of(request), evaluation)
        chosen = _chosen(material, view, topic, place, left, right)
        if chosen.view == "pair" and chosen.left == chosen.right:
            return HTMLResponse(sentence_html(shown, "compare", "cmp_same_place"), 400)
        try:
            matrix = _matrix(material, chosen)
        except InputError:
            return HTMLResponse(sentence_html(shown, "compare", "cmp_unknown"), 404)
        return HTMLResponse(matrix_html(material, matrix, chosen, shown))

    @app.get("/compare.{kind}")
    def matrix_file(
        request: Request,
        kind: Kind,
        view: _Word = "text",
        topic: _Ids = (),
        place: _Ids = (),
        left: _Word = "",
        right: _Word = "",
        public: bool = False,
    ) -> Response:
        words = words_of(request)
        chosen = _chosen(material, view, topic, place, left, right)
        try:
            matrix = _matrix(material, chosen)
        except InputError:
            return HTMLResponse(sentence_html(Shown(words, evaluation), "compare", "cmp_unknown"), 404)
        base = str(request.base_url).rstrip("/")
        tables = _tables_of(matrix, chosen, words, base)
        ids = tuple(p.document_id for p in matrix.places)
        export = _Export(material, words("cmp_title"), tables, ids, public, now())
        return _file(export, kind, "compare", Shown(words, evaluation))


def _add_facts(app: FastAPI, material: Material, now: Callable[[], datetime], evaluation: bool) -> None:

    @app.get("/facts")
    def facts_start(request: Request) -> Response:
        return facts_page(request, next(iter(facts.TABLES)))

    @app.get("/facts/{name}.{kind}")
    def facts_file(
        request: Request, name: str, kind: Kind, place: _Word = "", q: _Word = "", public: bool = False
    ) -> Response:
        shown = Shown(words_of(request), evaluation)
        base = str(request.base_url).rstrip("/")
        table = _facts_table(material, shown.words, name, place, q, base)
        if table is None:
            return HTMLResponse(sentence_html(shown, "facts", "cmp_unknown"), 404)
        ids = (place,) if place else tuple(material.corpus.by_id)
        export = _Export(material, shown.words("cmp_facts_title"), (table,), ids, public, now())
        return _file(export, kind, "facts", shown)

    @app.get("/facts/{name}")
    def facts_page(request: Request, name: str, place: _Word = "", q: _Word = "") -> Response:
        shown = Shown(words_of(request), evaluation)
        table = _facts_table(material, shown.words, name, place, q, "")
        if table is None:
            return HTMLResponse(sentence_html(shown, "facts", "cmp_unknown"), 404)
        return HTMLResponse(facts_html(material, name, table, place, q, shown))


def _chosen(
    material: Material, view: str, topics: Sequence[str], places: Sequence[str], left: str, right: str
) -> Chosen:
    """The choice of an address; a pair that is not named is the first two documents."""
    views: tuple[View, ...] = ("text", "values", "pair")
    ids = list(material.corpus.by_id)
    first = left or ids[0]
    second = right or next((i for i in ids if i != first), first)
    found: View = next((v for v in views if v == view), "text")
    return Chosen(found, tuple(dict.fromkeys(topics)), tuple(dict.fromkeys(places)), first, second)


def _matrix(material: Material, chosen: Chosen) -> Matrix:
    """The matrix of a choice; that of a pair has its left place first.

    :raises InputError: a topic or a place is unknown, or the two places of a pair are one.
    """
    if chosen.view != "pair":
        return make_matrix(material, chosen.topics, chosen.places)
    if chosen.left == chosen.right:
        raise InputError(f"a pair needs two places, not {chosen.left!r} twice: choose another")
    made = make_matrix(material, chosen.topics, (chosen.left, chosen.right))
    order = {chosen.left: 0, chosen.right: 1}
    return Matrix(made.topics, tuple(sorted(made.places, key=lambda p: order[p.document_id])), made.cells)


def _tables_of(matrix: Matrix, chosen: Chosen, words: Wording, base: str) -> tuple[Table, ...]:
    """The table shown first, and with clauses and values always both."""
    if chosen.view == "pair":
        return (pair_table(matrix, words, base),)
    clauses, values = clause_table(matrix, words, base), value_table(matrix, words, base)
    return (values, clauses) if chosen.view == "values" else (clauses, values)


def _facts_table(material: Material, words: Wording, name: str, place: str, search: str, base: str) -> Table | None:
    if name not in facts.TABLES or (place and place not in material.corpus.by_id):
        return None
    asked = facts.Asked(material, words, (place,) if place else (), base)
    return facts.searched(facts.TABLES[name](asked), search)


@dataclass(frozen=True, slots=True)
class _Export:
    """What a file is made of; documents: the ids of those that its tables quote."""

    material: Material
    title: str
    tables: tuple[Table, ...]
    documents: tuple[str, ...]
    public: bool
    made: datetime


def _file(export: _Export, kind: Kind, here: str, shown: Shown) -> Response:
    words = shown.words
    try:
        origin = provenance(
            export.material.corpus, export.documents, [export.material.index], export.made, export.public
        )
    except InputError:
        return HTMLResponse(sentence_html(shown, here, "cmp_refused"), 409)
    told = origin.lines(words)
    first = export.tables[0]
    data = xlsx(export.tables, export.title, told, export.made) if kind == "xlsx" else csv_file(first, told)
    name = file_name(f"{words('title')} {first.name} {export.made:%Y-%m-%d}", f".{kind}")
    return Response(data, media_type=_MEDIA[kind], headers={"content-disposition": attachment(name)})
