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
from index.late import LAYERS, LateHead, QueryTokens, equal_tokens, no_tokens

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]


class TextEmbedder(Protocol):
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


class Embedder(TextEmbedder, Protocol):
    """Gives the tokens of a text beside its vector.

    token_dim: length of a token's vector; 0 where the model has no late-interaction head, and then there are none.
    """

    @property
    def token_dim(self) -> int:
        """Length of a token's vector."""
        ...

    def read_query(self, text: str) -> tuple[Vectors, QueryTokens]:
        """Return the row of one query, shape (dim,), and its tokens."""
        ...

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return one row for each passage, and the vectors of each one's tokens, shape (tokens, token_dim)."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or name; prompts `query` and `passage` are used where it has them.

    head: the late-interaction head learned for this model; None for a model without one. states: whether
    `read_states` is to work without a head, as it must while one is being learned.
    """

    def __init__(
        self, model: str, name: str, head: LateHead | None = None, states: bool = False, batch_size: int = 16
    ) -> None:
        self._model = _load(model, layers=states or head is not None)
        self.name = name
        self.dim = int(self._model.get_embedding_dimension() or 0)
        self.head = head
        self._batch_size = batch_size
        self._lead = {prompt: text or "" for prompt, text in self._model.prompts.items()}
        # the tokens of the query's prompt, with the mark of the start and without that of the end
        self._query_start = int(self._model.preprocess([self._lead.get("query", "")])["input_ids"].shape[1]) - 1

    @property
    def token_dim(self) -> int:
        """Length of a token's vector."""
        return self.head.dim if self.head else 0

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

    def read_query(self, text: str) -> tuple[Vectors, QueryTokens]:
        """Return the row of one query, shape (dim,), and its tokens."""
        if self.head is None:
            return self.embed_queries([text])[0], no_tokens()
        rows, states = self.read_states([text], "query")
        return rows[0], self.head.query(states[0])

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return one row for each passage, and the vectors of each one's tokens, shape (tokens, token_dim)."""
        if self.head is None:
            return self.embed_passages(texts), [np.zeros((0, 0), np.float32) for _ in texts]
        rows, states = self.read_states(texts, "passage")
        return rows, [self.head.tokens(s) for s in states]

    def read_states(self, texts: Sequence[str], prompt: str) -> tuple[Vectors, list[Vectors]]:
        """Return the row of each text, and its token states: `LAYERS` each of unit length, side by side.

        The tokens that every text has (the prompt, the model's marks of start and end) are left out of a query; a
        passage keeps its prompt, to which words that it does not hold may turn.
        """
        import torch

        lead = self._lead.get(prompt, "")
        skipped = self._query_start if prompt == "query" else 1
        rows: list[Vectors] = []
        states: list[Vectors] = []
        for at in range(0, len(texts), self._batch_size):
            features = self._model.preprocess([lead + text for text in texts[at : at + self._batch_size]])
            with torch.inference_mode():
                out = self._model(features)
            rows += list(out["sentence_embedding"].numpy())
            blocks = [torch.nn.functional.normalize(out["all_layer_embeddings"][n], dim=-1) for n in LAYERS]
            joined = torch.cat(blocks, dim=-1).numpy()
            states += [joined[i, skipped : n - 1] for i, n in enumerate(out["attention_mask"].sum(1).tolist())]
        return np.stack(rows), states


def _load(model: str, layers: bool) -> SentenceTransformer:
    # imported here: torch takes seconds to import and half of the commands never embed
    from sentence_transformers import SentenceTransformer
    from threadpoolctl import threadpool_limits

    # after each product of numpy its threads wait in a busy loop and keep torch from the cores: on two cores a question
    # took 103 ms to embed beside them, 17 ms without, and the products themselves are no slower with one
    threadpool_limits(limits=1, user_api="blas")
    if Path(model).exists() and not (Path(model) / "modules.json").exists():
        raise ModelError(f"{model!r} is not a sentence-transformers folder (no modules.json): set DUDAO_MODEL to one")
    try:
        return SentenceTransformer(
            model, device="cpu", local_files_only=True, config_kwargs={"output_hidden_states": layers}
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"the embedding model {model!r} does not load ({type(error).__name__}: {error}): "
            "run `dudao model prepare`, or set DUDAO_MODEL to the folder of a sentence-transformers model"
        ) from error


class BackgroundEmbedder:
    """An embedder that loads in a thread of its own, so that a server can answer while torch is still being read.

    Who asks before it is there waits; a failure to load is raised at every call.
    """

    def __init__(self, load: Callable[[], Embedder], name: str, dim: int, token_dim: int) -> None:
        self.name = name
        self.dim = dim
        self.token_dim = token_dim
        self._loading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedder")
        self._embedder = self._loading.submit(load)
        self._loading.shutdown(wait=False)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return self._embedder.result().embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage."""
        return self._embedder.result().embed_passages(texts)

    def read_query(self, text: str) -> tuple[Vectors, QueryTokens]:
        """Return the row of one query and its tokens."""
        return self._embedder.result().read_query(text)

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the row of each passage and its tokens."""
        return self._embedder.result().read_passages(texts)


class HashEmbedder:
    """A fake for tests: a token is a character bigram with a seeded random vector, a text's vector their sum."""

    def __init__(self, dim: int = 64) -> None:
        self.name = f"hash-{dim}"
        self.dim = dim
        self.token_dim = dim

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each query."""
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each passage, made as for queries."""
        return self.embed_queries(texts)

    def read_query(self, text: str) -> tuple[Vectors, QueryTokens]:
        """Return the row of one query and its tokens, all of equal weight."""
        return self._vector(text), equal_tokens(self._tokens(text))

    def read_passages(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the row of each passage and its tokens."""
        return self.embed_passages(texts), [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> Vectors:
        rows = [self._of_bigram(a + b) for a, b in zip(text, text[1:], strict=False)]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dim, 1e-6, np.float64) + self._tokens(text).sum(axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def _of_bigram(self, bigram: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(bigram.encode()).digest()[:8], "big")
        row = np.random.default_rng(seed).standard_normal(self.dim)
        return np.asarray(row / np.linalg.norm(row), np.float32)
