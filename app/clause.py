"""The clause panel: one measure whole, with what a reader needs to check a citation against it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.citation import document_name, official
from app.markup import escape, highlight
from app.messages import ACCESS, COPY_OFFICIAL, NOT_STATED
from corpus.load import Corpus
from corpus.types import Measure, Metadata, PolicyDocument, Span

_MARK = re.compile(r"(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Correction:
    """A reviewed erratum at `at` of a measure's text, with the wording of the source."""

    at: Span
    raw: str


def read_mark(value: str | None) -> Span | None:
    """Read `start-end` of a link; anything else is None."""
    match = _MARK.fullmatch(value or "")
    if not match:
        return None
    start, end = int(match[1]), int(match[2])
    return Span(start, end) if start < end else None


def measure_name(measure: Measure) -> str:
    """Return a short name of the measure: its number and heading as printed."""
    fixed = {"front": "文首", "closing": "文尾"}
    return fixed.get(measure.kind, "") or f"{measure.label}{measure.heading}"


def link(measure_id: str, span: Span | None = None) -> str:
    """Return the address of a measure on its document page, with `span` marked."""
    document_id, _, number = measure_id.partition("/")
    mark = f"?mark={number}:{span.start}-{span.end}" if span else ""
    return f"/doc/{document_id}{mark}#{number}"


def clause_anchor(measure_id: str) -> str:
    """Return the anchor of a measure or heading on its document page."""
    return escape(measure_id.partition("/")[2])


def corrections(document: PolicyDocument, measure: Measure) -> tuple[Correction, ...]:
    """Return the errata that touch `measure`."""
    found = []
    for edit in document.clean.edits:
        if edit.rule != "erratum":
            continue
        start = bisect_left(document.clean.raw_offsets, edit.start) - measure.start
        end = bisect_left(document.clean.raw_offsets, edit.end) - measure.start
        if 0 <= start <= end <= len(measure.text):
            found.append(Correction(Span(start, end), edit.wording))
    return tuple(found)


def clause_html(corpus: Corpus, measure: Measure, mark: Span | None) -> str:
    """Return the panel's content for `measure` with `mark` marked."""
    document = corpus.by_id[measure.document_id]
    fixes = corrections(document, measure)
    name = official(corpus, measure)
    return (
        f'<article class="clause" data-clause="{escape(measure.id)}">'
        f'<p class="clause-doc">{escape(document_name(document.meta))}</p>'
        f'<p class="clause-meta">{_facts(document.meta)}</p>'
        f"{_path(corpus, measure)}"
        f'<h2 class="clause-title" tabindex="-1">{escape(measure_name(measure))}</h2>'
        f'<div class="clause-text" lang="zh">{text_html(measure, mark, fixes)}</div>'
        f"{_units(measure)}{errata_html(fixes)}"
        f'<p class="clause-tools"><button type="button" data-copy="{escape(name)}">{COPY_OFFICIAL}</button>'
        f'<a href="{escape(link(measure.id, mark))}" target="_blank" rel="noopener">在全文中查看</a></p>'
        f"{_neighbours(document, measure)}</article>"
    )


def text_html(measure: Measure, mark: Span | None, fixes: Sequence[Correction]) -> str:
    """Return the measure's whole text, its printed number and heading set off, `mark` and errata marked."""
    head = len(measure.label) + len(measure.heading)
    layers = [(mark, "mark")] if mark else []
    if head and measure.text.startswith(measure.label + measure.heading):
        layers.append((Span(0, head), "b.runin"))
    if measure.note:
        layers.append((measure.note, "span.note"))
    layers.extend((fix.at, "i.erratum") for fix in fixes)
    return highlight(measure.text, layers)


def errata_html(fixes: Sequence[Correction]) -> str:
    """Return the list of errata with the source's wording, empty where there is none."""
    if not fixes:
        return ""
    rows = "".join(f"<li>来源文本作「{escape(f.raw)}」，† 处已校正</li>" for f in fixes)
    return f'<div class="errata"><strong>勘误</strong><ul>{rows}</ul></div>'


def _facts(meta: Metadata) -> str:
    facts = [meta.region, meta.date.isoformat() if meta.date else f"日期{NOT_STATED}"]
    badge = f'<span class="badge">{ACCESS[meta.access]}</span>' if meta.access == "internal" else ""
    return escape(" · ".join(facts)) + badge


def _path(corpus: Corpus, measure: Measure) -> str:
    names = [f"{corpus.headings[i].label}{corpus.headings[i].title}" for i in measure.path]
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f'<ol class="clause-path" aria-label="所在部分">{items}</ol>' if names else ""


def _units(measure: Measure) -> str:
    if not measure.units:
        return ""
    rows = []
    for span in measure.units:
        lead = '<span class="badge">牵头</span>' if span in measure.leads else ""
        rows.append(f"<li>{escape(span.of(measure.text))}{lead}</li>")
    return f'<div class="units"><strong>责任单位</strong><ul>{"".join(rows)}</ul></div>'


def _neighbours(document: PolicyDocument, measure: Measure) -> str:
    at = document.measures.index(measure)
    rows = []
    if at > 0:
        rows.append(_neighbour(document.measures[at - 1], "上一条", "prev"))
    if at + 1 < len(document.measures):
        rows.append(_neighbour(document.measures[at + 1], "下一条", "next"))
    return f'<nav class="neighbours" aria-label="相邻条款">{"".join(rows)}</nav>'


def _neighbour(measure: Measure, word: str, rel: str) -> str:
    return (
        f'<a class="{rel}" rel="{rel}" href="{escape(link(measure.id))}" data-clause="{escape(measure.id)}">'
        f"<span>{word}</span>{escape(measure_name(measure))}</a>"
    )
