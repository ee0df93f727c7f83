"""Which words of a measure decide a topic: the sentences that are the topic's own, and what of them is quoted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from app.cut import cut_around
from app.topics.definitions import Definition, Definitions
from app.topics.sentences import Sentence, body_sentences, is_article, rules_on, ruling_sentences
from corpus.glossary import load_taiwan_words
from corpus.script import fold_aligned
from corpus.types import Measure, Span
from index.search_text import SearchText

_BUDGET = 180  # code points quoted from one measure
_MOST = 2  # sentences quoted from one measure


class DecidingWords:
    """Finds the words that decide a topic; holds the definitions."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._fold = SearchText(load_taiwan_words())

    @cached_property
    def _by_id(self) -> dict[str, Definition]:
        return {d.topic.id: d for d in self._definitions.topics}

    def own(self, measure: Measure, topic_id: str, serves: Collection[str]) -> tuple[Span, ...]:
        """Return the spans of the sentences of `measure` that belong to a topic.

        serves: all topics that the measure serves. A sentence that rules on one of the others alone belongs there;
        where that leaves nothing, every sentence belongs to each.
        """
        return tuple(s.span for s in self._own(measure, topic_id, serves))

    def quoted(self, measure: Measure, topic_id: str, serves: Collection[str]) -> tuple[Span, ...]:
        """Return the spans to quote for a topic in reading order: its deciding sentences, long ones cut around them.

        A measure that is nothing but its heading is quoted whole.
        """
        definition = self._by_id[topic_id]
        ranked = sorted(self._own(measure, topic_id, serves), key=lambda s: _rank(definition, s))
        chosen: list[Span] = []
        for sentence in ranked:
            span = self._cut(measure, definition, sentence.span)
            used = sum(s.end - s.start for s in chosen)
            if chosen and (used + span.end - span.start > _BUDGET or _rank(definition, sentence)[0] == _UNDECIDED):
                continue
            chosen.append(span)
            if len(chosen) == _MOST:
                break
        return _joined(measure.text, sorted(chosen)) or (_trimmed(measure.text, Span(0, len(measure.text))),)

    def _own(self, measure: Measure, topic_id: str, serves: Collection[str]) -> Sequence[Sentence]:
        sentences, article = body_sentences(measure, self._fold), is_article(measure)
        definition = self._by_id[topic_id]
        others = [self._by_id[t] for t in serves if t != topic_id]
        ruling = {t for t in ruling_sentences(measure, self._definitions, self._fold) if t in serves}
        if topic_id in ruling and not self._named(measure, definition):
            return [s for s in sentences if rules_on(definition, s.search, article)]
        kept = [
            s
            for s in sentences
            if rules_on(definition, s.search, article)
            or _says(definition, s)
            or not any(rules_on(d, s.search, article) or self._claims(measure, d, s) for d in others)
        ]
        return kept or sentences

    def _named(self, measure: Measure, definition: Definition) -> bool:
        """Whether the measure's own heading names the topic, so that the whole of it is about the topic."""
        return any(p.search(self._fold(measure.heading)) for p in definition.headings)

    def _claims(self, measure: Measure, definition: Definition, sentence: Sentence) -> bool:
        """Whether another topic that the heading names too has a better claim to a sentence, by its own words."""
        return self._named(measure, definition) and _says(definition, sentence)

    def _cut(self, measure: Measure, definition: Definition, span: Span) -> Span:
        """The clauses of a long sentence that hold the topic's own words."""
        text = span.of(measure.text)
        folded = fold_aligned(text)
        decisive = [Span(*m.span()) for p in definition.decides[:1] for m in p.finditer(folded)]
        found = decisive or [
            Span(m.start(), m.end()) for t in definition.terms for m in re.finditer(re.escape(t), folded)
        ]
        cut = cut_around(text, found[:1])
        return _trimmed(measure.text, Span(span.start + cut.start, span.start + cut.end))


_UNDECIDED = 99


def _rank(definition: Definition, sentence: Sentence) -> tuple[int, int, Span]:
    """How early a sentence is quoted: by the first deciding pattern it meets, by the topic's words in it, in order."""
    met = next((n for n, p in enumerate(definition.decides) if p.search(sentence.search)), _UNDECIDED)
    return met, -sum(t in sentence.search for t in definition.terms), sentence.span


def _says(definition: Definition, sentence: Sentence) -> bool:
    """Whether a sentence has the topic's name in it."""
    return definition.topic.name in sentence.search


def _joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours become one span."""
    out: list[Span] = []
    for span in spans:
        if out and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
