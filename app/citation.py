"""Official citation strings, and citations of spans that are proven to stand in the measure they cite."""

from __future__ import annotations

import re

from app.types import Citation
from corpus.clean import touched_errata
from corpus.labels import scope_of
from corpus.load import Corpus
from corpus.types import Measure, Metadata, Span

_DRAFT = re.compile(r"征求意见|草案|送审稿|讨论稿|审议稿|徵求意見")


def document_name(meta: Metadata) -> str:
    """Return the document as a citation names it: 《title》（number）; one without a title is said to have none."""
    title = f"《{meta.title}》" if meta.title else f"{meta.name}（原文无标题）"
    return title + (f"（{meta.number}）" if meta.number else "")


def standing(corpus: Corpus, meta: Metadata) -> str:
    """Return what is to be said of a document that is not in force: 征求意见稿, 已废止, 已被《…》取代; else nothing."""
    if meta.status == "superseded" and meta.superseded_by:
        return f"已被{document_name(corpus.by_id[meta.superseded_by].meta)}取代"
    return {"in force": "", "draft": "征求意见稿", "superseded": "已被取代", "repealed": "已废止"}[meta.status]


def official(corpus: Corpus, measure: Measure) -> str:
    """Return the citation string of a measure: 《…》（文号）（十三）, or 第15项 for one numbered 15. in the text.

    A document that is not in force says so after its number: 〔已废止〕; one whose title says 征求意见稿 need not.
    """
    meta = corpus.by_id[measure.document_id].meta
    note = standing(corpus, meta)
    if note and not (meta.status == "draft" and _DRAFT.search(meta.title or "")):
        note = f"〔{note}〕"
    else:
        note = ""
    return document_name(meta) + note + place_of(corpus, measure)


def place_of(corpus: Corpus, measure: Measure) -> str:
    """Return where a unit stands: its printed number, behind its attachment or, where numbers restart, its part."""
    if measure.kind == "front":
        return "文首"
    if measure.kind == "closing":
        return "文末"
    if measure.kind == "attachment":
        return measure.label + (f"《{measure.heading}》" if measure.heading else "")
    label = measure.label.replace("(", "（").replace(")", "）")
    number = label.rstrip(".．、")
    place = f"第{number}项" if number.isdigit() else label
    if measure.kind in ("part", "section") and place == label:
        place += measure.heading
    above = measure.path if measure.kind == "section" else measure.path[: bool(scope_of(measure.id))]
    return "".join(corpus.headings[h].label for h in above) + place


def cite(corpus: Corpus, measure: Measure, span: Span) -> Citation:
    """Return the citation of a span of a measure's clean text; the quote is cut from the text, never passed in."""
    document = corpus.by_id[measure.document_id]
    start = measure.start + span.start
    touched = touched_errata(document.clean, start, measure.start + span.end)
    return Citation(
        measure_id=measure.id,
        official=official(corpus, measure),
        quote=span.of(measure.text),
        start=span.start,
        end=span.end,
        errata=tuple(e.wording for e in touched),
        status=standing(corpus, document.meta),
    )
