"""Values that a cell states, and which of them differ between places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.citation import cite
from app.compare.types import Stated, Units
from corpus.facts import facts_of
from corpus.load import Corpus
from corpus.script import fold
from corpus.types import Fact, FactKind, Measure, Span

VALUE_KINDS: tuple[FactKind, ...] = ("ratio", "percent", "count", "duration", "frequency", "date")


def values_in(corpus: Corpus, measure: Measure, inside: Sequence[Span]) -> tuple[Stated, ...]:
    """Return the values that the sentences `inside` of a measure state, each once, in reading order."""
    seen: set[tuple[str, ...]] = set()
    out = []
    for fact in facts_of(measure):
        own = any(s.start <= fact.span.start < s.end for s in inside)
        subject = fact.of.of(measure.text) if fact.of else ""
        key = (*meaning(fact), fold(subject))
        if fact.kind in VALUE_KINDS and own and key not in seen:
            seen.add(key)
            out.append(Stated(fact, subject, cite(corpus, measure, fact.span)))
    return tuple(out)


def units_of(corpus: Corpus, measure: Measure) -> Units | None:
    """Return the responsible units of a measure with its note, None where it has none."""
    if not measure.units:
        return None
    note = measure.note or Span(measure.units[0].start, measure.units[-1].end)
    named = tuple(span.of(measure.text) for span in measure.units)
    leads = tuple(span.of(measure.text) for span in measure.leads)
    return Units(named, leads, cite(corpus, measure, note))


def marked(row: Mapping[str, Iterable[Stated]]) -> dict[str, tuple[Stated, ...]]:
    """Return the values of a row, by document, with those marked that differ.

    Only values of one sort are compared (ratios with ratios, hours a year with hours a year, numbers of one thing with
    each other), and only between places that state one of that sort: a place that states none does not differ.
    """
    held = {place: tuple(values) for place, values in row.items()}
    stated: dict[tuple[str, ...], dict[str, set[tuple[str, ...]]]] = {}
    for place, values in held.items():
        for value in values:
            stated.setdefault(_sort(value), {}).setdefault(place, set()).add(meaning(value.fact))
    out = {}
    for place, values in held.items():
        out[place] = tuple(
            replace(v, differs=not all(meaning(v.fact) in others for others in stated[_sort(v)].values()))
            for v in values
        )
    return out


def meaning(fact: Fact) -> tuple[str, ...]:
    """What a fact says, whatever its script and its signs: equal for equal values."""
    bound = "=" if fact.comparator == "at" else fact.comparator
    parts = (fact.unit, fact.period, fact.value, fact.to)
    return (fact.kind, bound, fact.precision, *map(fold, parts))


def _sort(stated: Stated) -> tuple[str, ...]:
    """What may be compared with it: its kind, its unit, its period, and of a plain number what it counts."""
    fact = stated.fact
    return fact.kind, fold(fact.unit), fold(fact.period), fold(stated.subject) if fact.kind == "count" else ""
