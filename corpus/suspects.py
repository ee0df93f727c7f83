"""Likely junk in a document: strings that no other document, word list or place name would lead one to expect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.clean import clean_text
from corpus.load import Corpus
from corpus.script import fold_aligned
from corpus.surprise import HAN, CharacterModel, strange_strings
from corpus.types import CleanText, Edit, Span

# Chosen by `python -m tests.corpus.junk` on strings put into the documents other than hainan; see docs/sources.md.
USUAL_SURPRISE = 4.5  # nats a character
LEAST_SCORE = 11.5  # nats above the usual, summed over a string
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f]+")
_UNREADABLE_SCORE = 20.0  # each: a broken character is never meant
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Suspect:
    """A string that may be junk.

    line: of source.txt, from 1. before, after: the clean text around it, of its line. score: nats above the usual.
    reviewed: an erratum already corrects it.
    """

    document_id: str
    line: int
    before: str
    text: str
    after: str
    score: float
    reviewed: bool


def find_suspects(corpus: Corpus, raw: Mapping[str, str], words: Iterable[str]) -> tuple[Suspect, ...]:
    """Return the suspects of every document, by document and then from the most suspect on.

    raw: the raw text of each document by id; it is looked through without its errata, layout repaired. words: what
    any document may say; the model of a document knows these and every other document.
    """
    clean = {d.meta.id: clean_text(raw[d.meta.id]) for d in corpus.documents}
    folded = {i: fold_aligned(c.text) for i, c in clean.items()}
    known = [fold_aligned(word) for word in words]
    out: list[Suspect] = []
    for document in corpus.documents:
        own = document.meta.id
        model = CharacterModel([*known, *(text for i, text in folded.items() if i != own)])
        errata = [e for e in document.clean.edits if e.rule == "erratum"]
        found = [_suspect(own, raw[own], clean[own], at, score, errata) for at, score in strange(model, folded[own])]
        out += sorted(found, key=lambda s: (-s.score, s.line))
    return tuple(out)


def strange(
    model: CharacterModel, folded: str, usual: float = USUAL_SURPRISE, least: float = LEAST_SCORE
) -> Iterator[tuple[Span, float]]:
    """Yield the strings of a folded text that score at least `least`, and characters that cannot be read."""
    for match in HAN.finditer(folded):
        for start, end, score in strange_strings(model, match.group(), usual, least):
            yield Span(match.start() + start, match.start() + end), score
    for match in _UNREADABLE.finditer(folded):
        yield Span(match.start(), match.end()), _UNREADABLE_SCORE * len(match.group())


def _suspect(document_id: str, raw: str, clean: CleanText, at: Span, score: float, errata: list[Edit]) -> Suspect:
    text = clean.text
    first, last = clean.raw_offsets[at.start], clean.raw_offsets[at.end - 1]
    line_start = text.rfind("\n", 0, at.start) + 1
    line_end = text.find("\n", at.end)
    return Suspect(
        document_id=document_id,
        line=raw.count("\n", 0, first) + 1,
        before=text[max(line_start, at.start - _CONTEXT) : at.start],
        text=at.of(text),
        after=text[at.end : min(at.end + _CONTEXT, line_end if line_end >= 0 else len(text))],
        score=round(score, 1),
        reviewed=any(e.start <= last and first < max(e.end, e.start + 1) for e in errata),
    )
