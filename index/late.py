"""Late interaction: how well the tokens of a question are met by tokens of a sentence.

A token of a question is met by a sentence as well as the highest cosine with any token of the sentence says (Khattab
and Zaharia, ColBERT, SIGIR 2020). A learned projection makes the vectors small. Sentences are ordered by the mean of
this over the tokens, each with a learned share. Whether a sentence rules on the question is another matter: beside a
mean with other shares, each token has a bar and a price, and costs its price where no token of the sentence comes near
the bar, so that one word that is not met outweighs many that are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFault

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

HEAD_FILE = Path(__file__).parent / "late_head.npz"
LAYERS = (12, 8)  # hidden layers of the model whose states make a token's vector, each scaled to unit length
TEMPERATURE = 0.05  # of the order of sentences
READINGS = ("share", "ruling share", "price", "bar")
STEEPNESS = 12.0  # how fast a token's price falls due below its bar: from 12 % to 88 % of it within 4/STEEPNESS


@dataclass(frozen=True, slots=True)
class LateHead:
    """What is learned by `python -m eval.calibrate` for one model; width is that of its token states.

    mean: shape (width,). projection: shape (dim, width). readings: shape (4, width), biases: shape (4,): of a token of
    the question, its share in the order and in ruling and its price, each before softplus, and its bar, as `READINGS`
    names them. scale, shift: turn a mean of cosines into log-odds. model: fingerprint of the model it was learned on.
    """

    mean: Floats
    projection: Floats
    readings: Floats
    biases: Floats
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
        for part in (self.mean, self.projection, self.readings, self.biases):
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(repr((self.scale, self.shift, self.model)).encode())
        return digest.hexdigest()

    def tokens(self, states: Floats) -> Floats:
        """Return the vectors of token states: unit length, shape (tokens, dim)."""
        out = (states - self.mean) @ self.projection.T
        norms = np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
        return np.asarray(out / norms, np.float32)

    def query(self, states: Floats) -> QueryTokens:
        """Return the tokens of a question with what is read of each."""
        share, ruling, price, bar = (states @ self.readings.T + self.biases).T
        return QueryTokens(
            vectors=self.tokens(states),
            shares=_shares(np.logaddexp(0.0, share)),
            ruling_shares=_shares(np.logaddexp(0.0, ruling)),
            prices=np.asarray(np.logaddexp(0.0, price), np.float32),
            bars=np.asarray(bar, np.float32),
            scale=self.scale,
            shift=self.shift,
        )


def _shares(raw: NDArray[np.floating[Any]]) -> Floats:
    return np.asarray(raw / max(float(raw.sum()), 1e-6), np.float32)


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """A question's tokens: vectors of unit length, shape (tokens, dim).

    shares, ruling_shares: in the order of sentences and in whether they rule, shape (tokens,), sum 1. prices: log-odds
    that a token costs where it is not met, bars: cosine below which it is not, shape (tokens,). scale, shift: turn a
    mean of cosines into log-odds.
    """

    vectors: Floats
    shares: Floats
    ruling_shares: Floats
    prices: Floats
    bars: Floats
    scale: float = 1.0
    shift: float = 0.0


def equal_tokens(vectors: Floats) -> QueryTokens:
    """Return tokens that count alike and cost nothing."""
    count = len(vectors)
    shares, nothing = np.full(count, 1 / max(count, 1), np.float32), np.zeros(count, np.float32)
    return QueryTokens(vectors, shares, shares, nothing, nothing)


def no_tokens() -> QueryTokens:
    """Return the tokens of a question that is read by a model without a head."""
    return equal_tokens(np.zeros((0, 0), np.float32))


@dataclass(frozen=True, slots=True)
class LateScores:
    """Of each sentence, shape (sentences,). order: larger is nearer. rules: log-odds that it rules on the question."""

    order: Floats
    rules: Floats


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """Token vectors of all sentences one after another, shape (tokens, dim); starts: first row of each sentence."""

    vectors: Floats
    starts: Ints

    def matches(self, query: QueryTokens) -> Floats:
        """Return the highest cosine of each token of the question with each sentence; shape (tokens, sentences)."""
        if not len(self.starts) or not len(query.vectors):
            return np.zeros((len(query.vectors), len(self.starts)), np.float32)
        cosines = query.vectors @ self.vectors.T
        return np.asarray(np.maximum.reduceat(cosines, self.starts, axis=1), np.float32)

    def score(self, query: QueryTokens) -> LateScores:
        """Return order and log-odds of ruling of each sentence; zeros where the question has no tokens."""
        if not len(query.vectors):
            return LateScores(np.zeros(len(self.starts), np.float32), np.zeros(len(self.starts), np.float32))
        matches = self.matches(query)
        missed = 1 / (1 + np.exp(-STEEPNESS * (query.bars[:, None] - matches)))
        rules = query.scale * (query.ruling_shares @ matches) + query.shift - query.prices @ missed
        return LateScores(np.asarray(query.shares @ matches / TEMPERATURE, np.float32), np.asarray(rules, np.float32))


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
        readings=head.readings,
        biases=head.biases,
        numbers=np.array([head.scale, head.shift], np.float64),
        model=np.array(head.model),
    )


def load_head(path: Path = HEAD_FILE) -> LateHead:
    """Read a head.

    :raises IndexFault: the file is missing or does not read.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            scale, shift = map(float, data["numbers"])
            mean, projection, readings, biases = (data[n] for n in ("mean", "projection", "readings", "biases"))
            if not len(readings) == len(biases) == len(READINGS):
                raise ValueError(f"{len(readings)} readings of a token where {', '.join(READINGS)} are wanted")
            return LateHead(mean, projection, readings, biases, scale, shift, str(data["model"]))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise IndexFault(
            f"the late-interaction head {path.name} does not read ({error}): run `python -m eval.calibrate`"
        ) from error
