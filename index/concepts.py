"""Concepts of the glossary, found in questions and in the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.glossary import Entry
from corpus.script import fold
from index.search_text import SearchText

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
NESTED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A concept named in a question at [start, end) of the matched text; weight is lower inside a longer one."""

    concept: int
    start: int
    end: int
    weight: float


class Concepts:
    """The glossary as a search aid.

    Questions are matched with every wording of an entry, documents with its official wordings alone: what people say
    leads to the term, never the other way.
    """

    def __init__(self, entries: Sequence[Entry], search_text: SearchText) -> None:
        self.entries = tuple(entries)
        self.official = tuple(
            tuple(dict.fromkeys(search_text(w) for w in (e.term, *e.synonyms) if len(w) > 1)) for e in entries
        )
        self._han: dict[str, list[int]] = {}
        self._english: dict[str, list[int]] = {}
        for i, entry in enumerate(entries):
            for word in (entry.term, *entry.synonyms, *entry.colloquial, *entry.taiwan, *entry.typos):
                for form in {search_text(word), fold(word)}:
                    if len(form) > 1 and i not in self._han.setdefault(form, []):
                        self._han[form].append(i)
            for word in entry.en:
                form = " ".join(map(_plain, _WORD.findall(word.lower())))
                if form and i not in self._english.setdefault(form, []):
                    self._english[form].append(i)
        self._longest_han = max(map(len, self._han), default=0)
        self._longest_english = max((len(w.split()) for w in self._english), default=0)

    def in_question(self, folded: str) -> list[ConceptHit]:
        """Return the concepts that folded Chinese text names, longest first where they overlap."""
        found = [
            (start, start + size, i)
            for start in range(len(folded))
            for size in range(min(self._longest_han, len(folded) - start), 1, -1)
            for i in self._han.get(folded[start : start + size], ())
        ]
        return _weighed(found)

    def in_english(self, lowered: str) -> list[ConceptHit]:
        """Return the concepts that lower-case English text names, by whole words; a plural matches its singular."""
        words = list(_WORD.finditer(lowered))
        found = []
        for a in range(len(words)):
            for n in range(min(self._longest_english, len(words) - a), 0, -1):
                piece = [_plain(w.group()) for w in words[a : a + n]]
                for form in dict.fromkeys((" ".join(piece), " ".join([*piece[:-1], _singular(piece[-1])]))):
                    for i in self._english.get(form, ()):
                        found.append((words[a].start(), words[a + n - 1].end(), i))
        return _weighed(found)

    def in_texts(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Return which official wordings stand in which search text; shape (len(texts), number of concepts)."""
        out = np.zeros((len(texts), len(self.entries)), np.bool_)
        whole = "\n".join(texts)
        for i, forms in enumerate(self.official):
            for form in forms:
                if form in whole:
                    out[:, i] |= np.fromiter((form in text for text in texts), np.bool_, len(texts))
        return out

    def wordings(self, concepts: Iterable[int]) -> list[str]:
        """Return the official wordings of concepts in the search layer."""
        return [form for i in concepts for form in self.official[i]]


def _plain(word: str) -> str:
    """A word without its possessive ending."""
    return word.removesuffix("'s").rstrip("'")


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _weighed(found: list[tuple[int, int, int]]) -> list[ConceptHit]:
    hits: list[ConceptHit] = []
    seen: set[int] = set()
    for start, end, concept in sorted(found, key=lambda f: (f[0] - f[1], f[0], f[2])):
        if concept in seen:
            continue
        seen.add(concept)
        nested = any(h.start <= start and end <= h.end and h.end - h.start > end - start for h in hits)
        hits.append(ConceptHit(concept, start, end, NESTED_WEIGHT if nested else 1.0))
    return hits
