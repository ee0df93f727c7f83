"""The sentences of a measure that rule on topics, read in the search layer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.topics.definitions import Definition, Definitions, Pattern
from corpus.sentences import split_sentences
from corpus.types import Measure, Span
from index.search_text import SearchText

_ASIDE = re.compile(r"\([^()]*\)")  # what stands in brackets is said by the way


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a measure's body: its span in the measure's text, and itself in the search layer."""

    span: Span
    search: str


def body_sentences(measure: Measure, fold_text: SearchText) -> tuple[Sentence, ...]:
    """Return the sentences of a body in reading order, without the heading, asides and the responsibility note."""
    out = []
    for span in split_sentences(measure.text):
        if measure.note and span.start >= measure.note.start:
            continue
        text = _ASIDE.sub("", fold_text(span.of(measure.text)))
        if measure.heading and span.start == 0:
            text = text.split(_ASIDE.sub("", fold_text(measure.heading)), 1)[-1].lstrip("。:,")
        if text:
            out.append(Sentence(span, text))
    return tuple(out)


def is_article(measure: Measure) -> bool:
    """Whether a measure has no heading of its own, so that its sentences are all that says what it is about."""
    return measure.kind == "measure" and not measure.heading


def rules_on(definition: Definition, sentence: str, article: bool = False) -> bool:
    """Whether a whole sentence, in the search layer, rules on a topic.

    article: the sentence is that of a measure without a heading of its own.
    """
    patterns = (*definition.sentences, *definition.articles) if article else definition.sentences
    return bool(first_match(patterns, sentence)) and not first_match(definition.unless, sentence)


def ruling_sentences(measure: Measure, definitions: Definitions, fold_text: SearchText) -> dict[str, tuple[Span, ...]]:
    """Return the spans of the sentences that rule on a topic, by topic id; a topic without any is left out."""
    sentences, article = body_sentences(measure, fold_text), is_article(measure)
    found = {d.topic.id: tuple(s.span for s in sentences if rules_on(d, s.search, article)) for d in definitions.topics}
    return {topic: spans for topic, spans in found.items() if spans}


def first_match(patterns: Sequence[Pattern], text: str) -> Pattern | None:
    """Return the first pattern found in `text`, None where there is none or no text."""
    return next((p for p in patterns if p.search(text)), None) if text else None
