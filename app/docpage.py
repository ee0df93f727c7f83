"""The document page: a whole policy text as ordinary HTML that reads and prints without JavaScript."""

from __future__ import annotations

from app.citation import document_name
from app.clause import clause_anchor, corrections, errata_html, measure_name, read_mark, text_html
from app.markup import escape
from app.wording import LOCALES, Wording
from corpus.load import Corpus
from corpus.types import Heading, Measure, PolicyDocument, Span


def document_html(corpus: Corpus, document_id: str, words: Wording, mark: str | None = None) -> str:
    """Return the page of a document of `corpus`.

    mark: `measure:start-end`, a span to mark; anything else marks nothing.
    """
    document = corpus.by_id[document_id]
    number, _, value = (mark or "").partition(":")
    marked = (f"{document_id}/{number}", read_mark(value))
    body = "".join(_blocks(corpus, document, words, marked))
    title = escape(document_name(document.meta))
    return _page(
        title,
        words,
        f'<header><p class="home"><a href="/">{words("title")}</a></p><h1 lang="zh">{escape(document.meta.name)}</h1>'
        f"{_metadata(document, words)}</header>"
        f'<nav class="toc" aria-label="{words("contents")}"><h2>{words("contents")}</h2>'
        f'{_contents(document, words)}</nav><main lang="zh">{body}</main>',
    )


def missing_html(words: Wording) -> str:
    """Return the page for an address that names no document."""
    home = f'<a href="/">{words("back_home")}</a>'
    return _page(words("title"), words, f"<main><p>{words('not_found')}</p><p>{home}</p></main>")


def _page(title: str, words: Wording, body: str) -> str:
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/page/doc.css"></head><body>{body}</body></html>'
    )


def _metadata(document: PolicyDocument, words: Wording) -> str:
    meta = document.meta
    date = meta.date.isoformat() if meta.date else words("not_stated")
    measures = sum(m.kind == "measure" for m in document.measures)
    rows = (
        ("meta_issuer", meta.issuer or words("not_stated")),
        ("meta_number", meta.number or words("not_stated")),
        ("meta_date", date),
        ("meta_region", meta.region),
        ("meta_genre", meta.genre),
        ("meta_access", words(f"access_{meta.access}")),
        ("meta_measures", str(measures)),
    )
    cells = "".join(f"<div><dt>{words(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    return f'<dl class="meta">{cells}</dl>'


def _contents(document: PolicyDocument, words: Wording) -> str:
    own = {m.id: m for m in document.measures}
    front = [m for m in document.measures if m.kind == "front"]
    closing = [m for m in document.measures if m.kind == "closing"]
    rows = [_entry(m, words) for m in front] + [_branch(p, own, words) for p in document.parts]
    rows += [_entry(m, words) for m in closing]
    return f"<ul>{''.join(rows)}</ul>"


def _branch(heading: Heading, own: dict[str, Measure], words: Wording) -> str:
    sections = {s.id: s for s in heading.sections}
    inner = [_branch(s, own, words) for s in heading.sections]
    inner += [_entry(own[i], words) for i in heading.measure_ids if i in own and i not in sections and i != heading.id]
    below = f"<ul>{''.join(inner)}</ul>" if inner else ""
    return f'<li><a href="#{clause_anchor(heading.id)}">{escape(heading.label + heading.title)}</a>{below}</li>'


def _entry(measure: Measure, words: Wording) -> str:
    return f'<li><a href="#{clause_anchor(measure.id)}">{escape(measure_name(measure, words))}</a></li>'


def _blocks(corpus: Corpus, document: PolicyDocument, words: Wording, marked: tuple[str, Span | None]) -> list[str]:
    ids = {m.id for m in document.measures}
    seen: set[str] = set()
    out = []
    for measure in document.measures:
        for heading_id in measure.path:
            if heading_id not in seen and heading_id not in ids:
                out.append(_heading(corpus.headings[heading_id], len(heading_id.split("."))))
            seen.add(heading_id)
        out.append(_measure(document, measure, words, marked[1] if marked[0] == measure.id else None))
    return out


def _heading(heading: Heading, level: int) -> str:
    tag = f"h{level + 1}"
    return f'<{tag} id="{clause_anchor(heading.id)}">{escape(heading.label + heading.title)}</{tag}>'


def _measure(document: PolicyDocument, measure: Measure, words: Wording, mark: Span | None) -> str:
    fixes = corrections(document, measure)
    anchor = clause_anchor(measure.id)
    label = escape(measure_name(measure, words)) + words("link_of")
    return (
        f'<section id="{anchor}" class="{measure.kind}">'
        f'<a class="permalink" href="#{anchor}" aria-label="{label}">#</a>'
        f'<p class="text">{text_html(measure, mark, fixes)}</p>{errata_html(fixes, words)}</section>'
    )
