"""Reading the corpus folder: every fault is one sentence with the document's id and what mends it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from corpus.errors import CorpusError, ParseError, SourceChangedError
from corpus.load import DEFAULT_ROOT, load_corpus, load_document, load_metadata


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one document, free to be spoilt."""
    shutil.copytree(DEFAULT_ROOT / "hainan", tmp_path / "hainan")
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(root: Path, kind: type[CorpusError], *words: str) -> None:
    with pytest.raises(kind) as caught:
        load_corpus(root)
    message = str(caught.value)
    assert "\n" not in message
    assert [w for w in words if w not in message] == []


def test_the_copied_document_reads_like_the_original(root: Path) -> None:
    assert load_corpus(root).documents == (load_document(DEFAULT_ROOT / "hainan"),)


def test_documents_come_in_order_of_their_ids() -> None:
    assert list(load_corpus().by_id) == ["dazu", "hainan", "tangshan", "weihai", "xiushan"]


def test_a_missing_source(root: Path) -> None:
    (root / "hainan" / "source.txt").unlink()
    refused(root, SourceChangedError, "'hainan'", "source.txt", "restore")


def test_a_changed_source(root: Path) -> None:
    source = root / "hainan" / "source.txt"
    recorded = hashlib.sha256(source.read_bytes()).hexdigest()
    source.write_bytes(source.read_bytes() + b" ")
    refused(root, SourceChangedError, "'hainan'", recorded[:12], "restore the file")


def test_a_source_in_another_encoding(root: Path) -> None:
    data = "督导".encode("gb18030")
    (root / "hainan" / "source.txt").write_bytes(data)
    meta = root / "hainan" / "meta.toml"
    rewrite(meta, load_document(DEFAULT_ROOT / "hainan").meta.sha256, hashlib.sha256(data).hexdigest())
    refused(root, ParseError, "'hainan'", "UTF-8")


def test_an_unknown_key(root: Path) -> None:
    rewrite(root / "hainan" / "meta.toml", "genre", 'colour = "red"\ngenre')
    refused(root, CorpusError, "hainan/meta.toml", "'colour'")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('access = "public"', 'access = "secret"', "access"), ('sha256 = "', 'sha256 = "x', "sha256"),
        ("date = 2021-04-15", 'date = "gestern"', "date"), ("region =", "# region =", "region"),
        ("title =", "title", "meta.toml"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit(root: Path, old: str, new: str, word: str) -> None:
    rewrite(root / "hainan" / "meta.toml", old, new)
    refused(root, CorpusError, "hainan/meta.toml", word)


def test_a_missing_meta_file(root: Path) -> None:
    (root / "hainan" / "meta.toml").unlink()
    refused(root, CorpusError, "'hainan'", "meta.toml", "write one")


def test_an_empty_folder(tmp_path: Path) -> None:
    refused(tmp_path, CorpusError, str(tmp_path), "source.txt", "meta.toml")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", CorpusError, "nowhere")


def test_an_erratum_with_an_unknown_key(root: Path) -> None:
    rewrite(root / "hainan" / "errata.toml", "reason", "why")
    refused(root, CorpusError, "hainan/errata.toml")


def test_an_erratum_that_stands_nowhere(root: Path) -> None:
    rewrite(root / "hainan" / "errata.toml", 'raw = "權騙灶嬸轎威"', 'raw = "權騙灶嬸轎威威"')
    refused(root, ParseError, "'hainan'", "權騙灶嬸轎威威", "errata.toml")


def test_the_fingerprint_follows_text_and_metadata(root: Path) -> None:
    before = load_corpus(root).sha256
    assert load_corpus(root).sha256 == before
    rewrite(root / "hainan" / "meta.toml", "琼", "瓊")
    assert load_corpus(root).sha256 != before


def test_sources_are_the_recorded_bytes() -> None:
    for document in load_corpus().documents:
        data = (DEFAULT_ROOT / document.meta.id / "source.txt").read_bytes()
        assert hashlib.sha256(data).hexdigest() == document.meta.sha256


@pytest.fixture
def pair(root: Path) -> Path:
    """A corpus of two documents."""
    shutil.copytree(DEFAULT_ROOT / "dazu", root / "dazu")
    return root


def add_lines(path: Path, *lines: str) -> None:
    path.write_text("\n".join([*lines, path.read_text(encoding="utf-8")]), encoding="utf-8")


def test_a_document_superseded_by_another(pair: Path) -> None:
    add_lines(pair / "dazu" / "meta.toml", 'status = "superseded"', 'superseded_by = "hainan"')
    assert load_corpus(pair).by_id["dazu"].meta.superseded_by == "hainan"


def test_a_document_superseded_by_none_that_is_here(pair: Path) -> None:
    add_lines(pair / "dazu" / "meta.toml", 'status = "superseded"')
    meta = load_corpus(pair).by_id["dazu"].meta
    assert (meta.status, meta.superseded_by) == ("superseded", None)


@pytest.mark.parametrize("other", ["nowhere", "dazu", ""])
def test_a_successor_that_is_no_other_document(pair: Path, other: str) -> None:
    add_lines(pair / "dazu" / "meta.toml", 'status = "superseded"', f'superseded_by = "{other}"')
    refused(pair, CorpusError, "'dazu'", repr(other), "dudao corpus status dazu")


def test_a_successor_of_a_document_in_force(pair: Path) -> None:
    add_lines(pair / "dazu" / "meta.toml", 'superseded_by = "hainan"')
    refused(pair, CorpusError, "dazu/meta.toml", "superseded")


def with_original(folder: Path, data: bytes, name: str = "original.pdf") -> None:
    (folder / "original.pdf").write_bytes(data)
    add_lines(folder / "meta.toml", f'original = "{name}"', f'original_sha256 = "{hashlib.sha256(data).hexdigest()}"')


def test_the_original_file_is_checked_like_the_source(root: Path) -> None:
    with_original(root / "hainan", b"%PDF")
    assert load_corpus(root).by_id["hainan"].meta.original == "original.pdf"
    (root / "hainan" / "original.pdf").write_bytes(b"%PDF ")
    refused(root, SourceChangedError, "'hainan'", "original.pdf", "restore the file")
    (root / "hainan" / "original.pdf").unlink()
    refused(root, SourceChangedError, "'hainan'", "original.pdf", "restore the file")


@pytest.mark.parametrize("name", ["../original.pdf", "original.pdf/..", "other.pdf", "original.", "ORIGINAL.PDF"])
def test_an_original_of_another_name(root: Path, name: str) -> None:
    with_original(root / "hainan", b"%PDF", name)
    refused(root, CorpusError, "hainan/meta.toml", "original")


def test_an_original_without_its_sha256(root: Path) -> None:
    add_lines(root / "hainan" / "meta.toml", 'original = "original.pdf"')
    refused(root, CorpusError, "hainan/meta.toml", "original_sha256")


def test_a_folder_that_is_being_written_is_no_document(root: Path) -> None:
    shutil.copytree(root / "hainan", root / ".adding-1")
    (root / ".adding-1" / "source.txt").write_bytes(b"half")
    (root / ".removing-1").mkdir()
    (root / ".removing-1" / "source.txt").write_bytes(b"half")
    assert list(load_corpus(root).by_id) == ["hainan"]
    assert [meta.id for meta in load_metadata(root)] == ["hainan"]


def test_metadata_alone(pair: Path) -> None:
    (pair / "dazu" / "source.txt").unlink()
    assert load_metadata(pair) == tuple(load_document(DEFAULT_ROOT / name).meta for name in ("dazu", "hainan"))
    assert load_metadata(pair / "nowhere") == ()
