"""The Chroma collection of clauses, written and read through llama-index."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from math import log
from pathlib import Path
from types import TracebackType

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.vector_stores.types import (
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.errors import IndexDamagedError
from corpus.types import Clause
from index.embedding import Vectors
from index.nodes import POLICY, from_node, to_node

CHROMA_FOLDER = "chroma"
COLLECTION = "clauses"
_WRITE_BATCH = 500


def _client(folder: Path) -> Client:
    client = chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False)
    )
    if not isinstance(client, Client):  # only Client can release its files
        raise IndexDamagedError(f"Chroma gave a {type(client).__name__}: install the chromadb of requirements.lock")
    return client


def write_store(folder: Path, clauses: Sequence[Clause], vectors: Vectors) -> None:
    """Write a new collection; the vectors are supplied, Chroma embeds nothing.

    vectors: float32, shape (len(clauses), dim), unit length.
    """
    client = _client(folder)
    try:
        collection = client.create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )
        pipeline = IngestionPipeline(
            transformations=[], vector_store=ChromaVectorStore(chroma_collection=collection), disable_cache=True
        )
        for at in range(0, len(clauses), _WRITE_BATCH):
            rows = range(at, min(at + _WRITE_BATCH, len(clauses)))
            pipeline.run(nodes=[to_node(clauses[i], vectors[i].tolist()) for i in rows], show_progress=False)
    finally:
        client.close()
        gc.collect()


class ClauseStore:
    """An opened collection; read only."""

    def __init__(self, folder: Path) -> None:
        client: Client | None = None
        try:
            client = _client(folder)
            collection = client.get_collection(COLLECTION, embedding_function=None)
            self.count = int(collection.count())
        except Exception as error:  # Chroma raises bare exceptions of its Rust core
            if client is not None:
                client.close()
            raise IndexDamagedError(
                f"the Chroma collection in {folder.parent.name!r} does not open ({error}): run `dudao index build`"
            ) from error
        self._client = client
        self._store = ChromaVectorStore(chroma_collection=collection)

    def nearest(self, vector: Sequence[float], top_k: int, policies: Sequence[str] = ()) -> list[tuple[Clause, float]]:
        """Return the `top_k` clauses nearest to a unit vector with their cosines, best first; ties by id.

        policies: document ids to search; all where empty.
        """
        query = VectorStoreQuery(
            query_embedding=list(vector), similarity_top_k=min(top_k, self.count), filters=_filters(policies)
        )
        result = self._store.query(query)
        # llama-index turns Chroma's cosine distance d into exp(-d); the cosine is 1 - d
        found = [
            (from_node(node), 1.0 + _log(similarity))
            for node, similarity in zip(result.nodes or (), result.similarities or (), strict=True)
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].id))

    def close(self) -> None:
        """Release the files."""
        self._client.close()

    def __enter__(self) -> ClauseStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _log(similarity: float) -> float:
    return log(similarity) if similarity > 0 else -2.0


def _filters(policies: Sequence[str]) -> MetadataFilters | None:
    if not policies:
        return None
    return MetadataFilters(filters=[MetadataFilter(key=POLICY, value=list(policies), operator=FilterOperator.IN)])
