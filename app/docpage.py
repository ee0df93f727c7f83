"""The document page: a whole policy text as ordinary HTML that reads and prints without JavaScript."""

from __future__ import annotations

from app.citation import document_name
from app.clause import clause_anchor, corrections, errata_html, measure_name, read_mark, text_html
from app.markup import escape
from app.messages import ACCESS, NOT_FOUND, NOT_STATED, TITLE
from corpus.load import Corpus
from corpus.types import Heading, Measure, PolicyDocument, Span


def document_html(corpus: Corpus, document_id: str, mark: str | None = None) -> str:
    """Return the page of a document of `corpus`.

    mark: `measure:start-end`, a span to mark; anything else marks nothing.
    """
    document = corpus.by_id[document_id]
    number, _, value = (mark or "").partition(":")
    marked = (f"{document_id}/{number}", read_mark(value))
    body = "".join(_blocks(corpus, document, marked))
    title = escape(document_name(document.meta))
    return _page(
        title,
        f'<header><p class="home"><a href="/">{TITLE}</a></p><h1>{escape(document.meta.name)}</h1>'
        f"{_metadata(document)}</header>"
        f'<nav class="toc" aria-label="目录"><h2>目录</h2>{_contents(document)}</nav><main>{body}</main>',
    )


def missing_html() -> str:
    """Return the page for an address that names no document."""
    return _page(TITLE, f'<main><p>{NOT_FOUND}</p><p><a href="/">返回{TITLE}</a></p></main>')


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/page/doc.css"></head><body>{body}</body></html>'
    )


def _metadata(document: PolicyDocument) -> str:
    meta = document.meta
    date = meta.date.isoformat() if meta.date else NOT_STATED
    measures = sum(m.kind == "measure" for m in document.measures)
    rows = (
        ("发文机关", meta.issuer or NOT_STATED),
        ("文号", meta.number or NOT_STATED),
        ("日期", date),
        ("适用地区", meta.region),
        ("文种", meta.genre),
        ("公开属性", ACCESS[meta.access]),
        ("措施", f"{measures} 条"),
    )
    cells = "".join(f"<div><dt>{k}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    return f'<dl class="meta">{cells}</dl>'


def _contents(document: PolicyDocument) -> str:
    own = {m.id: m for m in document.measures}
    front = [m for m in document.measures if m.kind == "front"]
    closing = [m for m in document.measures if m.kind == "closing"]
    rows = [_entry(m) for m in front] + [_branch(p, own) for p in document.parts] + [_entry(m) for m in closing]
    return f"<ul>{''.join(rows)}</ul>"


def _branch(heading: Heading, own: dict[str, Measure]) -> str:
    sections = {s.id: s for s in heading.sections}
    inner = [_branch(s, own) for s in heading.sections]
    inner += [_entry(own[i]) for i in heading.measure_ids if i in own and i not in sections and i != heading.id]
    below = f"<ul>{''.join(inner)}</ul>" if inner else ""
    return f'<li><a href="#{clause_anchor(heading.id)}">{escape(heading.label + heading.title)}</a>{below}</li>'


def _entry(measure: Measure) -> str:
    return f'<li><a href="#{clause_anchor(measure.id)}">{escape(measure_name(measure))}</a></li>'


def _blocks(corpus: Corpus, document: PolicyDocument, marked: tuple[str, Span | None]) -> list[str]:
    ids = {m.id for m in document.measures}
    seen: set[str] = set()
    out = []
    for measure in document.measures:
        for heading_id in measure.path:
            if heading_id not in seen and heading_id not in ids:
                out.append(_heading(corpus.headings[heading_id], len(heading_id.split("."))))
            seen.add(heading_id)
        out.append(_measure(document, measure, marked[1] if marked[0] == measure.id else None))
    return out


def _heading(heading: Heading, level: int) -> str:
    tag = f"h{level + 1}"
    return f'<{tag} id="{clause_anchor(heading.id)}">{escape(heading.label + heading.title)}</{tag}>'


def _measure(document: PolicyDocument, measure: Measure, mark: Span | None) -> str:
    fixes = corrections(document, measure)
    anchor = clause_anchor(measure.id)
    return (
        f'<section id="{anchor}" class="{measure.kind}">'
        f'<a class="permalink" href="#{anchor}" aria-label="{escape(measure_name(measure))}的链接">#</a>'
        f'<p class="text">{text_html(measure, mark, fixes)}</p>{errata_html(fixes)}</section>'
    )
