"""An index of one document over the real Chroma, with a fake embedder."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from corpus.load import DEFAULT_ROOT, Corpus, load_document
from index.build import build_index
from index.embedding import HashEmbedder
from index.settings import IndexSettings


@pytest.fixture(scope="session")
def dazu() -> Corpus:
    return Corpus((load_document(DEFAULT_ROOT / "dazu"),))


@pytest.fixture(scope="session")
def changed(dazu: Corpus) -> Corpus:
    (document,) = dazu.documents
    return Corpus((dataclasses.replace(document, meta=dataclasses.replace(document.meta, number="另一文号")),))


@pytest.fixture(scope="session")
def grown(dazu: Corpus) -> Corpus:
    """The corpus with another document added."""
    return Corpus((*dazu.documents, load_document(DEFAULT_ROOT / "hainan")))


@pytest.fixture(scope="session")
def built(dazu: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    build_index(root, dazu, HashEmbedder(), IndexSettings.model_validate({}))
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the built index, free to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "index"))
