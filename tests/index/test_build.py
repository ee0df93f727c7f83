"""Building and opening an index over the real Chroma, with a fake embedder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, IndexFault, IndexStaleError
from corpus.load import Corpus
from index.build import build_index
from index.embedding import HashEmbedder, Vectors
from index.manifest import current_folder, read_manifest
from index.open import open_index
from index.settings import IndexSettings
from index.verify import verify_folder

pytestmark = pytest.mark.integration

EMBEDDER = HashEmbedder()
SETTINGS = IndexSettings.model_validate({})
REBUILD = "dudao index build"


class FailingEmbedder(HashEmbedder):
    """Breaks down after some batches."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error, self._left = error, 2

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self._left < 0:
            raise self._error
        return super().embed_passages(texts)


def listing(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_building_twice_changes_nothing(root: Path, dazu: Corpus) -> None:
    before = listing(root)
    manifest, anew = build_index(root, dazu, FailingEmbedder(AssertionError("embedded again")), SETTINGS)
    assert (anew, listing(root)) == (False, before)
    assert manifest == read_manifest(current_folder(root))


def test_the_manifest_counts_what_was_built(root: Path, dazu: Corpus) -> None:
    manifest = read_manifest(current_folder(root))
    assert (manifest.documents, manifest.measures, manifest.model, manifest.dim) == (1, 23, EMBEDDER.name, EMBEDDER.dim)
    opened = open_index(root, dazu, EMBEDDER.name, SETTINGS)
    try:
        assert opened.store.count == manifest.clauses == len(opened.clause_vectors) == len(opened.units.clauses)
        assert manifest.sentences == len(opened.sentence_vectors) == len(opened.units.sentences)
        for row, clause in enumerate(opened.units.clauses):
            (nearest, cosine), *_ = opened.store.nearest(opened.clause_vectors[row].tolist(), 1)
            assert (nearest.id, nearest.span, nearest.text) == (clause.id, clause.span, clause.text)
            assert cosine == pytest.approx(1.0, abs=1e-3)
        assert opened.store.nearest(opened.clause_vectors[0].tolist(), 5, ["xiushan"]) == []
    finally:
        opened.close()


def test_a_build_reports_progress(dazu: Corpus, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    manifest, anew = build_index(
        tmp_path, dazu, EMBEDDER, SETTINGS, lambda done, total: seen.append((done, total)), verify_folder
    )
    total = manifest.embedded
    assert 0 < total <= manifest.clauses + manifest.sentences
    assert anew and seen[-1] == (total, total) and [s[0] for s in seen] == sorted({s[0] for s in seen})


@pytest.mark.parametrize("change", ["corpus", "model", "settings"])
def test_other_inputs_make_the_index_stale(root: Path, dazu: Corpus, changed: Corpus, change: str) -> None:
    given = changed if change == "corpus" else dazu
    model = "another" if change == "model" else EMBEDDER.name
    settings = IndexSettings.model_validate({"bm25_b": 0.5} if change == "settings" else {})
    with pytest.raises(IndexStaleError, match=REBUILD):
        open_index(root, given, model, settings)


def test_a_changed_corpus_gets_a_folder_of_its_own(root: Path, changed: Corpus) -> None:
    before = current_folder(root)
    kept = listing(before)
    _, anew = build_index(root, changed, EMBEDDER, SETTINGS, verify=verify_folder)
    assert anew and current_folder(root) != before and listing(before) == kept
    open_index(root, changed, EMBEDDER.name, SETTINGS).close()


@pytest.mark.parametrize("error", [RuntimeError("no more memory"), KeyboardInterrupt(), OSError(28, "No space left")])
def test_a_build_that_breaks_leaves_the_old_index_current(root: Path, grown: Corpus, error: BaseException) -> None:
    before = listing(root)
    raised = IndexFault if isinstance(error, OSError) else type(error)
    with pytest.raises(raised):
        build_index(root, grown, FailingEmbedder(error), SETTINGS)
    assert listing(root) == before


def test_a_build_that_fails_its_check_leaves_the_old_index_current(root: Path, changed: Corpus) -> None:
    def refuse(folder: Path) -> None:
        raise IndexDamagedError(f"the index {folder.name!r} fails its check")

    before = listing(root)
    with pytest.raises(IndexDamagedError):
        build_index(root, changed, EMBEDDER, SETTINGS, verify=refuse)
    assert listing(root) == before and not list(root.glob("building-*"))


def test_a_root_that_cannot_be_written_is_one_sentence(dazu: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(IndexFault, match="DUDAO_DATA"):
        build_index(tmp_path / "file", dazu, EMBEDDER, SETTINGS)
