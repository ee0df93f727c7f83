"""Text to unit vectors. sentence-transformers is the only way to embed; the fake for tests stands beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Queries and passages to vectors: float32, shape (n, dim), unit length.

    name: identifies the model and its weights; part of the index's fingerprint.
    """

    name: str
    dim: int

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or name; prompts `query` and `passage` are used where it has them."""

    def __init__(self, model: str, name: str, batch_size: int = 16) -> None:
        self._model = _load(model)
        self.name = name
        self.dim = int(self._model.get_embedding_dimension() or 0)
        self._batch_size = batch_size

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return self._embed(texts, "query")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage."""
        return self._embed(texts, "passage")

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt_name=prompt if prompt in self._model.prompts else None,
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, np.float32)


def _load(model: str) -> SentenceTransformer:
    # imported here: torch takes seconds to import and half of the commands never embed
    from sentence_transformers import SentenceTransformer

    if Path(model).exists() and not (Path(model) / "modules.json").exists():
        raise ModelError(f"{model!r} is not a sentence-transformers folder (no modules.json): set DUDAO_MODEL to one")
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"the embedding model {model!r} does not load ({type(error).__name__}: {error}): "
            "run `dudao model prepare`, or set DUDAO_MODEL to the folder of a sentence-transformers model"
        ) from error


class BackgroundEmbedder:
    """An embedder that loads in a thread of its own, so that a server can answer while torch is still being read.

    Who asks before it is there waits; a failure to load is raised at every call.
    """

    def __init__(self, load: Callable[[], Embedder], name: str, dim: int) -> None:
        self.name = name
        self.dim = dim
        self._loading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedder")
        self._embedder = self._loading.submit(load)
        self._loading.shutdown(wait=False)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return self._embedder.result().embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage."""
        return self._embedder.result().embed_passages(texts)


class HashEmbedder:
    """A fake for tests: a text's vector is the sum of seeded random vectors of its character bigrams."""

    def __init__(self, dim: int = 64) -> None:
        self.name = f"hash-{dim}"
        self.dim = dim

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage, made as for queries."""
        return self.embed_queries(texts)

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dim, 1e-6, np.float64)
        for a, b in zip(text, text[1:], strict=False):
            seed = int.from_bytes(hashlib.sha256((a + b).encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dim)
        return np.asarray(total / np.linalg.norm(total), np.float32)
