"""Official citation strings, and citations of spans that are proven to stand in the measure they cite."""

from __future__ import annotations

from app.types import Citation
from corpus.clean import touched_errata
from corpus.load import Corpus
from corpus.types import Measure, Metadata, Span


def document_name(meta: Metadata) -> str:
    """Return the document as a citation names it: 《title》（number）; one without a title is said to have none."""
    title = f"《{meta.title}》" if meta.title else f"{meta.name}（原文无标题）"
    return title + (f"（{meta.number}）" if meta.number else "")


def official(corpus: Corpus, measure: Measure) -> str:
    """Return the citation string of a measure: 《…》（文号）（十三）, or 第15项 for one numbered 15. in the text."""
    return document_name(corpus.by_id[measure.document_id].meta) + _place(corpus, measure)


def _place(corpus: Corpus, measure: Measure) -> str:
    if measure.kind == "front":
        return "文首"
    if measure.kind == "closing":
        return "文末"
    label = measure.label.replace("(", "（").replace(")", "）")
    if label.rstrip(".．").isdigit():
        return f"第{label.rstrip('.．')}项"
    if measure.kind == "section":
        return "".join(corpus.headings[h].label for h in measure.path) + label + measure.heading
    return label + (measure.heading if measure.kind == "part" else "")


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
    )
