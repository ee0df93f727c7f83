"""The optional reranker, with a tiny cross-encoder that is made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from corpus.errors import ModelError
from index.rerank import CrossEncoderReranker

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"谁负责约谈督学比例由教育机构组织一对五"]


def tiny_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A model of random weights that reads single characters."""
    folder.mkdir()
    words = list(dict.fromkeys(WORDS))
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, initializer_range=1.0, id2label={n: str(n) for n in range(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_a_local_folder_is_loaded_and_scores_pairs(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(tiny_cross_encoder(tmp_path / "tiny"))
    scores = reranker.score("谁负责约谈", ["由督学约谈", "比例一对五", "由督学约谈"])
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert abs(scores[0] - scores[1]) > 1e-6


def test_no_passages_no_scores(tmp_path: Path) -> None:
    assert CrossEncoderReranker(tiny_cross_encoder(tmp_path / "tiny")).score("谁", []).shape == (0,)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no config.json"):
        CrossEncoderReranker(tmp_path)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    folder = tiny_cross_encoder(tmp_path / "tiny")
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="does not load"):
        CrossEncoderReranker(folder)


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="3 scores a pair"):
        CrossEncoderReranker(tiny_cross_encoder(tmp_path / "tiny", labels=3))
