"""Plain retrieval to stand beside the engine: BM25 only, dense only, and llama-index as it comes.

Each quotes the best measure whole (llama-index: those that its best chunk touches) and never abstains. A follow-up is
searched with its history put before it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.types import Answer, Timing
from corpus.load import Corpus
from corpus.script import fold
from corpus.types import PolicyDocument
from eval.baselines import quoting
from eval.metrics import ranked
from index.embedding import TextEmbedder, Vectors
from index.lexical import LexicalIndex, lexical_terms

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex

# k1 and b as BM25 is commonly run (Robertson and Zaragoza, 2009), not as they were tuned here
_K1, _B = 1.2, 0.75
_DEPTH = 20

# measure ids best first, and how many of them to quote
Ranking = Callable[[str], tuple[Sequence[str], int]]


class RankOnly:
    """Answers with what a ranking puts first."""

    def __init__(self, corpus: Corpus, ranking: Ranking) -> None:
        self.corpus = corpus
        self._ranking = ranking

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Quote the measures ranked first."""
        started = time.perf_counter()
        ids, quoted = self._ranking(" ".join((*history, question)))
        kept = [i for i in ids if not policies or i.split("/")[0] in policies]
        spent = (time.perf_counter() - started) * 1000
        measures = [self.corpus.measures[i] for i in kept[:quoted]]
        return quoting(self.corpus, question, measures, kept[:_DEPTH], Timing(spent, 0.0, spent, 0.0))


def bm25_only(corpus: Corpus) -> RankOnly:
    """BM25 over the folded text of each measure, nothing else."""
    ids = list(corpus.measures)
    lexical = LexicalIndex([fold(measure.text) for measure in corpus.measures.values()], _K1, _B)

    def ranking(text: str) -> tuple[Sequence[str], int]:
        return ranked(dict(zip(ids, lexical.score(lexical_terms(fold(text))).tolist(), strict=True))), 1

    return RankOnly(corpus, ranking)


def dense_only(corpus: Corpus, measure_ids: Sequence[str], vectors: Vectors, embedder: TextEmbedder) -> RankOnly:
    """Cosine with clause vectors, the best clause of each measure.

    measure_ids: of each row of `vectors`. vectors: float32, shape (n, dim), unit length.
    """

    def ranking(text: str) -> tuple[Sequence[str], int]:
        best: dict[str, float] = {}
        cosines = vectors @ embedder.embed_queries([text])[0]
        for measure_id, cosine in zip(measure_ids, cosines.tolist(), strict=True):
            best[measure_id] = max(cosine, best.get(measure_id, -1.0))
        return ranked(best), 1

    return RankOnly(corpus, ranking)


def llama_index_defaults(corpus: Corpus, raw_texts: dict[str, str], embedder: TextEmbedder) -> RankOnly:
    """SentenceSplitter and VectorStoreIndex with their defaults on the raw text, with our embedding model.

    raw_texts: by document id. A chunk stands for every measure that it overlaps, in reading order.
    """
    index = _vector_store_index(raw_texts, embedder)
    retriever = index.as_retriever(similarity_top_k=_DEPTH)
    places = {document.meta.id: raw_places(document) for document in corpus.documents}

    def ranking(text: str) -> tuple[Sequence[str], int]:
        ids: list[str] = []
        quoted = 0
        for hit in retriever.retrieve(text):
            node = hit.node
            start, end = getattr(node, "start_char_idx", None), getattr(node, "end_char_idx", None)
            if start is not None and end is not None:
                ids += [i for i, (a, b) in places[node.metadata["policy_id"]].items() if a < end and start < b]
            quoted = quoted or len(ids)
        return tuple(dict.fromkeys(ids)), quoted

    return RankOnly(corpus, ranking)


def raw_places(document: PolicyDocument) -> dict[str, tuple[int, int]]:
    """Return the [start, end) of every measure in the raw text, in code points."""
    offsets = document.clean.raw_offsets
    return {m.id: (offsets[m.start], offsets[m.start + len(m.text) - 1] + 1) for m in document.measures if m.text}


def _vector_store_index(raw_texts: dict[str, str], embedder: TextEmbedder) -> VectorStoreIndex:
    # imported here: llama-index takes seconds to import
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    class Adapter(BaseEmbedding):
        """Our embedder as llama-index asks for one."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedder.embed_queries([query])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed_passages([text])[0]]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in embedder.embed_passages(texts)]

    documents = [
        Document(text=text, metadata={"policy_id": name}, excluded_embed_metadata_keys=["policy_id"])
        for name, text in raw_texts.items()
    ]
    return VectorStoreIndex.from_documents(
        documents, transformations=[SentenceSplitter()], embed_model=Adapter(model_name=embedder.name)
    )


class EmbedOnce:
    """An embedder that keeps the vector of each query, for several configurations asked the same questions."""

    def __init__(self, embedder: TextEmbedder) -> None:
        self.name, self.dim = embedder.name, embedder.dim
        self._embedder = embedder
        self._kept: dict[str, Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            self._kept.update(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.stack([self._kept[text] for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage; nothing is kept."""
        return self._embedder.embed_passages(texts)
