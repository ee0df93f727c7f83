"""A measure's own text as HTML: a marked span, its printed heading, errata and cross references; and links to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.markup import Element, escape, highlight
from app.script_view import Script, in_script
from app.wording import Wording
from corpus.load import Corpus
from corpus.named import named_documents
from corpus.types import Measure, PolicyDocument, Span

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


def measure_name(measure: Measure, words: Wording, script: Script = "source") -> str:
    """Return a short name of the measure: its number and heading as printed."""
    if measure.kind in ("front", "closing"):
        return words(measure.kind)
    return in_script(f"{measure.label}{measure.heading}", script)


def link(measure_id: str, span: Span | None = None) -> str:
    """Return the address of a measure on its document page, with `span` marked; of the page, for a document's id."""
    document_id, _, number = measure_id.partition("/")
    mark = f"?mark={number}:{span.start}-{span.end}" if span else ""
    return f"/doc/{document_id}{mark}" + (f"#{number}" if number else "")


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


def text_html(
    corpus: Corpus, measure: Measure, mark: Span | None, fixes: Sequence[Correction], script: Script = "source"
) -> str:
    """Return the measure's whole text, heading set off, `mark` and errata marked, cross references as links.

    A reference leads to a unit of the same document or of another one; where it names several, to their first.
    """
    head = len(measure.label) + len(measure.heading)
    layers: list[tuple[Span, Element]] = [(mark, Element("mark"))] if mark else []
    if head and measure.text.startswith(measure.label + measure.heading):
        layers.append((Span(0, head), Element("b", "runin")))
    if measure.note:
        layers.append((measure.note, Element("span", "note")))
    layers.extend((fix.at, Element("i", "erratum")) for fix in fixes)
    layers.extend((span, _reference(corpus, target)) for span, target in _targets(corpus, measure).items())
    return highlight(in_script(measure.text, script), layers)


def errata_html(fixes: Sequence[Correction], words: Wording) -> str:
    """Return the list of errata with the source's wording, empty where there is none."""
    if not fixes:
        return ""
    reads, corrected = words("erratum_reads"), words("erratum_corrected")
    rows = "".join(f"<li>{reads}「{escape(f.raw)}」，{corrected}</li>" for f in fixes)
    return f'<div class="errata"><strong>{words("errata")}</strong><ul>{rows}</ul></div>'


def _targets(corpus: Corpus, measure: Measure) -> dict[Span, str]:
    """What each cross reference of `measure` leads to; the documents named come last."""
    found: dict[Span, str] = {}
    named = named_documents(measure.text, corpus.by_id[measure.document_id], corpus.titles)
    for reference in (*measure.references, *named):
        if reference.target:
            found.setdefault(reference.span, reference.target)
    return found


def _reference(corpus: Corpus, target: str) -> Element:
    opens = (("data-clause", target),) if target in corpus.measures else ()
    return Element("a", "xref", (("href", link(target)), *opens))
