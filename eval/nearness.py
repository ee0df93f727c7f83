"""How near questions are to one another, and groups of near ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.load import Corpus
from corpus.script import fold
from index.embedding import Embedder

Similarities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Similarities of questions: shape (n, n), in [-1, 1], 1 on the diagonal.

    near: from where on two questions count as asking the same; name: what was compared, for the report.
    """

    similarities: Similarities
    near: float
    name: str


def by_meaning(questions: Sequence[str], embedder: Embedder) -> Nearness:
    """Return the cosines of the questions' vectors.

    On the dev questions, their places taken out, 43 % of the pairs from 0.96 on share a gold measure; at 0.93 16 % do.
    """
    vectors = embedder.embed_queries(questions).astype(np.float64)
    return Nearness(vectors @ vectors.T, 0.96, f"cosines of {embedder.name}")


def by_letters(questions: Sequence[str]) -> Nearness:
    """Return the Dice coefficients of the questions' character bigrams: what they share, twice, over what they hold.

    On the dev questions, their places taken out, 39 % of the pairs from 0.6 on share a gold measure.
    """
    sets = [_bigrams(question) for question in questions]
    rows = [[2 * len(a & b) / (len(a) + len(b)) for b in sets] for a in sets]
    return Nearness(np.array(rows, np.float64).reshape(len(sets), len(sets)), 0.6, "shared bigrams")


def without_places(question: str, corpus: Corpus) -> str:
    """Return the folded question without the names of the documents' places, which would outweigh what is asked."""
    names = {fold(name) for d in corpus.documents for name in (d.meta.region, *d.meta.aliases)}
    text = fold(question)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        text = text.replace(name, "")
    return text or fold(question)


def grouped(nearness: Nearness) -> tuple[tuple[int, ...], ...]:
    """Return groups of rows in which every pair is near, the largest first.

    Each row joins the first group that it is near to as a whole, so that a chain of small steps makes no group.
    """
    groups: list[list[int]] = []
    for row in range(len(nearness.similarities)):
        home = next((g for g in groups if all(nearness.similarities[row, i] >= nearness.near for i in g)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return tuple(tuple(group) for group in sorted(groups, key=lambda group: (-len(group), group[0])))


def _bigrams(question: str) -> frozenset[str]:
    letters = "".join(c for c in fold(question) if c.isalnum())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset({letters})
