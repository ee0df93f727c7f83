"""BM25 over folded text: character bigrams, and words and digits of other scripts.

Score of Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), equation 3.15, with the
inverse document frequency ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_RUNS = re.compile(r"[a-z]+|\d+(?:[.:]\d+)*%?|[\u3400-\u9fff]+")

Scores = NDArray[np.float32]


def lexical_terms(folded: str) -> list[str]:
    """Return the terms of folded text: bigrams of Han runs, whole Latin words, whole numbers."""
    terms: list[str] = []
    for run in _RUNS.findall(folded):
        if run[0] >= "\u3400":
            terms += [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]
        else:
            terms.append(run)
    return terms


class LexicalIndex:
    """Exact BM25 scores of all rows at once."""

    def __init__(self, texts: Sequence[str], k1: float, b: float) -> None:
        counts = [Counter(lexical_terms(text)) for text in texts]
        self.vocabulary = {term: i for i, term in enumerate(sorted(set().union(*counts)))}
        n = len(texts)
        lengths = np.array([sum(c.values()) for c in counts], np.float32)
        norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()), 1.0)) if n else lengths
        postings: dict[int, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            for term, tf in count.items():
                weight = tf * (k1 + 1) / (tf + float(norm[row]))
                postings.setdefault(self.vocabulary[term], []).append((row, weight))
        self.idf = np.zeros(len(self.vocabulary), np.float32)
        self._rows: dict[int, NDArray[np.int32]] = {}
        self._weights: dict[int, Scores] = {}
        for term_id, entries in postings.items():
            df = len(entries)
            self.idf[term_id] = np.log(1 + (n - df + 0.5) / (df + 0.5))
            self._rows[term_id] = np.array([row for row, _ in entries], np.int32)
            self._weights[term_id] = np.array([w for _, w in entries], np.float32) * self.idf[term_id]
        self.size = n
        self.unseen_idf = float(np.log(1 + (n + 0.5) / 0.5)) if n else 0.0

    def score(self, terms: Iterable[str]) -> Scores:
        """Return the BM25 score of every row; float32, shape (n,). Repeated query terms count once."""
        scores = np.zeros(self.size, np.float32)
        for term_id in sorted({self.vocabulary[t] for t in terms if t in self.vocabulary}):
            scores[self._rows[term_id]] += self._weights[term_id]
        return scores

    def weight(self, term: str) -> float:
        """Return the inverse document frequency of a term; a term in no row gets the highest."""
        term_id = self.vocabulary.get(term)
        return self.unseen_idf if term_id is None else float(self.idf[term_id])
