"""Late interaction: how well the tokens of a question are met by tokens of a sentence.

The score of a sentence is the weighted mean, over the tokens of the question, of the highest cosine with any token of
the sentence (Khattab and Zaharia, ColBERT, SIGIR 2020). A learned projection makes the vectors small, and a learned
weight says how much a token of the question bears on it, so that a word that no sentence meets costs what it is worth.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFault

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

HEAD_FILE = Path(__file__).parent / "late_head.npz"
LAYERS = (12, 8)  # hidden layers of the model whose states make a token's vector, each scaled to unit length


@dataclass(frozen=True, slots=True)
class LateHead:
    """What is learned by `python -m eval.calibrate` for one model; width is that of its token states.

    mean: shape (width,). projection: shape (dim, width). weight: shape (width,), bias: of the log-scale importance of a
    token of the question. scale, shift: turn a score into log-odds. model: fingerprint of the model it was learned on.
    """

    mean: Floats
    projection: Floats
    weight: Floats
    bias: float
    scale: float
    shift: float
    model: str

    @property
    def dim(self) -> int:
        """Length of a token's vector."""
        return int(self.projection.shape[0])

    @property
    def sha256(self) -> str:
        """Fingerprint of all that is learned."""
        digest = hashlib.sha256()
        for part in (self.mean, self.projection, self.weight):
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(repr((self.bias, self.scale, self.shift, self.model)).encode())
        return digest.hexdigest()

    def tokens(self, states: Floats) -> Floats:
        """Return the vectors of token states: unit length, shape (tokens, dim)."""
        out = (states - self.mean) @ self.projection.T
        norms = np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
        return np.asarray(out / norms, np.float32)

    def query(self, states: Floats) -> QueryTokens:
        """Return the tokens of a question with their shares."""
        raw = np.logaddexp(0.0, states @ self.weight + self.bias)
        shares = np.asarray(raw / max(float(raw.sum()), 1e-6), np.float32)
        return QueryTokens(self.tokens(states), shares, self.scale, self.shift)


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """A question's tokens: vectors of unit length, shape (tokens, dim), and their shares, shape (tokens,), sum 1.

    scale, shift: turn a score into log-odds.
    """

    vectors: Floats
    shares: Floats
    scale: float = 1.0
    shift: float = 0.0


def no_tokens() -> QueryTokens:
    """Return the tokens of a question that is read by a model without a head."""
    return QueryTokens(np.zeros((0, 0), np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """Token vectors of all sentences one after another, shape (tokens, dim); starts: first row of each sentence."""

    vectors: Floats
    starts: Ints

    def matches(self, query: QueryTokens) -> Floats:
        """Return the highest cosine of each token of the question with each sentence; shape (tokens, sentences)."""
        if not len(self.starts) or not len(query.vectors):
            return np.zeros((len(query.vectors), len(self.starts)), np.float32)
        cosines = self.vectors @ query.vectors.T
        return np.asarray(np.maximum.reduceat(cosines, self.starts, axis=0).T, np.float32)

    def score(self, query: QueryTokens) -> Floats:
        """Return the log-odds of each sentence, shape (sentences,); zeros where the question has no tokens."""
        if not len(query.vectors):
            return np.zeros(len(self.starts), np.float32)
        return np.asarray(query.scale * (query.shares @ self.matches(query)) + query.shift, np.float32)


def join_tokens(rows: Sequence[Floats]) -> SentenceTokens:
    """Return the tokens of sentences as one table; every sentence has at least one."""
    lengths = [len(row) for row in rows]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if rows else np.zeros(0)
    vectors = np.concatenate(list(rows)) if rows else np.zeros((0, 0), np.float32)
    return SentenceTokens(np.asarray(vectors, np.float32), starts.astype(np.int32))


def save_head(path: Path, head: LateHead) -> None:
    """Write a head."""
    np.savez(
        path,
        mean=head.mean,
        projection=head.projection,
        weight=head.weight,
        numbers=np.array([head.bias, head.scale, head.shift], np.float64),
        model=np.array(head.model),
    )


def load_head(path: Path = HEAD_FILE) -> LateHead:
    """Read a head.

    :raises IndexFault: the file is missing or does not read.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            bias, scale, shift = map(float, data["numbers"])
            return LateHead(data["mean"], data["projection"], data["weight"], bias, scale, shift, str(data["model"]))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise IndexFault(
            f"the late-interaction head {path.name} does not read ({error}): run `python -m eval.calibrate`"
        ) from error
