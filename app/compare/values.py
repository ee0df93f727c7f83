"""Values that a cell states, and which of them differ between places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.citation import cite
from app.compare.types import Stated, Units
from corpus.facts import facts_of
from corpus.load import Corpus
from corpus.script import fold
from corpus.types import Fact, FactKind, Measure, Span

# Subjects with this many characters in a row in common speak of the same thing.
_SHARED = 3
VALUE_KINDS: tuple[FactKind, ...] = ("ratio", "percent", "count", "duration", "frequency", "date")


def values_in(corpus: Corpus, measure: Measure, inside: Sequence[Span]) -> tuple[Stated, ...]:
    """Return the values that the sentences `inside` of a measure state, each once, in reading order."""
    seen: set[tuple[str, ...]] = set()
    out = []
    facts = [f for f in facts_of(measure) if f.kind in VALUE_KINDS]
    for fact in facts:
        own = any(s.start <= fact.span.start < s.end for s in inside) and not _inside_another(fact, facts)
        subject = fact.of.of(measure.text) if fact.of else ""
        key = (*meaning(fact), fold(subject))
        if own and key not in seen:
            seen.add(key)
            out.append(Stated(fact, subject, cite(corpus, measure, fact.span)))
    return tuple(out)


def _inside_another(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a fact is a part of another, as the years of 以3~5年为一个周期 are of how often."""
    return any(f.span.start <= fact.span.start and fact.span.end <= f.span.end and f.span != fact.span for f in facts)


def units_of(corpus: Corpus, measure: Measure) -> Units | None:
    """Return the responsible units of a measure with its note, None where it has none."""
    if not measure.units:
        return None
    note = measure.note or Span(measure.units[0].start, measure.units[-1].end)
    named = tuple(span.of(measure.text) for span in measure.units)
    leads = tuple(span.of(measure.text) for span in measure.leads)
    return Units(named, leads, cite(corpus, measure, note))


def marked(row: Mapping[str, Sequence[Stated]]) -> dict[str, tuple[Stated, ...]]:
    """Return the values of a row, by document, with those marked that differ.

    A value differs where another place states a value of the same thing, but not this one. A value to which no other
    place has a counterpart is not marked, nor is the lack of one.
    """
    return {
        place: tuple(replace(value, differs=_differs(value, place, row)) for value in values)
        for place, values in row.items()
    }


def _differs(value: Stated, place: str, row: Mapping[str, Sequence[Stated]]) -> bool:
    for other, values in row.items():
        counterparts = [v for v in values if other != place and _comparable(value, v)]
        if counterparts and meaning(value.fact) not in map(lambda v: meaning(v.fact), counterparts):
            return True
    return False


def meaning(fact: Fact) -> tuple[str, ...]:
    """What a fact says, whatever its script and its signs: equal for equal values."""
    bound = "=" if fact.comparator in ("at", "by") else fact.comparator
    return (fact.kind, bound, fact.precision, *map(fold, (fact.unit, fact.period, fact.value, fact.to)))


def _comparable(one: Stated, other: Stated) -> bool:
    """Whether two values are of the same thing: of one kind, and their subjects share words; else of one unit."""
    if one.fact.kind != other.fact.kind:
        return False
    a, b = fold(one.subject), fold(other.subject)
    if not a or not b:
        return (one.fact.unit, one.fact.period) == (other.fact.unit, other.fact.period) and not (a or b)
    return a in b or b in a or any(a[i : i + _SHARED] in b for i in range(len(a) - _SHARED + 1))
