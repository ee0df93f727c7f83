"""How close measures stand to topics: cosines of the index's vectors with the middle of each topic's sure measures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.open import OpenIndex


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Closeness:
    """Cosines in [-1, 1] of measures with topics, shape (measures, topics); all vectors are taken from their mean.

    A measure that is itself sure of a topic does not count towards that topic's middle, so that every figure is one
    of a measure that the topic has not seen. A topic without another sure measure has -1.
    """

    measures: tuple[str, ...]
    topics: tuple[str, ...]
    cosines: Floats

    def best(self, measure: str) -> tuple[str, float, float]:
        """Return the nearest topic of a measure, its cosine, and how far the second nearest lies behind."""
        row = self.cosines[self.measures.index(measure)]
        first, second = np.argsort(-row, kind="stable")[:2]
        return self.topics[first], float(row[first]), float(row[first] - row[second])


def closeness(vectors: Floats, measures: Sequence[str], sure: Collection[tuple[str, str]]) -> Closeness:
    """Return how close measures stand to the topics of `sure` placements.

    vectors: float32, shape (measures, dim). sure: pairs of topic and measure.
    """
    centred = _unit(vectors - vectors.mean(axis=0))
    topics = tuple(dict.fromkeys(topic for topic, _ in sorted(sure)))
    cosines = np.full((len(measures), len(topics)), -1, np.float32)
    for column, topic in enumerate(topics):
        inside = np.array([(topic, m) in sure for m in measures])
        total = centred[inside].sum(axis=0)
        # what is left of the sum without the measure itself
        others = np.where(inside[:, None], total - centred, total)
        known = inside.sum() - inside > 0
        cosines[known, column] = (centred * _unit(others)).sum(axis=1)[known]
    return Closeness(tuple(measures), topics, cosines)


def measure_closeness(index: OpenIndex, sure: Collection[tuple[str, str]]) -> Closeness:
    """Return the closeness of every measure of an index; a measure is the mean of its clauses."""
    ids = [clause.measure_id for clause in index.units.clauses]
    measures = tuple(dict.fromkeys(ids))
    row_of = {m: row for row, m in enumerate(measures)}
    sums = np.zeros((len(measures), index.clause_vectors.shape[1]), np.float32)
    np.add.at(sums, [row_of[i] for i in ids], index.clause_vectors)
    return closeness(_unit(sums), measures, sure)


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = (vectors / np.where(length == 0, 1, length)).astype(np.float32)
    return unit
