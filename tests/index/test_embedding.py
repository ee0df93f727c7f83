"""The embedder that loads in the background."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from corpus.errors import ModelError
from index.embedding import BackgroundEmbedder, Embedder, HashEmbedder


def test_a_question_waits_for_the_model() -> None:
    ready = threading.Event()

    def load() -> Embedder:
        assert ready.wait(10)
        return HashEmbedder(16)

    embedder = BackgroundEmbedder(load, "hash-16", 16, 0)
    ready.set()
    assert np.array_equal(embedder.embed_queries(["约谈"]), HashEmbedder(16).embed_queries(["约谈"]))
    assert np.array_equal(embedder.embed_passages(["约谈"]), HashEmbedder(16).embed_passages(["约谈"]))


def test_a_failure_to_load_is_raised_at_every_call() -> None:
    def load() -> Embedder:
        raise ModelError("the model is damaged: run `dudao model prepare`")

    embedder = BackgroundEmbedder(load, "none", 16, 0)
    for _ in range(2):
        with pytest.raises(ModelError, match="dudao model prepare"):
            embedder.embed_queries(["约谈"])
