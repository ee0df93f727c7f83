"""The vectors of an index's clauses and sentences, as arrays and as files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding import Vectors
from index.late import SentenceTokens
from index.units import Units

CLAUSE_VECTORS, SENTENCE_VECTORS, TEXTS = "vectors.npy", "sentences.npy", "texts.json"
TOKENS, TOKEN_STARTS = "tokens.npy", "token_starts.npy"
FILES = (CLAUSE_VECTORS, SENTENCE_VECTORS, TOKENS, TOKEN_STARTS, TEXTS)


@dataclass(frozen=True, slots=True)
class UnitVectors:
    """clauses, sentences: float32, shape (n, dim), unit length, rows in the order of `Units`. tokens: of sentences."""

    clauses: Vectors
    sentences: Vectors
    tokens: SentenceTokens


def text_sum(text: str) -> str:
    """Return the hex sha256 by which an embedded text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def save_vectors(folder: Path, vectors: UnitVectors, units: Units) -> None:
    """Write the vectors with the sums of their texts; tokens as float16, which moves a cosine by less than 0.001."""
    np.save(folder / CLAUSE_VECTORS, vectors.clauses)
    np.save(folder / SENTENCE_VECTORS, vectors.sentences)
    np.save(folder / TOKENS, vectors.tokens.vectors.astype(np.float16))
    np.save(folder / TOKEN_STARTS, vectors.tokens.starts)
    sums = [_sums(units.clause_texts), _sums(units.sentence_texts)]
    (folder / TEXTS).write_text(json.dumps(sums), encoding="utf-8")


def load_vectors(folder: Path) -> UnitVectors:
    """Read the vectors.

    :raises OSError, ValueError: a file is missing or does not read.
    """
    tokens = np.load(folder / TOKENS).astype(np.float32, order="F")  # read column by column in `SentenceTokens.matches`
    return UnitVectors(
        np.load(folder / CLAUSE_VECTORS),
        np.load(folder / SENTENCE_VECTORS),
        SentenceTokens(tokens, np.load(folder / TOKEN_STARTS)),
    )


def load_sums(folder: Path) -> tuple[list[str], list[str]]:
    """Return the sums of the texts of clauses and of sentences, in the order of the rows.

    :raises OSError, ValueError: the file is missing or does not read.
    """
    clauses, sentences = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    return clauses, sentences


def _sums(texts: Sequence[str]) -> list[str]:
    return [text_sum(text) for text in texts]
