"""Reranking: a cross-encoder reads question and clause together. Off unless a local model folder is set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

Floats = NDArray[np.float32]


class Reranker(Protocol):
    """Judges how well passages answer a question; higher is better, and only the order counts."""

    def score(self, question: str, passages: Sequence[str]) -> Floats:
        """Return one score a passage, shape (passages,)."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder from a local folder.

    :raises ModelError: the folder is missing, holds no model, or a model that gives more than one score a pair.
    """

    def __init__(self, folder: Path) -> None:
        # imported here: torch takes seconds to import, and without the setting nothing needs this class
        from sentence_transformers import CrossEncoder

        if not (folder / "config.json").is_file():
            raise ModelError(
                f"the reranker {folder} is not a model folder (no config.json): "
                "set DUDAO_RERANKER to the folder of a sentence-transformers cross-encoder, or leave it unset"
            )
        try:
            self._model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise ModelError(
                f"the reranker {folder} does not load ({type(error).__name__}: {error}): "
                "set DUDAO_RERANKER to the folder of a sentence-transformers cross-encoder, or leave it unset"
            ) from error
        if self._model.num_labels != 1:
            raise ModelError(
                f"the reranker {folder} gives {self._model.num_labels} scores a pair, one is needed: "
                "set DUDAO_RERANKER to a cross-encoder made for ranking"
            )

    def score(self, question: str, passages: Sequence[str]) -> Floats:
        """Return one score a passage, shape (passages,)."""
        if not passages:
            return np.zeros(0, np.float32)
        pairs = [(question, passage) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32)


class WordReranker:
    """A fake for tests: a passage scores as many characters of the question as it holds."""

    def score(self, question: str, passages: Sequence[str]) -> Floats:
        """Return one score a passage, shape (passages,)."""
        return np.array([len(set(question) & set(p)) for p in passages], np.float32)
