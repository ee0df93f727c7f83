"""The document page: a whole policy text as ordinary HTML that reads and prints without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from app.citation import document_name
from app.markup import escape
from app.measure_html import clause_anchor, corrections, errata_html, measure_name, read_mark, text_html
from app.script_view import Script, in_script
from app.standing import standing_html, standing_name
from app.wording import LOCALES, Wording
from corpus.load import Corpus
from corpus.types import Heading, Measure, PolicyDocument, Span


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown of which document: in the texts of `words`, in `script`, with `mark` in the measure `marked`."""

    corpus: Corpus
    document: PolicyDocument
    words: Wording
    script: Script
    marked: str
    mark: Span | None

    def text(self, text: str) -> str:
        """Return words of the document as HTML."""
        return escape(in_script(text, self.script))

    def name(self, measure: Measure) -> str:
        """Return the measure's short name as HTML."""
        return escape(measure_name(measure, self.words, self.script))


def document_html(
    corpus: Corpus, document_id: str, words: Wording, mark: str | None = None, script: Script = "source"
) -> str:
    """Return the page of a document of `corpus`.

    mark: `measure:start-end`, a span to mark; anything else marks nothing.
    script: what the document's words are shown in; its citation and its metadata stay in their own.
    """
    document = corpus.by_id[document_id]
    number, _, value = (mark or "").partition(":")
    view = _View(corpus, document, words, script, f"{document_id}/{number}", read_mark(value))
    contents, lang = words("contents"), _lang(script)
    name = view.text(document.meta.name)
    return _page(
        escape(document_name(document.meta)),
        words,
        f'<header><p class="home"><a href="/">{words("title")}</a></p>'
        f'<h1 lang="{lang}">{name}</h1>{_metadata(document, words)}'
        f"{standing_html(corpus, document.meta, words)}{_bar(view)}</header>"
        f'<nav class="toc" aria-label="{contents}" lang="{lang}"><h2>{contents}</h2>{_contents(view)}</nav>'
        f'<main lang="{lang}">{"".join(_blocks(view))}</main>{_script_words(words)}',
    )


def missing_html(words: Wording, key: str = "not_found") -> str:
    """Return the page for an address that has nothing to show; `key`: of the sentence that says why."""
    home = f'<a href="/">{words("back_home")}</a>'
    head = f"<header><h1>{words('title')}</h1></header>"
    return _page(words("title"), words, f"{head}<main><p>{words(key)}</p><p>{home}</p></main>")


def _page(title: str, words: Wording, body: str) -> str:
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/page/doc.css">'
        f'<script type="module" src="/page/doc.js"></script></head><body>{body}</body></html>'
    )


def _lang(script: Script) -> str:
    return {"source": "zh", "hans": "zh-Hans", "hant": "zh-Hant"}[script]


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
        ("meta_status", standing_name(meta, words)),
        ("meta_access", words(f"access_{meta.access}")),
        ("meta_measures", str(measures)),
    )
    cells = "".join(f"<div><dt>{words(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    return f'<dl class="meta">{cells}</dl>'


def _bar(view: _View) -> str:
    """The row of what can be done with the page: its script, its source file; find.js adds the search."""
    document_id = escape(view.document.meta.id)
    links = "".join(_script_link(view, script) for script in get_args(Script))
    note = "" if view.script == "source" else f'<p class="script-note">{view.words("script_note")}</p>'
    return (
        f'<div class="bar"><nav class="scripts" aria-label="{view.words("scripts")}">{links}</nav>'
        f'<a class="source" href="/doc/{document_id}/source">{view.words("download_source")}</a></div>{note}'
    )


def _script_link(view: _View, script: Script) -> str:
    here = ' aria-current="true"' if script == view.script else ""
    query = [] if script == "source" else [f"script={script}"]
    anchor = ""
    if view.mark:
        number = view.marked.partition("/")[2]
        query.append(f"mark={number}:{view.mark.start}-{view.mark.end}")
        anchor = f"#{number}"
    # an empty query would keep the one of the page that the link stands on
    address = f"/doc/{view.document.meta.id}" + ("?" + "&".join(query) if query else "") + anchor
    return f'<a href="{escape(address)}"{here}>{view.words("script_" + script)}</a>'


def _script_words(words: Wording) -> str:
    rows = "".join(f'<li data-key="{k}">{text}</li>' for k, text in words.for_scripts.items() if "find" in k)
    return f'<ul id="words" hidden>{rows}</ul>'


def _contents(view: _View) -> str:
    measures = view.document.measures
    own = {m.id: m for m in measures}
    rows = [_entry(view, m) for m in measures if m.kind == "front"]
    rows += [_branch(view, part, own) for part in view.document.parts]
    rows += [_entry(view, m) for m in measures if m.kind == "closing"]
    return f"<ul>{''.join(rows)}</ul>"


def _branch(view: _View, heading: Heading, own: dict[str, Measure]) -> str:
    sections = {s.id: s for s in heading.sections}
    inner = [_branch(view, s, own) for s in heading.sections]
    inner += [_entry(view, own[i]) for i in heading.measure_ids if i in own and i not in sections and i != heading.id]
    below = f"<ul>{''.join(inner)}</ul>" if inner else ""
    return f'<li><a href="#{clause_anchor(heading.id)}">{view.text(heading.label + heading.title)}</a>{below}</li>'


def _entry(view: _View, measure: Measure) -> str:
    return f'<li><a href="#{clause_anchor(measure.id)}">{view.name(measure)}</a></li>'


def _blocks(view: _View) -> list[str]:
    ids = {m.id for m in view.document.measures}
    seen: set[str] = set()
    out = []
    for measure in view.document.measures:
        for heading_id in measure.path:
            if heading_id not in seen and heading_id not in ids:
                out.append(_heading(view, view.corpus.headings[heading_id]))
            seen.add(heading_id)
        out.append(_measure(view, measure))
    return out


def _heading(view: _View, heading: Heading) -> str:
    tag = f"h{len(heading.id.split('.')) + 1}"
    return f'<{tag} id="{clause_anchor(heading.id)}">{view.text(heading.label + heading.title)}</{tag}>'


def _measure(view: _View, measure: Measure) -> str:
    fixes = corrections(view.document, measure)
    anchor = clause_anchor(measure.id)
    mark = view.mark if view.marked == measure.id else None
    return (
        f'<section id="{anchor}" class="{measure.kind}">'
        f'<a class="permalink" href="#{anchor}" aria-label="{view.name(measure)}{view.words("link_of")}">#</a>'
        f'<p class="text">{text_html(view.corpus, measure, mark, fixes, view.script)}</p>'
        f"{errata_html(fixes, view.words)}</section>"
    )
