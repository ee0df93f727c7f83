"""Questions about the documents that a measure cites: which one it goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.course.quiz_bench import Bench, mean, quoted
from app.course.quiz_text import Cloze, cloze, printed
from app.course.quiz_truth import pairs_of, plain
from app.course.quiz_types import BLANK, RIGHT, WRONG, Option, Question
from corpus.types import Fact, Measure, Span

_WRONG_OPTIONS = 3
_SHORT = 5  # letters, under which a title is a short name set up elsewhere in the document
_LONG = 45
_CONTEXT_MIN = 10
_MOSTLY = 0.7
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?[省市县区州]")


@dataclass(frozen=True, slots=True)
class _Cited:
    measure: Measure
    fact: Fact
    title: str
    stretch: Cloze


def source_questions(bench: Bench, document_id: str) -> Iterator[Question]:
    """Yield every question about the documents that a document cites."""
    cited = list(_all_cited(bench))
    for found in cited:
        if found.measure.document_id == document_id and found.measure.id in bench.topics:
            yield from _questions(bench, found, _rivals(bench, found, cited))


def _all_cited(bench: Bench) -> Iterator[_Cited]:
    for measure in bench.corpus.measures.values():
        if measure.kind in ("front", "closing", "attachment"):
            continue
        for fact in bench.truth.facts[measure.id]:
            if fact.kind != "document" or not _SHORT < len(fact.value) < _LONG:
                continue
            at = measure.text.find(fact.value, fact.span.start, fact.span.end)
            stretch = cloze(measure, Span(at, at + len(fact.value))) if at >= 0 else None
            if stretch and len(stretch.before + stretch.after) >= _CONTEXT_MIN and not _shown(fact.value, stretch):
                yield _Cited(measure, fact, printed(fact.value), stretch)


def _shown(title: str, stretch: Cloze) -> bool:
    """Whether the words around a blank show most of the title that is asked for, as those of its draft do."""
    pairs = pairs_of(plain(title))
    return len(pairs & pairs_of(plain(stretch.before + stretch.after))) > _MOSTLY * len(pairs)


def _rivals(bench: Bench, found: _Cited, cited: list[_Cited]) -> list[Option]:
    """Titles of the same genre that the document does not name here.

    Another genre, or the name of another place, would tell them from the right one.
    """
    rivals: dict[str, Option] = {}
    own = plain(found.title)
    for other in cited:
        title = plain(other.title)
        if title in own or own in title or title in plain(found.measure.text) or title[-2:] != own[-2:]:
            continue
        home = other.measure.document_id == found.measure.document_id
        if not home and (_PLACE.search(other.title) or bench.truth.stated(found.measure.document_id, other.title)):
            continue
        if other.title not in rivals:
            rivals[other.title] = Option(other.title, False, other.measure.id, 0.7 if home else 0.5)
    return sorted(rivals.values(), key=lambda o: (-o.near, o.text))


def _questions(bench: Bench, found: _Cited, rivals: list[Option]) -> Iterator[Question]:
    claim = f"{found.measure.id}:document:{plain(found.title)}"
    label = bench.label(found.measure.document_id)
    citation = bench.cite(found.measure, found.stretch.shown)
    mixed = sorted(bench.picker.shuffled(claim, rivals, lambda o: o.text), key=lambda o: -o.near)
    wrong = mixed[:_WRONG_OPTIONS]
    if len(wrong) == _WRONG_OPTIONS:
        options = bench.picker.shuffled(
            f"{claim} options", [Option(found.title, True, found.measure.id), *wrong], lambda o: o.text
        )
        yield bench.make(
            "single", "document", claim, found.measure, f"按照{label}，{found.stretch.filled(BLANK)}。", [citation],
            f"原文为{quoted(citation)}。{bench.origins(found.measure, options)}", mean([o.near for o in wrong]),
            options=options,
        )  # fmt: skip
    if wrong:
        holds = bench.picker.number(f"{claim} holds") < 0.5
        title = found.title if holds else wrong[0].text
        told = "" if holds else f"题中“{title}”应为“{found.title}”。"
        yield bench.make(
            "judge", "document", claim, found.measure, f"按照{label}，{found.stretch.filled(title)}。", [citation],
            f"原文为{quoted(citation)}。{told}", wrong[0].near, answers=[RIGHT if holds else WRONG],
        )  # fmt: skip
