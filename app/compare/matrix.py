"""The matrix of topics by places: what each document rules on each topic, quoted and cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from app.citation import cite, document_name, official, standing
from app.compare.types import CellOf, Entry, Matrix, Place, Stated, Units
from app.compare.values import marked, units_of, values_in
from app.material import Material
from app.topics.align import BY_TITLE
from app.topics.types import Topic
from app.welcome import short_name
from corpus.errors import InputError
from corpus.load import Corpus


def make_matrix(material: Material, topics: Collection[str] = (), documents: Collection[str] = ()) -> Matrix:
    """Return the matrix of the chosen topics and documents, of all of them where none is chosen, in their fixed order.

    :raises InputError: an id is not that of a topic or of a document.
    """
    _refuse_unknown("topic", topics, [t.id for t in material.topics.topics])
    _refuse_unknown("document", documents, list(material.corpus.by_id))
    rows = tuple(t for t in material.topics.topics if not topics or t.id in topics)
    places = tuple(p for p in places_of(material.corpus) if not documents or p.document_id in documents)
    cells = {}
    for topic in rows:
        found = {p.document_id: _cell(material, topic, p.document_id) for p in places}
        values = marked({i: cell.values for i, cell in found.items()})
        cells.update({(topic.id, i): CellOf(c.entries, values[i], c.units) for i, c in found.items()})
    return Matrix(rows, places, cells)


def places_of(corpus: Corpus) -> tuple[Place, ...]:
    """Return the documents as columns; those of one region are told apart by their names."""
    names = Counter(short_name(d) for d in corpus.documents)
    return tuple(
        Place(
            d.meta.id,
            short_name(d) if names[short_name(d)] == 1 else f"{short_name(d)} {document_name(d.meta)}",
            standing(corpus, d.meta),
        )
        for d in corpus.documents
    )


def _cell(material: Material, topic: Topic, document_id: str) -> CellOf:
    corpus, found = material.corpus, material.topics
    placed = {p.measure: p for p in found.placements if p.topic == topic.id}
    measures = [corpus.measures[i] for i in placed]
    entries: list[Entry] = []
    values: list[Stated] = []
    units: list[Units] = []
    for measure in (m for m in measures if m.document_id == document_id):
        serves = found.topics_of(measure.id)
        own = material.words.own(measure, topic.id, serves)
        quotes = tuple(cite(corpus, measure, span) for span in material.words.quoted(measure, topic.id, serves))
        doubt = "" if placed[measure.id].confidence > BY_TITLE else placed[measure.id].why
        entries.append(Entry(measure, official(corpus, measure), quotes, own, doubt))
        values += values_in(corpus, measure, own)
        responsible = units_of(corpus, measure)
        if responsible and responsible.names not in [u.names for u in units]:
            units.append(responsible)
    return CellOf(tuple(entries), tuple(values), tuple(units))


def _refuse_unknown(what: str, given: Collection[str], known: list[str]) -> None:
    unknown = next((g for g in given if g not in known), None)
    if unknown is not None:
        raise InputError(f"there is no {what} {unknown!r}: there are {', '.join(known)}")
