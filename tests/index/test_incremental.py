"""A build embeds what is new and takes over the rest, and never from an index that it cannot trust."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from app.assemble import build_embedder
from app.settings import Settings, read_settings
from corpus.errors import ModelError
from corpus.glossary import load_taiwan_words
from corpus.load import DEFAULT_ROOT, Corpus, load_document
from index.build import build_index
from index.embedding import Embedder, HashEmbedder, Vectors
from index.manifest import MANIFEST, POINTER, Manifest, current_folder, read_manifest
from index.open import open_index
from index.search_text import SearchText
from index.settings import IndexSettings
from index.unit_vectors import FILES, TEXTS, text_sum
from index.units import make_units
from index.verify import verify_folder

pytestmark = pytest.mark.integration

SETTINGS = IndexSettings.model_validate({})


class CountingEmbedder(HashEmbedder):
    """Keeps what it was asked to embed."""

    def __init__(self, dim: int = 64) -> None:
        super().__init__(dim)
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_passages(texts)


def embedded_texts(corpus: Corpus) -> set[str]:
    units = make_units(corpus, SearchText(load_taiwan_words()), SETTINGS)
    return {*units.clause_texts, *units.sentence_texts}


def build(root: Path, corpus: Corpus, embedder: Embedder) -> Manifest:
    manifest, anew = build_index(root, corpus, embedder, SETTINGS, verify=verify_folder)
    assert anew
    return manifest


def vectors(root: Path, corpus: Corpus, model: str) -> Vectors:
    opened = open_index(root, corpus, model, SETTINGS)
    opened.close()
    return np.concatenate([opened.clause_vectors, opened.sentence_vectors])


def token_lengths(root: Path, corpus: Corpus, model: str) -> list[int]:
    opened = open_index(root, corpus, model, SETTINGS)
    opened.close()
    return list(map(len, np.split(opened.sentence_tokens.vectors, opened.sentence_tokens.starts[1:])))


def test_adding_a_document_embeds_its_texts_alone(root: Path, dazu: Corpus, grown: Corpus, tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    manifest = build(root, grown, embedder)
    new = embedded_texts(grown) - embedded_texts(dazu)
    assert sorted(embedder.asked) == sorted(new) and manifest.embedded == len(new) > 0
    build(tmp_path / "scratch", grown, HashEmbedder())
    assert np.array_equal(vectors(root, grown, embedder.name), vectors(tmp_path / "scratch", grown, embedder.name))
    lengths = [token_lengths(path, grown, embedder.name) for path in (root, tmp_path / "scratch")]
    assert lengths[0] == lengths[1] and len(set(lengths[0])) > 5


def test_removing_a_document_embeds_nothing(root: Path, dazu: Corpus, grown: Corpus) -> None:
    build(root, grown, HashEmbedder())
    hainan = Corpus(grown.documents[1:])
    embedder = CountingEmbedder()
    assert build(root, hainan, embedder).embedded == 0
    assert embedder.asked == []
    assert build(root, dazu, embedder).embedded == len(embedder.asked) == len(embedded_texts(dazu))


def test_changing_metadata_alone_embeds_nothing(root: Path, changed: Corpus) -> None:
    embedder = CountingEmbedder()
    assert (build(root, changed, embedder).embedded, embedder.asked) == (0, [])


def test_a_text_that_stands_twice_is_embedded_once(dazu: Corpus, tmp_path: Path) -> None:
    (document,) = dazu.documents
    twin = dataclasses.replace(
        document,
        meta=dataclasses.replace(document.meta, id="twin"),
        measures=tuple(
            dataclasses.replace(m, id=m.id.replace("dazu", "twin"), document_id="twin", path=())
            for m in document.measures
        ),
        parts=(),
    )
    both = Corpus((document, twin))
    embedder = CountingEmbedder()
    build(tmp_path, both, embedder)
    assert len(embedder.asked) == len(set(embedder.asked)) == len(embedded_texts(both))


def test_the_texts_of_the_rows_are_recorded(root: Path, dazu: Corpus) -> None:
    folder = current_folder(root)
    units = make_units(dazu, SearchText(load_taiwan_words()), SETTINGS)
    recorded = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    assert recorded == [[text_sum(text) for text in texts] for texts in (units.clause_texts, units.sentence_texts)]
    assert TEXTS in read_manifest(folder).files


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_a_damaged_index_is_not_taken_over(root: Path, grown: Corpus, name: str, harm: str) -> None:
    path = current_folder(root) / name
    if harm == "missing":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    embedder = CountingEmbedder()
    build(root, grown, embedder)
    assert len(embedder.asked) == len(embedded_texts(grown))


@pytest.mark.parametrize("change", [{"format": 1}, {"model": "another"}, {"dim": 32}])
def test_an_index_of_another_kind_is_not_taken_over(root: Path, grown: Corpus, change: dict[str, object]) -> None:
    path = current_folder(root) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **change}), encoding="utf-8")
    embedder = CountingEmbedder()
    build(root, grown, embedder)
    assert len(embedder.asked) == len(embedded_texts(grown))


def test_another_model_embeds_everything(root: Path, dazu: Corpus) -> None:
    embedder = CountingEmbedder(dim=32)
    assert build(root, dazu, embedder).embedded == len(embedder.asked) == len(embedded_texts(dazu))


def test_without_a_pointer_everything_is_embedded(root: Path, dazu: Corpus) -> None:
    (root / POINTER).unlink()
    embedder = CountingEmbedder()
    build(root, dazu, embedder)
    assert len(embedder.asked) == len(embedded_texts(dazu))


@pytest.fixture(scope="module")
def real() -> Embedder:
    settings: Settings = read_settings()
    try:
        return build_embedder(settings)
    except ModelError as error:
        pytest.fail(f"this test needs the embedding model: {error}")


def test_an_index_that_grew_agrees_with_one_built_from_nothing(real: Embedder, tmp_path: Path) -> None:
    """With the real model, whose sums round otherwise in other batches."""
    dazu = load_document(DEFAULT_ROOT / "dazu")
    few, whole = (Corpus((dataclasses.replace(dazu, measures=dazu.measures[2:end]),)) for end in (6, 9))
    first = build(tmp_path / "grown", few, real)
    second = build(tmp_path / "grown", whole, real)
    scratch = build(tmp_path / "scratch", whole, real)
    assert 0 < second.embedded < scratch.embedded == len(embedded_texts(whole))
    assert first.embedded + second.embedded == scratch.embedded
    grown, built = (vectors(tmp_path / name, whole, real.name) for name in ("grown", "scratch"))
    assert np.allclose(grown, built, atol=1e-5)
    assert np.allclose(np.linalg.norm(grown, axis=1), 1, atol=1e-5)
