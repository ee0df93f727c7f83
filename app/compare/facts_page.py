"""The page of the tables of facts, one table at a time; deadlines as a time line too."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from app.compare.facts import TABLES
from app.compare.frame import Shown, downloads_html, page_html, select_html, table_html, value_html
from app.compare.matrix import places_of
from app.exports.table import Table
from app.markup import escape
from app.material import Material
from app.wording import Wording

# Columns of numbers, by table.
_NUMERIC = {"measures": (5,), "units": (2,), "cited": (5,)}


def facts_html(material: Material, name: str, table: Table, place: str, search: str, shown: Shown) -> str:
    """Return the page with one table; name: of the table. place, search: what it was narrowed to, or empty."""
    words = shown.words
    query = urlencode([("place", place), ("q", search)])
    line = _timeline(table, words) if name == "deadlines" and table.rows else ""
    body = (
        f'<h2>{words("cmp_facts_title")}</h2><p class="intro">{words("cmp_facts_intro")}</p>{_tables(name, words)}'
        f"{_form(material, name, place, search, words)}{downloads_html(words, f'/facts/{name}', query)}{line}"
        f'<div class="tools" data-tools></div>{table_html(table, words, _NUMERIC.get(name, ()))}'
    )
    return page_html(shown, "facts", words("cmp_facts_title"), body)


def _tables(name: str, words: Wording) -> str:
    """Links to the tables; the one shown is marked."""
    links = "".join(
        f'<a href="/facts/{table}"{" aria-current=page" if table == name else ""}>{words(f"cmp_table_{table}")}</a>'
        for table in TABLES
    )
    return f'<nav class="which" aria-label="{words("cmp_facts_title")}">{links}</nav>'


def _form(material: Material, name: str, place: str, search: str, words: Wording) -> str:
    options = (("", words("cmp_all")), *((p.document_id, p.name) for p in places_of(material.corpus)))
    return (
        f'<form class="choose" action="/facts/{name}" method="get"><div class="row">'
        f"{select_html('place', options, place, words('cmp_place'))}"
        f'<label class="pick">{words("cmp_search")}<input type="search" name="q" value="{escape(search)}"></label>'
        f'<button type="submit">{words("cmp_apply")}</button></div></form>'
    )


def _timeline(table: Table, words: Wording) -> str:
    """The deadlines one below the other, a point in time with all that falls on it."""
    points = []
    for when, rows in groupby(table.rows, key=lambda row: str(row[0])):
        items = "".join(
            f'<li><span class="who">{escape(str(row[1]))}</span>{value_html(row[3])}'
            f'<span class="what">{value_html(row[4])}</span></li>'
            for row in rows
        )
        points.append(f"<li><time>{escape(when)}</time><ul>{items}</ul></li>")
    return f'<section class="timeline"><h3>{words("cmp_timeline")}</h3><ol>{"".join(points)}</ol></section>'
