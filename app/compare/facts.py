"""Tables of facts over all documents: responsible units both ways, numbers, deadlines, documents cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.citation import cite, official
from app.compare.matrix import places_of
from app.exports.table import Cell, Table, Value
from app.material import Material
from app.measure_html import link
from app.wording import Wording
from corpus.facts import facts_of
from corpus.script import fold
from corpus.sentences import split_sentences
from corpus.types import Fact, Measure, Span

_NUMBERS = ("ratio", "percent", "count", "duration", "frequency")
_SHORT = re.compile(r"以下[簡简][稱称]《([^》]+)》")
_SIGNS = MappingProxyType({">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "≈"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table.

    documents: ids; empty means all. base: what addresses begin with, empty on the page itself.
    """

    material: Material
    words: Wording
    documents: tuple[str, ...] = ()
    base: str = ""

    def measures(self) -> Iterator[tuple[str, Measure]]:
        """Yield every measure asked for, in reading order, with the short name of its place."""
        names = {p.document_id: p.name for p in places_of(self.material.corpus)}
        for measure in self.material.corpus.measures.values():
            if not self.documents or measure.document_id in self.documents:
                yield names[measure.document_id], measure

    def cited(self, measure: Measure, span: Span | None = None) -> Cell:
        """Return the citation of a measure, linked to its place in the document, with `span` marked there."""
        return Cell(official(self.material.corpus, measure), link=self.base + link(measure.id, span))

    def quoted(self, measure: Measure, span: Span) -> Cell:
        """Return words of a measure, linked to where they stand."""
        quote = cite(self.material.corpus, measure, span).quote
        return Cell(" ".join(quote.split()), link=self.base + link(measure.id, span))

    def topics(self, measure: Measure, span: Span | None = None) -> str:
        """Return the names of the topics that a measure serves; with `span`, of those whose own words hold it."""
        names = {t.id: t.name for t in self.material.topics.topics}
        serves = self.material.topics.topics_of(measure.id)
        if span:
            serves = tuple(t for t in serves if self._holds(measure, t, serves, span)) or serves
        return "、".join(names[t] for t in serves)

    def _holds(self, measure: Measure, topic: str, serves: tuple[str, ...], span: Span) -> bool:
        own = self.material.words.own(measure, topic, serves)
        return any(s.start <= span.start < s.end for s in own)

    def table(self, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Value]]) -> Table:
        """Return a table; name, columns: keys of texts, columns with their widths."""
        headings, widths = tuple(self.words(key) for key, _ in columns), tuple(width for _, width in columns)
        return Table(self.words(name), headings, widths, tuple(tuple(row) for row in rows), frozen=1)


def units_by_measure(asked: Asked) -> Table:
    """Return who is responsible for each measure, the lead units first and bold."""
    rows: list[list[Value]] = []
    for place, measure in asked.measures():
        if measure.units:
            names = [span.of(measure.text) for span in measure.units]
            leads = "、".join(span.of(measure.text) for span in measure.leads)
            others = "、".join(name for name in names if name not in leads.split("、"))
            cell = _measure_cell(asked, measure)
            rows.append([place, cell, asked.topics(measure), leads, others, len(names)])
    columns = (("cmp_place", 12), ("cmp_measure", 34), ("cmp_topics", 16), ("cmp_leads", 24), ("cmp_units", 44))
    return asked.table("cmp_table_measures", (*columns, ("cmp_count", 8)), rows)


def measures_by_unit(asked: Asked) -> Table:
    """Return what each unit is responsible for, units by how much they bear; spellings of one name are one unit."""
    found: dict[tuple[str, str], list[tuple[str, Measure, Span]]] = {}
    for place, measure in asked.measures():
        for span in measure.units:
            found.setdefault((place, fold(span.of(measure.text))), []).append((place, measure, span))
    rows: list[list[Value]] = []
    for held in sorted(found.values(), key=lambda h: (-len(h), h[0][1].id)):
        spelt = Counter(span.of(measure.text) for _, measure, span in held).most_common(1)[0][0]
        for place, measure, span in held:
            lead = asked.words("lead") if span in measure.leads else ""
            rows.append([spelt, place, len(held), lead, _measure_cell(asked, measure), asked.topics(measure)])
    columns = (("cmp_unit", 28), ("cmp_place", 12), ("cmp_bears", 10), ("cmp_lead", 8), ("cmp_measure", 40))
    return asked.table("cmp_table_units", (*columns, ("cmp_topics", 20)), rows)


def numbers(asked: Asked) -> Table:
    """Return every number, ratio, duration and frequency with what it counts."""
    rows: list[list[Value]] = []
    for place, measure, fact in _facts(asked, _NUMBERS):
        subject = fact.of.of(measure.text) if fact.of else ""
        kind = asked.words(f"cmp_fact_{fact.kind}")
        told, cited = asked.quoted(measure, fact.span), asked.cited(measure, fact.span)
        rows.append([place, kind, subject, told, _value(fact), asked.topics(measure, fact.span), cited])
    columns = (("cmp_place", 12), ("cmp_kind", 10), ("cmp_subject", 24), ("cmp_quote", 30), ("cmp_value", 14))
    return asked.table("cmp_table_numbers", (*columns, ("cmp_topics", 18), ("cmp_cited", 34)), rows)


