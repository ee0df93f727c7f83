"""The assistant with the real model, over an index of the five documents in a data folder of its own.

The index that `make setup` built is copied there; the build then embeds nothing where that one is up to date, and
everything where it is not.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.assemble import build_embedder, model_of, put_together
from app.assistant import Assistant
from app.settings import Settings, read_settings
from corpus.errors import ModelError
from corpus.load import Corpus, load_corpus
from index.build import build_index
from index.open import open_index


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder of its own; the model that `make setup` unpacked is linked into it."""
    given = read_settings()
    try:
        model_of(given)
    except ModelError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no embedding model: {error}")
    data = tmp_path_factory.mktemp("data")
    if not given.model:
        (data / "models").symlink_to((given.data / "models").resolve(), target_is_directory=True)
    if given.index_root.is_dir():
        shutil.copytree(given.index_root, data / "index", ignore=shutil.ignore_patterns("building-*"))
    return given.model_copy(update={"data": data})


@pytest.fixture(scope="session")
def assistant(ready: Settings, corpus: Corpus) -> Assistant:
    embedder = build_embedder(ready)
    build_index(ready.index_root, corpus, embedder, ready.index)
    return put_together(corpus, open_index(ready.index_root, corpus, embedder.name, ready.index), embedder)


@pytest.fixture
def environment(ready: Settings, assistant: Assistant) -> dict[str, str]:
    """Variables that point the command line at the session's index."""
    assert assistant.corpus.documents
    return {"DUDAO_DATA": str(ready.data), "DUDAO_MODEL": ready.model}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder
