"""Typed values that the corpus hands to everything else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MeasureKind = Literal["front", "measure", "part", "section", "closing", "attachment"]
Access = Literal["public", "internal", "unmarked"]
Status = Literal["in force", "draft", "superseded", "repealed"]
FactKind = Literal[
    "unit", "ratio", "percent", "count", "duration", "frequency", "date", "document",
    "own_number", "own_date", "openness", "copies",
]  # fmt: skip
Comparator = Literal["=", ">=", "<=", ">", "<", "~", "at", "by", "before", "from"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document as a whole; a field that the text does not state is None.

    superseded_by: id of the document that takes the place of this one, where that is in the corpus.
    original: name of the file that source.txt was read from, kept beside it byte for byte; None where source.txt
        itself is the file as it came.
    """

    id: str
    region: str
    aliases: tuple[str, ...]
    level: str
    genre: str
    access: Access
    sha256: str
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: datetime.date | None = None
    status: Status = "in force"
    superseded_by: str | None = None
    original: str | None = None
    original_sha256: str | None = None

    @property
    def name(self) -> str:
        """How a citation names the document: its title, or region and genre where the text has no title."""
        return self.title or f"{self.region}{self.genre}"


@dataclass(frozen=True, slots=True)
class Edit:
    """Raw [start, end) replaced by `replacement`; `rule` names why (a layout rule or `erratum`).

    wording: for an erratum, the whole raw wording that it corrects.
    """

    start: int
    end: int
    replacement: str
    rule: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class CleanText:
    """The quoted layer of a document, with its way back to the raw text.

    text: layout repaired, in the source's own script.
    raw_offsets: raw offset of every clean code point, ascending, same length as `text`.
    edits: every place where raw and clean differ, ascending and not overlapping.
    """

    text: str
    raw_offsets: tuple[int, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Erratum:
    """A reviewed correction of words: `raw` in the source reads `corrected`."""

    raw: str
    corrected: str
    reason: str
    check: str


@dataclass(frozen=True, slots=True)
class Item:
    """A listed sub-item of a measure, its lower lists included.

    label: as printed, such as （1）, ①, —— or 一是. depth: 1 for a list of the measure itself, 2 for one inside it.
    """

    span: Span
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names a unit of this or another document by its number, such as 本办法第十二条第二款 or 见附件2.

    target: id of the measure or heading, None where it is another document's or bears no such number.
    """

    span: Span
    target: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit of citation: a numbered measure, or the text outside numbered measures.

    start: offset of `text` in the document's clean text.
    label: the number as printed, such as （十三） or `15.`; empty for front matter and closing.
    path: ids of the headings above, outermost first.
    units: spans in `text` of the responsible units, in the printed order; empty where none is printed.
    leads: those of `units` that the text makes lead units.
    items: listed sub-items in reading order, spans in `text`.
    references: cross references in reading order, spans in `text`.
    """

    id: str
    document_id: str
    kind: MeasureKind
    label: str
    heading: str
    path: tuple[str, ...]
    start: int
    text: str
    note: Span | None = None
    units: tuple[Span, ...] = ()
    leads: tuple[Span, ...] = ()
    items: tuple[Item, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a measure states.

    own_number, own_date: the document's own number and date; openness: its mark of access; copies: one receiver of it.

    value: the number (`20`, `1:5`, `1/3`, `1800`), the date (`2022`, `2022-04`, `2022-04-01`; `--11` is a November of
        any year), the title of a document, the access label, or the name of a unit; empty where only a period stands.
    unit: what the number counts in (学时, 次, 年, %).
    comparator: the bound that the text gives, `=` or `at` where it gives none, `~` for about.
    to: the upper end of a range, whose lower end is `value`.
    period: of a frequency, or of a date that comes again: the words after 每, such as 年, 学期, 两年.
    precision: of a date: `year`, `month`, `day`, `year end` (年底), `first half` (上半年) and the like.
    of: where the words for what is counted stand, where they stand beside the number.
    number: the number of a cited document.
    order: place among units or receivers, from 1.
    lead: whether the text makes this unit the lead.
    """

    kind: FactKind
    value: str
    unit: str
    comparator: Comparator
    span: Span
    to: str = ""
    period: str = ""
    precision: str = ""
    of: Span | None = None
    number: str = ""
    order: int = 0
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A part, a section or an attachment: a heading above measures, with the ids of the units right below it."""

    id: str
    label: str
    title: str
    start: int
    end: int
    measure_ids: tuple[str, ...]
    sections: tuple[Heading, ...] = ()

    def walk(self) -> Iterator[Heading]:
        """Yield this heading and every heading below it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One whole policy text: metadata, clean text, tree of parts, and measures in reading order."""

    meta: Metadata
    clean: CleanText
    parts: tuple[Heading, ...]
    measures: tuple[Measure, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """The retrieval unit: `span` of one measure's text; the clauses of a measure join back to it."""

    id: str
    measure_id: str
    document_id: str
    span: Span
    text: str
