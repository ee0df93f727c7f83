"""What an index says when its files are missing, zeroed, truncated or exchanged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamagedError, IndexMissingError
from corpus.load import Corpus
from index.build import build_index, verify_in_child
from index.embedding import HashEmbedder
from index.manifest import MANIFEST, POINTER, current_folder
from index.open import open_index
from index.settings import IndexSettings
from index.store import CHROMA_FOLDER, ClauseStore, write_store
from index.unit_vectors import CLAUSE_VECTORS
from index.unit_vectors import FILES as VECTOR_FILES
from index.verify import verify_folder

pytestmark = pytest.mark.integration

EMBEDDER = HashEmbedder()
SETTINGS = IndexSettings.model_validate({})
REBUILD = "dudao index build"
DATABASE = f"{CHROMA_FOLDER}/chroma.sqlite3"


def damage(path: Path, harm: str) -> None:
    data = path.read_bytes()
    assert data
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(bytes(len(data)) if harm == "zeroed" else data[: len(data) // 2])


FILES = (*VECTOR_FILES, MANIFEST)
CASES = [(n, h) for n in FILES for h in ("missing", "zeroed", "truncated")]


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        *CASES,
        (DATABASE, "missing"),
        pytest.param(DATABASE, "zeroed"),
        pytest.param(DATABASE, "truncated"),
    ],
)
def test_damaged_files_are_detected(root: Path, dazu: Corpus, name: str, harm: str) -> None:
    folder = current_folder(root)
    damage(folder / name, harm)
    with pytest.raises(IndexDamagedError, match=REBUILD) as caught:
        open_index(root, dazu, EMBEDDER.name, SETTINGS).close()
    assert "\n" not in str(caught.value)
    with pytest.raises(IndexDamagedError):
        verify_folder(folder)


@pytest.mark.parametrize("harm", ["missing", "zeroed", "truncated"])
def test_damaged_vectors_are_built_anew(root: Path, dazu: Corpus, harm: str) -> None:
    old = current_folder(root)
    damage(old / CLAUSE_VECTORS, harm)
    _, anew = build_index(root, dazu, EMBEDDER, SETTINGS, verify=verify_folder)
    assert anew and current_folder(root) != old
    open_index(root, dazu, EMBEDDER.name, SETTINGS).close()


def test_a_missing_pointer(root: Path, dazu: Corpus) -> None:
    (root / POINTER).unlink()
    with pytest.raises(IndexMissingError, match=REBUILD):
        open_index(root, dazu, EMBEDDER.name, SETTINGS)


@pytest.mark.parametrize("name", ["", "gone-1"])
def test_a_pointer_to_nothing(root: Path, dazu: Corpus, name: str) -> None:
    (root / POINTER).write_text(name, encoding="utf-8")
    with pytest.raises(IndexMissingError, match=REBUILD):
        open_index(root, dazu, EMBEDDER.name, SETTINGS)


def test_a_manifest_of_another_format(root: Path, dazu: Corpus) -> None:
    path = current_folder(root) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "colour": 1}), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=REBUILD):
        open_index(root, dazu, EMBEDDER.name, SETTINGS)


def test_verify_finds_a_store_with_other_vectors(root: Path, dazu: Corpus) -> None:
    folder = current_folder(root)
    verify_in_child(folder)
    opened = open_index(root, dazu, EMBEDDER.name, SETTINGS)
    opened.close()
    shutil.rmtree(folder / CHROMA_FOLDER)
    write_store(folder / "other", opened.units.clauses, opened.clause_vectors * np.float32(-1))
    (folder / "other").rename(folder / CHROMA_FOLDER)
    with pytest.raises(IndexDamagedError, match=f"does not find itself.*{REBUILD}"):
        verify_in_child(folder)


def test_verify_finds_a_store_with_clauses_missing(root: Path, dazu: Corpus) -> None:
    folder = current_folder(root)
    opened = open_index(root, dazu, EMBEDDER.name, SETTINGS)
    opened.close()
    write_store(folder / "other", opened.units.clauses[1:], opened.clause_vectors[1:])
    shutil.rmtree(folder / CHROMA_FOLDER)
    (folder / "other").rename(folder / CHROMA_FOLDER)
    with pytest.raises(IndexDamagedError, match="Chroma holds"):
        verify_folder(folder)
    with pytest.raises(IndexDamagedError, match=REBUILD):
        open_index(root, dazu, EMBEDDER.name, SETTINGS)


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match=REBUILD):
        ClauseStore(tmp_path / CHROMA_FOLDER)
