"""What a comparison of places is made of: its cells, the quotes that decide them, and the values they state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.topics.types import Topic
from app.types import Citation
from corpus.types import Fact, Measure, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A document as a column of a table.

    name: short and unlike those of the others. standing: what is to be said of one that is not in force, else empty.
    """

    document_id: str
    name: str
    standing: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure in a cell.

    quotes: the spans that decide, in reading order. own: all its sentences that belong to the topic.
    doubt: what the placement rests on, where that is not the measure's own wording; else empty.
    """

    measure: Measure
    official: str
    quotes: tuple[Citation, ...]
    own: tuple[Span, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a cell states, with where it stands.

    subject: the words for what is counted, empty where none stand beside it. differs: whether another place states
    another value of the same thing in the same row.
    """

    fact: Fact
    subject: str
    citation: Citation
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """Responsible units that a measure names in its note; leads: those that the text makes lead units."""

    units: tuple[str, ...]
    leads: tuple[str, ...]
    citation: Citation

    @property
    def names(self) -> tuple[str, ...]:
        """The lead units; all of them where the text makes none lead."""
        return self.leads or self.units


@dataclass(frozen=True, slots=True)
class CellOf:
    """What one place rules on one topic; everything is empty where nothing was found."""

    entries: tuple[Entry, ...] = ()
    values: tuple[Stated, ...] = ()
    units: tuple[Units, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics by places; cells by the ids of topic and document, every pair of them."""

    topics: tuple[Topic, ...]
    places: tuple[Place, ...]
    cells: Mapping[tuple[str, str], CellOf]

    def cell(self, topic: Topic, place: Place) -> CellOf:
        """Return the cell of a row and a column."""
        return self.cells[topic.id, place.document_id]
