"""What a course holds, made from the clauses: quotes by topic and place, terms, sources, and what is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.citation import cite, document_name, official
from app.course.quiz_text import document_label, place_name
from app.course.types import Course, check_chosen
from app.exports.provenance import Provenance, provenance
from app.material import Material
from app.topics.deciding import DecidingWords
from app.topics.types import Topic
from app.types import Citation
from corpus.errors import CourseRefusedError, InputError
from corpus.glossary import Entry, load_glossary, load_taiwan_words
from corpus.types import Measure, PolicyDocument, Span
from index.search_text import SearchText

# The glossary's heading for words of questions, such as 不低于, which are no terms of the field.
_NO_TOPIC = "其他"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What one measure says on a topic. own: every sentence of it on the topic; key: the deciding ones, cut short."""

    measure: Measure
    official: str
    own: tuple[Citation, ...]
    key: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TopicPart:
    """One topic of a course.

    by_place: for each place of the course in order what it says, nothing where it is silent.
    """

    topic: Topic
    note: str
    by_place: tuple[tuple[Quoted, ...], ...]

    @property
    def quotes(self) -> tuple[Quoted, ...]:
        """All that is quoted, place by place."""
        return tuple(quoted for place in self.by_place for quoted in place)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary that the quotes hold; places: ids of the documents that hold it."""

    entry: Entry
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A course with everything that its exports print.

    gone: names of places and topics that the course chose and that are there no more.
    """

    course: Course
    places: tuple[PolicyDocument, ...]
    names: tuple[str, ...]
    parts: tuple[TopicPart, ...]
    terms: tuple[Term, ...]
    sources: tuple[str, ...]
    gone: tuple[str, ...]
    origin: Provenance

    def name_of(self, document_id: str) -> str:
        """Return the short name of one of the places."""
        return dict(zip((d.meta.id for d in self.places), self.names, strict=True))[document_id]


def make_contents(material: Material, course: Course, made: datetime, public: bool = False) -> Contents:
    """Return the contents of a course; what it chose and is there no more is left out and named.

    public: whether it is meant for publication.
    :raises CourseRefusedError: nothing is chosen, nothing of it is left, or a public course has an internal document.
    """
    check_chosen(course.topics, course.places)
    corpus = material.corpus
    topics = {t.id: t for t in material.topics.topics}
    places = tuple(corpus.by_id[i] for i in course.places if i in corpus.by_id)
    chosen = [topics[i] for i in course.topics if i in topics]
    gone = [course.label(i) for i in course.places if i not in corpus.by_id]
    gone += [i for i in course.topics if i not in topics]
    if not places or not chosen:
        raise CourseRefusedError(
            f"nothing of the course is left: {', '.join(gone)} cannot be found any more; choose others",
            "course_nothing_left",
            gone="、".join(gone),
        )
    index = [material.index] if material.index else []
    try:
        origin = provenance(corpus, [d.meta.id for d in places], index, made, public)
    except InputError as error:
        internal = [n for d, n in zip(places, _names(places), strict=True) if d.meta.access == "internal"]
        raise CourseRefusedError(str(error), "course_public_refused", places="、".join(internal)) from error
    deciding = DecidingWords(material.definitions)
    parts = tuple(_part(material, deciding, topic, course, places) for topic in chosen)
    return Contents(
        course=course,
        places=places,
        names=_names(places),
        parts=parts,
        terms=_terms(parts),
        sources=tuple(_source(d) for d in places),
        gone=tuple(gone),
        origin=origin,
    )


def _names(places: Sequence[PolicyDocument]) -> tuple[str, ...]:
    """Short names of the places; two documents of one place bear their genres."""
    short = [place_name(d) for d in places]
    return tuple(n if short.count(n) == 1 else f"{n}{d.meta.genre}" for n, d in zip(short, places, strict=True))


def _part(
    material: Material, deciding: DecidingWords, topic: Topic, course: Course, places: Sequence[PolicyDocument]
) -> TopicPart:
    held = material.topics.measures_of(topic.id)
    by_place = tuple(
        tuple(_quoted(material, deciding, topic, material.corpus.measures[i]) for i in held if _is_of(i, document))
        for document in places
    )
    return TopicPart(topic, course.note(topic.id), by_place)


def _is_of(measure_id: str, document: PolicyDocument) -> bool:
    return measure_id.partition("/")[0] == document.meta.id


def _quoted(material: Material, deciding: DecidingWords, topic: Topic, measure: Measure) -> Quoted:
    serves = material.topics.topics_of(measure.id)
    own = _joined(measure, deciding.own(measure, topic.id, serves))
    key = deciding.quoted(measure, topic.id, serves)
    return Quoted(
        measure,
        official(material.corpus, measure),
        tuple(cite(material.corpus, measure, s) for s in own),
        tuple(cite(material.corpus, measure, s) for s in key),
    )


def _joined(measure: Measure, spans: Sequence[Span]) -> list[Span]:
    """Neighbouring sentences as one span, without white space around."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and not measure.text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return [_trimmed(measure.text, s) for s in found if s.of(measure.text).strip()]


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _terms(parts: Sequence[TopicPart]) -> tuple[Term, ...]:
    """Terms of the glossary that are quoted, in the glossary's order; a term within another is one of its own."""
    fold = SearchText(load_taiwan_words())
    texts: dict[str, str] = {}
    for part in parts:
        for quoted in part.quotes:
            home = quoted.measure.document_id
            texts[home] = texts.get(home, "") + "".join(fold(c.quote) for c in quoted.own)
    entries = load_glossary()
    by_form = {fold(synonym): entry.term for entry in entries for synonym in entry.synonyms}
    by_form |= {fold(entry.term): entry.term for entry in entries}
    # the longest first, so that a short term is not read out of a longer one
    forms = sorted(by_form, key=lambda form: (-len(form), form))
    pattern = re.compile("|".join(map(re.escape, forms)))
    held = {home: {by_form[form] for form in pattern.findall(text)} for home, text in texts.items()}
    found = []
    for entry in entries:
        places = tuple(home for home, terms in held.items() if entry.term in terms)
        if places and entry.topic != _NO_TOPIC:
            found.append(Term(entry, places))
    return tuple(found)


def _source(document: PolicyDocument) -> str:
    meta = document.meta
    facts = [meta.issuer or "", meta.date.isoformat() if meta.date else ""]
    said = "，".join(fact for fact in facts if fact)
    return document_name(meta) + (f"，{said}" if said else "")


def label_of(material: Material, document_id: str) -> str:
    """Return the name under which a course keeps a place."""
    return document_label(material.corpus, material.corpus.by_id[document_id])
