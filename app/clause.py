"""The clause panel: one measure whole, with what a reader needs to check a citation against it."""

from __future__ import annotations

from app.citation import document_name, official
from app.markup import escape
from app.measure_html import corrections, errata_html, link, measure_name, text_html
from app.standing import standing_html
from app.wording import Wording
from corpus.load import Corpus
from corpus.types import Measure, Metadata, PolicyDocument, Span


def clause_html(corpus: Corpus, measure: Measure, mark: Span | None, words: Wording) -> str:
    """Return the panel's content for `measure` with `mark` marked."""
    document = corpus.by_id[measure.document_id]
    fixes = corrections(document, measure)
    name = official(corpus, measure)
    return (
        f'<article class="clause" data-clause="{escape(measure.id)}">'
        f'<p class="clause-doc">{escape(document_name(document.meta))}</p>'
        f'<p class="clause-meta">{_facts(document.meta, words)}</p>{standing_html(corpus, document.meta, words)}'
        f"{_path(corpus, measure, words)}"
        f'<h2 class="clause-title" tabindex="-1">{escape(measure_name(measure, words))}</h2>'
        f'<div class="clause-text" lang="zh">{text_html(corpus, measure, mark, fixes)}</div>'
        f"{_units(measure, words)}{errata_html(fixes, words)}"
        f'<p class="clause-tools"><button type="button" data-copy="{escape(name)}">{words("copy_official")}</button>'
        f'<a href="{escape(link(measure.id, mark))}" target="_blank" rel="noopener">{words("whole_text")}</a></p>'
        f"{_neighbours(document, measure, words)}</article>"
    )


def _facts(meta: Metadata, words: Wording) -> str:
    facts = [meta.region, meta.date.isoformat() if meta.date else words("no_date")]
    badge = f'<span class="badge">{words("access_internal")}</span>' if meta.access == "internal" else ""
    return escape(" · ".join(facts)) + badge


def _path(corpus: Corpus, measure: Measure, words: Wording) -> str:
    names = [f"{corpus.headings[i].label}{corpus.headings[i].title}" for i in measure.path]
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f'<ol class="clause-path" aria-label="{words("path")}">{items}</ol>' if names else ""


def _units(measure: Measure, words: Wording) -> str:
    if not measure.units:
        return ""
    rows = []
    for span in measure.units:
        lead = f'<span class="badge">{words("lead")}</span>' if span in measure.leads else ""
        rows.append(f"<li>{escape(span.of(measure.text))}{lead}</li>")
    return f'<div class="units"><strong>{words("units")}</strong><ul>{"".join(rows)}</ul></div>'


def _neighbours(document: PolicyDocument, measure: Measure, words: Wording) -> str:
    at = document.measures.index(measure)
    rows = []
    if at > 0:
        rows.append(_neighbour(document.measures[at - 1], words, "previous", "prev"))
    if at + 1 < len(document.measures):
        rows.append(_neighbour(document.measures[at + 1], words, "next", "next"))
    return f'<nav class="neighbours" aria-label="{words("neighbours")}">{"".join(rows)}</nav>'


def _neighbour(measure: Measure, words: Wording, key: str, rel: str) -> str:
    return (
        f'<a class="{rel}" rel="{rel}" href="{escape(link(measure.id))}" data-clause="{escape(measure.id)}">'
        f"<span>{words(key)}</span>{escape(measure_name(measure, words))}</a>"
    )
