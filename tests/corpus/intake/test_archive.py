"""Archives that would not stay small, and XML that reaches elsewhere, are refused before they do harm."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from corpus.errors import UnreadableFileError
from corpus.intake import archive
from corpus.intake.archive import open_archive
from corpus.intake.word import read_docx
from corpus.intake.xml_parts import parse_xml
from tests.corpus.intake.make_docx import make_docx, p


def zipped(path: Path, entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return path


def refused(path: Path, *words: str) -> None:
    """Whether an archive is refused with these words, before any entry of it is unpacked."""
    unpacked = AssertionError("an entry was unpacked")
    with mock.patch.object(zipfile.ZipFile, "open", side_effect=unpacked), pytest.raises(UnreadableFileError) as caught:
        open_archive(path)
    assert [word for word in (path.name, *words) if word not in str(caught.value)] == []


def test_an_ordinary_archive_is_read(tmp_path: Path) -> None:
    found = open_archive(zipped(tmp_path / "a.zip", {"Word/Document.xml": b"x", "b\\c.xml": b"y" * 500_000}))
    assert found.read("word/document.xml") == b"x"
    assert found.read("b/c.xml") == b"y" * 500_000
    assert "a" not in found


def test_an_archive_inside_the_archive_stays_closed(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"zeros": bytes(50 * 2**20)})
    file = make_docx(tmp_path / "a.docx", p("正文"))
    with zipfile.ZipFile(file, "a") as made:
        made.write(inner, "word/embeddings/inner.zip")
    assert read_docx(file).text == "正文"


def test_a_part_that_shrank_too_much(tmp_path: Path) -> None:
    file = make_docx(tmp_path / "bomb.docx", p("督" * 20_000_000))
    refused(file, "200 times", "'word/document.xml'")


def test_too_many_parts(tmp_path: Path) -> None:
    file = zipped(tmp_path / "many.docx", {f"{i}": b"" for i in range(archive.MAX_ENTRIES + 1)})
    refused(file, "5001 parts", "at most 5000")


def directory(path: Path, change: Callable[[bytearray, int], None]) -> None:
    """Change each record of an archive's directory; `change` gets the bytes and where the record begins."""
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        change(data, at)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)


def test_parts_that_are_too_large_together_or_alone(tmp_path: Path) -> None:
    def declare(size: int) -> Callable[[bytearray, int], None]:
        return lambda data, at: struct.pack_into("<LL", data, at + 20, size // 2, size)

    file = zipped(tmp_path / "large.docx", {f"{i}": b"x" for i in range(9)})
    directory(file, declare(50 * 2**20))
    refused(file, "unpacks to 450 MB", "at most 400 MB")
    directory(file, declare(0))
    file = zipped(tmp_path / "one.docx", {"a": b"x"})
    directory(file, declare(150 * 2**20))
    refused(file, "'a' unpacks to 150 MB", "at most 100 MB")


def test_a_part_that_is_larger_than_it_says_is_never_unpacked_whole(tmp_path: Path) -> None:
    file = zipped(tmp_path / "liar.docx", {"a": bytes(30 * 2**20)})
    directory(file, lambda data, at: struct.pack_into("<L", data, at + 24, 1000))
    with pytest.raises(UnreadableFileError, match="'liar.docx' is damaged at 'a'"):
        open_archive(file).read("a")


def test_parts_that_share_their_bytes(tmp_path: Path) -> None:
    file = zipped(tmp_path / "fold.docx", {"a": b"x" * 100, "b": b"y" * 100})
    directory(file, lambda data, at: struct.pack_into("<L", data, at + 42, 0))
    refused(file, "shares its bytes")


def test_a_password(tmp_path: Path) -> None:
    file = zipped(tmp_path / "lock.docx", {"a": b"x"})
    directory(file, lambda data, at: struct.pack_into("<H", data, at + 8, 1))
    refused(file, "encrypted with a password")


def test_ways_of_packing_that_no_document_uses(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "a.docx", {"a": b"x" * 100}, zipfile.ZIP_LZMA), "packed in a way")


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as made:
        warnings.simplefilter("ignore")  # zipfile itself warns of it
        made.writestr("word/document.xml", "a")
        made.writestr("WORD/document.xml", "b")
    refused(file, "two parts are named 'WORD/document.xml'")


@pytest.mark.parametrize("keep", [100, 400, -30])
def test_an_archive_cut_short(tmp_path: Path, keep: int) -> None:
    file = make_docx(tmp_path / "cut.docx", p("正文"))
    file.write_bytes(file.read_bytes()[:keep])
    refused(file, "is damaged", "once more")


def test_damaged_bytes_inside_a_part(tmp_path: Path) -> None:
    file = make_docx(tmp_path / "a.docx", p("正文" * 500))
    data = bytearray(file.read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 20] = bytes(20)
    file.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="is damaged at 'word/document.xml'"):
        read_docx(file)


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared", [f"[{LAUGHS}]", '[<!ENTITY l9 SYSTEM "file:///etc/hostname">]', 'SYSTEM "http://localhost:9/x.dtd"']
)
def test_xml_that_declares_a_document_type(declared: str, encoding: str) -> None:
    markup = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w {declared}><w>&l9;</w>'
    with pytest.raises(UnreadableFileError, match="part 'a' is refused: it declares a document type"):
        parse_xml(markup.encode(encoding), "part 'a'")


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", "word/styles.xml"]
)
def test_a_word_file_with_entities_in_any_part(tmp_path: Path, part: str) -> None:
    source = make_docx(tmp_path / "a.docx", p("正文"), {"styles": ""})
    bomb = tmp_path / "laughs.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("?>", f"?><!DOCTYPE x [{LAUGHS}]>", 1) if name == part else text)
    with pytest.raises(UnreadableFileError, match=f"'laughs.docx', part '{part}', is refused"):
        read_docx(bomb)


@pytest.mark.parametrize("markup", [b"", b"<a>", b"no xml", b"<a/><b/>", b"<a>&x;</a>", b"\xff\xfe\x00"])
def test_what_is_no_xml(markup: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="part 'a' does not read as XML"):
        parse_xml(markup, "part 'a'")


def test_xml_nested_deeper_than_any_document() -> None:
    with pytest.raises(UnreadableFileError, match="does not read as XML"):
        parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000, "part 'a'")