def deadlines(asked: Asked) -> Table:
    """Return every date that a measure states, the earliest first; what comes again every year stands last."""
    found = [row for row in _facts(asked, ("date",)) if row[1].kind not in ("front", "closing")]
    rows: list[list[Value]] = []
    for place, measure, fact in sorted(found, key=lambda row: when(row[2])):
        words, cited = asked.quoted(measure, fact.span), asked.cited(measure, fact.span)
        bound = asked.words(f"cmp_bound_{fact.comparator}" if fact.comparator in _BOUNDS else "cmp_bound_at")
        what = asked.quoted(measure, _sentence_of(measure, fact.span))
        rows.append([when(fact), place, bound, words, what, asked.topics(measure, fact.span), cited])
    columns = (("cmp_when", 14), ("cmp_place", 12), ("cmp_bound", 10), ("cmp_quote", 18), ("cmp_what", 60))
    return asked.table("cmp_table_deadlines", (*columns, ("cmp_topics", 18), ("cmp_cited", 34)), rows)


def documents_cited(asked: Asked) -> Table:
    """Return every document that a document cites, with its number as printed and where; a short name counts as it."""
    own_titles = {fold(d.meta.title or ""): d.meta.id for d in asked.material.corpus.documents}
    full: dict[tuple[str, str], Fact] = {}
    rows: list[list[Value]] = []
    for place, measure, fact in _facts(asked, ("document",)):
        for short in _SHORT.findall(fact.span.of(measure.text)):
            full[measure.document_id, short] = fact
        meant = full.get((measure.document_id, fact.value), fact)
        held = own_titles.get(fold(meant.value), "")
        title = Cell(f"《{meant.value}》", link=f"{asked.base}/doc/{held}" if held else "")
        short_name = f"《{fact.value}》" if meant is not fact else ""
        rows.append([title, meant.number, short_name, place, asked.cited(measure, fact.span)])
    times = Counter(fold(_plain(row[0])) for row in rows)
    rows = [[*row, times[fold(_plain(row[0]))]] for row in rows]
    rows.sort(key=lambda row: (-times[fold(_plain(row[0]))], fold(_plain(row[0]))))
    columns = (("cmp_document", 50), ("cmp_number", 20), ("cmp_short", 12), ("cmp_place", 12), ("cmp_cited", 40))
    return asked.table("cmp_table_cited", (*columns, ("cmp_times", 8)), rows)


TABLES: MappingProxyType[str, Callable[[Asked], Table]] = MappingProxyType(
    {
        "measures": units_by_measure,
        "units": measures_by_unit,
        "numbers": numbers,
        "deadlines": deadlines,
        "cited": documents_cited,
    }
)
_BOUNDS = ("by", "before", "from", "at")


def searched(table: Table, query: str) -> Table:
    """Return the rows that hold every word of `query`, whatever the script."""
    wanted = [fold(word) for word in query.split() if fold(word)]
    rows = tuple(row for row in table.rows if all(w in fold(" ".join(map(_plain, row))) for w in wanted))
    return replace(table, rows=rows)


def when(fact: Fact) -> str:
    """Return a date as text that sorts by time: 2022, 2022-04, 2025 (end of the year last), 每年 --11."""
    end = {"year end": "-12", "first half": "-06", "second half": "-12"}.get(fact.precision, "")
    if fact.value.startswith("--"):
        return f"每年{fact.value[2:]}月"
    return fact.value + (end if len(fact.value) == 4 else "")


def _facts(asked: Asked, kinds: Collection[str]) -> Iterator[tuple[str, Measure, Fact]]:
    for place, measure in asked.measures():
        for fact in facts_of(measure):
            if fact.kind in kinds:
                yield place, measure, fact


def _measure_cell(asked: Asked, measure: Measure) -> Cell:
    cited = asked.cited(measure)
    return replace(cited, text=f"{measure.label}{measure.heading}", note=cited.text)


def _sentence_of(measure: Measure, span: Span) -> Span:
    """The sentence around a span."""
    whole = next(s for s in split_sentences(measure.text) if s.start <= span.start < s.end)
    text = whole.of(measure.text)
    return Span(whole.start + len(text) - len(text.lstrip()), whole.end - len(text) + len(text.rstrip()))


def _value(fact: Fact) -> str:
    """The value in a few signs: ≥40学时/年, 1∶5, 3~5年."""
    amount = f"{fact.value}~{fact.to}" if fact.to else fact.value
    # a spreadsheet reads 1:5 as a time of day
    amount = amount.replace(":", "∶")
    period = f"/{fact.period}" if fact.period else ""
    return f"{_SIGNS.get(fact.comparator, '')}{amount}{fact.unit}{period}"


def _plain(value: Value) -> str:
    return value.text if isinstance(value, Cell) else str(value)
