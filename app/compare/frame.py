"""The frame of the pages with tables, and tables as HTML that reads without JavaScript; page/tables.js sorts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.exports.table import Cell, Table, Value
from app.furniture import tabs_html
from app.markup import escape
from app.wording import LOCALES, Wording


@dataclass(frozen=True, slots=True)
class Shown:
    """What every page of tables is shown with; evaluation: whether there is a tab of it."""

    words: Wording
    evaluation: bool = False


def page_html(shown: Shown, here: str, title: str, body: str) -> str:
    """Return a page; `title`, `body`: HTML. `here`: the tab that it stands on."""
    words = shown.words
    script_words = "".join(
        f'<li data-key="{k}">{t}</li>' for k, t in words.for_scripts.items() if k.startswith("js_cmp")
    )
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · {words('title')}</title>"
        '<link rel="stylesheet" href="/page/tables.css"><script type="module" src="/page/tables.js"></script></head>'
        f"<body><header><h1>{words('title')}</h1>{tabs_html(words, here, shown.evaluation)}</header>"
        f'<main>{body}</main><ul id="words" hidden>{script_words}</ul></body></html>'
    )


def sentence_html(shown: Shown, here: str, key: str) -> str:
    """Return the page that says one sentence instead of a table; `key`: of the sentence."""
    words = shown.words
    back = {"compare": "/compare", "facts": "/facts"}[here]
    body = f'<p class="notice" role="alert">{words(key)}</p><p><a href="{back}">{words(f"tab_{here}")}</a></p>'
    return page_html(shown, here, words(f"tab_{here}"), body)


def table_html(table: Table, words: Wording, numeric: Sequence[int] = ()) -> str:
    """Return a table; `numeric`: columns of numbers."""
    if not table.rows:
        return f'<p class="none">{words("cmp_empty")}</p>'
    heads = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
    rows = "".join(f"<tr>{_cells(table, row, numeric)}</tr>" for row in table.rows)
    return f'<table class="grid" data-sortable><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(table: Table, row: Sequence[Value], numeric: Sequence[int]) -> str:
    out = []
    for n, (heading, value) in enumerate(zip(table.headings, row, strict=True)):
        css = ' class="number"' if n in numeric else ""
        out.append(f'<td{css} data-label="{escape(heading)}">{value_html(value)}</td>')
    return "".join(out)


def value_html(value: Value) -> str:
    """Return a cell's text, linked where it has an address."""
    if not isinstance(value, Cell):
        return f"<span>{escape(str(value))}</span>"
    text = escape(value.text)
    linked = f'<a href="{escape(value.link)}" title="{escape(value.note)}">{text}</a>' if value.link else text
    return f'<span lang="zh">{linked}</span>'


def choice_html(name: str, value: str, label: str, chosen: bool) -> str:
    """Return a box to tick; `label`: HTML."""
    checked = " checked" if chosen else ""
    return f'<label><input type="checkbox" name="{name}" value="{escape(value)}"{checked}><span>{label}</span></label>'


def select_html(name: str, options: Sequence[tuple[str, str]], chosen: str, label: str) -> str:
    """Return a list to choose from, under its label."""
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options
    )
    return f'<label class="pick">{label}<select name="{name}">{rows}</select></label>'


def downloads_html(words: Wording, address: str, query: str) -> str:
    """Return the links that save what is shown, and for publication; `address`: without its suffix."""
    links = []
    for kind, name in (("xlsx", "Excel"), ("csv", "CSV")):
        links.append(f'<a href="{escape(f"{address}.{kind}?{query}")}" download>{name}</a>')
    public = escape(f"{address}.xlsx?{query}&public=1")
    links.append(f'<a href="{public}">Excel（{words("cmp_public")}）</a>')
    return f'<p class="downloads"><span>{words("cmp_download")}</span>{"".join(links)}</p>'
