"""Putting a reranker's order and the engine's own together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.rank import Scored
from index.rerank import Reranker

_RERANKED = 20  # measures that the reranker reads; as many as an answer lists
_FLAT = 60  # constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)


def reordered(scored: Scored, question: str, texts: Sequence[str], reranker: Reranker) -> Scored:
    """Return the scores with the best measures in the order of both, fused by reciprocal rank.

    The scores themselves are only dealt out anew: the decision whether anything answers was learned on how they lie,
    and a reranker of unknown scale may change who comes first, not how sure the engine is.

    texts: of each measure, shape (n,).
    """
    order = np.argsort(-np.where(scored.allowed, scored.rank, -np.inf), kind="stable")
    top = order[scored.allowed[order]][:_RERANKED]
    if len(top) < 2:
        return scored
    judged = reranker.score(question, [texts[i] for i in top])
    places = np.empty(len(top), np.int64)
    places[np.argsort(-judged, kind="stable")] = np.arange(len(top))
    fused = 1 / (_FLAT + np.arange(len(top))) + 1 / (_FLAT + places)
    rank = scored.rank.copy()
    rank[top[np.argsort(-fused, kind="stable")]] = scored.rank[top]
    return replace(scored, rank=rank)
