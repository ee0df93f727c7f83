"""Candidates for an answer: clauses near in meaning from Chroma and clauses that share words, fused."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle

from corpus.errors import InputError
from index.lexical import lexical_terms
from index.open import OpenIndex

CANDIDATES = 40
DENSE_CANDIDATES = 16  # each is read back from Chroma as a node of its own; single sentences bring up the rest


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]], k: int = 60) -> list[tuple[str, float]]:
    """Return ids with fused scores, best first, ties by id.

    The score of an id is the sum of 1 / (k + rank) over the rankings it stands in, rank from 1 (Cormack, Clarke and
    Buettcher, Reciprocal Rank Fusion, SIGIR 2009).
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


class HybridRetriever(BaseRetriever):
    """Dense and lexical search over clauses, within `policies` where any are given.

    The query bundle carries the text and its vector; nothing is embedded here.
    """

    def __init__(self, index: OpenIndex, policies: Sequence[str] = (), candidates: int = CANDIDATES) -> None:
        self._index = index
        self._policies = tuple(policies)
        self._candidates = candidates
        super().__init__(callback_manager=CallbackManager([]))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        if query_bundle.embedding is None:
            raise InputError("the query bundle has no vector: embed the query first")
        nodes = self._index.clause_nodes
        by_id = self._index.clause_rows
        dense = [c.id for c, _ in self._index.store.nearest(query_bundle.embedding, DENSE_CANDIDATES, self._policies)]
        fused = reciprocal_rank_fusion([dense, self._lexical(query_bundle.query_str)])
        return [NodeWithScore(node=nodes[by_id[i]], score=score) for i, score in fused]

    def _lexical(self, text: str) -> list[str]:
        clauses = self._index.units.clauses
        scores = self._index.clause_terms.score(lexical_terms(text))
        order = np.argsort(-scores, kind="stable")
        within = (clauses[i] for i in order if scores[i] > 0)
        return [c.id for c in within if not self._policies or c.document_id in self._policies][: self._candidates]
