"""The clause panel: one measure whole, with what a reader needs to check a citation against it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.citation import document_name, official
from app.markup import escape, highlight
from app.wording import Wording
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


def measure_name(measure: Measure, words: Wording) -> str:
    """Return a short name of the measure: its number and heading as printed."""
    return words(measure.kind) if measure.kind in ("front", "closing") else f"{measure.label}{measure.heading}"


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


def clause_html(corpus: Corpus, measure: Measure, mark: Span | None, words: Wording) -> str:
    """Return the panel's content for `measure` with `mark` marked."""
    document = corpus.by_id[measure.document_id]
    fixes = corrections(document, measure)
    name = official(corpus, measure)
    return (
        f'<article class="clause" data-clause="{escape(measure.id)}">'
        f'<p class="clause-doc">{escape(document_name(document.meta))}</p>'
        f'<p class="clause-meta">{_facts(document.meta, words)}</p>'
        f"{_path(corpus, measure, words)}"
        f'<h2 class="clause-title" tabindex="-1">{escape(measure_name(measure, words))}</h2>'
        f'<div class="clause-text" lang="zh">{text_html(measure, mark, fixes)}</div>'
        f"{_units(measure, words)}{errata_html(fixes, words)}"
        f'<p class="clause-tools"><button type="button" data-copy="{escape(name)}">{words("copy_official")}</button>'
        f'<a href="{escape(link(measure.id, mark))}" target="_blank" rel="noopener">{words("whole_text")}</a></p>'
        f"{_neighbours(document, measure, words)}</article>"
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


def errata_html(fixes: Sequence[Correction], words: Wording) -> str:
    """Return the list of errata with the source's wording, empty where there is none."""
    if not fixes:
        return ""
    reads, corrected = words("erratum_reads"), words("erratum_corrected")
    rows = "".join(f"<li>{reads}「{escape(f.raw)}」，{corrected}</li>" for f in fixes)
    return f'<div class="errata"><strong>{words("errata")}</strong><ul>{rows}</ul></div>'


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
