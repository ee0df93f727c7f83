"""Which measures rule on which topic: by headings, the tree, whole sentences of the body, and closeness of vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.topics.closeness import Closeness, measure_closeness
from app.topics.definitions import Definitions, Override, load_definitions, load_overrides
from app.topics.sentences import first_match, is_article, ruling_sentences
from app.topics.types import Placement, TopicMap
from corpus.glossary import load_taiwan_words
from corpus.load import Corpus
from corpus.types import Measure
from index.search_text import SearchText

if TYPE_CHECKING:
    from index.open import OpenIndex

# How sure each kind of evidence is; measured on the hand alignment, see docs/trainers.md.
# A measure is plainly nearest to a topic from these on; see docs/trainers.md.
NEAR, AHEAD = 0.3, 0.1
BY_HEADING, BY_PART, BY_SENTENCE, BY_TITLE, BY_CLOSENESS = 0.98, 0.92, 0.85, 0.6, 0.55


def topic_map(
    corpus: Corpus,
    index: OpenIndex | None = None,
    definitions: Definitions | None = None,
    overrides: Sequence[Override] | None = None,
) -> TopicMap:
    """Return the topics of a corpus with their measures.

    index: its vectors place measures that no wording places; without it wording alone decides.
    definitions, overrides: those beside this module unless others are given.
    :raises CorpusError: the definitions or the overrides do not read.
    """
    definitions = definitions or load_definitions()
    overrides = load_overrides(definitions) if overrides is None else overrides
    reader = _Reader(corpus, definitions)
    found = {(p.topic, p.measure): p for m in corpus.measures.values() for p in reader.placements(m)}
    if index is not None:
        sure = {key for key, p in found.items() if p.confidence >= BY_PART}
        near = list(_by_closeness(reader, corpus, found, measure_closeness(index, sure)))
        found.update({(p.topic, p.measure): p for p in near})
    for override in overrides:
        _apply(override, found, corpus)
    rows = {m: row for row, m in enumerate(corpus.measures)}
    order = {d.topic.id: n for n, d in enumerate(definitions.topics)}
    ordered = sorted(found.values(), key=lambda p: (order[p.topic], rows[p.measure]))
    return TopicMap(tuple(d.topic for d in definitions.topics), tuple(ordered))


class _Reader:
    """Reads measures by their wording."""

    def __init__(self, corpus: Corpus, definitions: Definitions) -> None:
        self._corpus = corpus
        self._definitions = definitions
        self._fold = SearchText(load_taiwan_words())

    def placements(self, measure: Measure) -> Iterator[Placement]:
        """Yield where a measure belongs. The front matter says what a document is for, and rules on nothing."""
        if measure.kind == "front":
            return
        found = list(self._by_wording(measure))
        yield from found or self._by_title(measure)

    def _by_wording(self, measure: Measure) -> Iterator[Placement]:
        heading = self._fold(measure.heading)
        own = [d for d in self._definitions.topics if first_match(d.headings, heading)]
        ruling = ruling_sentences(measure, self._definitions, self._fold)
        # an article says itself what it is about; a measure with a heading says it there, and more in its sentences
        above = [] if own or (is_article(measure) and ruling) else self._above(measure)
        for definition in self._definitions.topics:
            part = next((title for title in above if first_match(definition.parts, title)), "")
            if definition in own:
                confidence, why = BY_HEADING, f"标题“{measure.heading}”"
            elif part:
                confidence, why = BY_PART, f"上级标题“{part}”"
            elif definition.topic.id in ruling:
                confidence, why = BY_SENTENCE, f"正文“{_short(ruling[definition.topic.id][0].of(measure.text))}”"
            else:
                continue
            yield Placement(definition.topic.id, measure.id, confidence, why)

    def _by_title(self, measure: Measure) -> Iterator[Placement]:
        """A measure with a heading that names no topic serves those that the document's title names."""
        if not measure.heading or measure.kind not in ("measure", "section") or self.states_aims(measure):
            return
        title = self._corpus.by_id[measure.document_id].meta.title or ""
        for definition in self._definitions.topics:
            if first_match(definition.headings, self._fold(title)):
                yield Placement(definition.topic.id, measure.id, BY_TITLE, "文件标题")

    def states_aims(self, measure: Measure) -> bool:
        """Whether a measure stands under a heading of aims or principles."""
        titles = [self._fold(measure.heading), *self._above(measure)]
        return any(first_match(self._definitions.aims, title) for title in titles)

    def _above(self, measure: Measure) -> list[str]:
        """Titles of the headings above, the nearest first."""
        return [self._fold(self._corpus.headings[h].title) for h in reversed(measure.path)]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 30 else plain[:30] + "……"


def _by_closeness(
    reader: _Reader, corpus: Corpus, found: dict[tuple[str, str], Placement], near: Closeness
) -> Iterator[Placement]:
    """Yield the nearest topic of each numbered measure that no wording places, where it is plainly the nearest."""
    placed = {measure for _, measure in found}
    for measure in corpus.measures.values():
        if measure.id in placed or measure.kind != "measure" or reader.states_aims(measure):
            continue
        topic, cosine, ahead = near.best(measure.id)
        if cosine >= NEAR and ahead >= AHEAD:
            yield Placement(topic, measure.id, BY_CLOSENESS, f"与该专题各条最接近（{cosine:.2f}）")


def _apply(override: Override, found: dict[tuple[str, str], Placement], corpus: Corpus) -> None:
    key = (override.topic, override.measure)
    if not override.serves:
        found.pop(key, None)
    elif override.measure in corpus.measures:
        found[key] = Placement(*key, 1.0, f"人工审定（{override.reviewed}）：{override.reason}")
