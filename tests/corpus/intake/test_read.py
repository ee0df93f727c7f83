"""Files of any kind: told by their content, refused with one sentence where they cannot be read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from corpus.intake import kinds, read
from corpus.intake.kinds import Kind, kind_of
from corpus.intake.read import check_file, read_file
from tests.corpus.intake.make_docx import make_docx, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TEXT = "一、总体要求\n（一）健全机制。县教育局要健全教育督导机制。\n"
HEAD = "<html><head><title>x</title></head><body><p>县教育局要健全教育督导机制。</p></body></html>"


def stream(name: str) -> bytes:
    """An old Office file with a stream of that name."""
    return OLE + name.encode("utf-16-le") + bytes(100)


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return path


def refused(path: Path, *words: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path)
    message = str(caught.value)
    assert [word for word in words if word not in message] == []
    assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (TEXT.encode(), "a.txt", "text"),
        (TEXT.encode("gb18030"), "a", "text"),
        (TEXT.encode("utf-16"), "a.txt", "text"),
        (TEXT.encode("big5", errors="ignore"), "a.txt", "text"),
        (b"# Title\n\ntext", "a.md", "markdown"),
        (b"# Title\n\ntext", "a.txt", "text"),
        (HEAD.encode(), "a.html", "web page"),
        (HEAD.encode("utf-16"), "a.txt", "web page"),
        (b"\xef\xbb\xbf\r\n<!-- x --><!-- y --> <!DOCTYPE html><p>x", "a.doc", "web page"),
        (b'<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', "a.htm", "web page"),
        (b"<div>text</div>", "a.html", "web page"),
        (b"<div>text</div>\n\n**x**", "a.md", "markdown"),
        (b"<5% of all", "a.txt", "text"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "a.mht", "web page"),
        (b"%PDF-1.4\n", "a.pdf", "PDF"),
        (b"junk before\n%PDF-1.7\n", "a.pdf", "PDF"),
        (b"{\\rtf1\\ansi", "a.rtf", "older word processor"),
        (stream("WordDocument"), "a.doc", "older word processor"),
        (stream("WordDocument"), "a.txt", "older word processor"),
        (stream("WpsContents"), "a.wps", "older word processor"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "a.doc", "older word processor"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "picture"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "picture"),
        (b"II*\0", "a.tif", "picture"),
        (b"RIFF\0\0\0\0WEBP", "a.webp", "picture"),
    ],
)  # fmt: skip
def test_the_kind_is_that_of_the_content(tmp_path: Path, content: bytes, name: str, kind: Kind) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert kind_of(file) == kind


def test_archives_are_told_by_what_they_hold(tmp_path: Path) -> None:
    assert kind_of(make_docx(tmp_path / "a.zip", p("正文"))) == "Word"
    assert kind_of(archive(tmp_path / "b.zip", "OFD.xml", "Doc_0/Document.xml")) == "OFD"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["xl/workbook.xml", "[Content_Types].xml"], "an Excel workbook"),
        (["ppt/presentation.xml"], "a presentation"),
        (["META-INF/manifest.xml", "content.xml"], "a document of LibreOffice"),
        (["通知.docx", "附件.docx"], "an archive of files: unpack it"),
    ],
)
def test_other_archives_are_refused_by_name(tmp_path: Path, names: list[str], words: str) -> None:
    refused(archive(tmp_path / "a.docx", *names), "'a.docx'", words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EncryptedPackage", "encrypted with a password: save it without one"),
        ("Workbook", "an Excel workbook"),
        ("PowerPoint Document", "a presentation"),
        ("SomethingElse", "holds no document"),
    ],
)
def test_old_containers_are_told_by_their_streams(tmp_path: Path, name: str, words: str) -> None:
    file = tmp_path / "通知.docx"
    file.write_bytes(stream(name))
    refused(file, "'通知.docx'", words)


@pytest.mark.parametrize(
    ("content", "name", "warning"),
    [
        (TEXT.encode(), "a.pdf", "the name ends in .pdf, but the content is text: read as such"),
        (HEAD.encode(), "a.doc", "the name ends in .doc, but the content is web page: read as such"),
        (TEXT.encode(), "a", None),
        (TEXT.encode(), "A.TXT", None),
    ],
)
def test_a_wrong_ending_is_read_by_content_with_a_warning(
    tmp_path: Path, content: bytes, name: str, warning: str | None
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert read_file(file).warnings == ((warning,) if warning else ())


def test_a_word_file_named_txt(tmp_path: Path) -> None:
    found = read_file(make_docx(tmp_path / "a.txt", p("正文")))
    assert (found.text, found.kind) == ("正文", "docx")
    assert found.warnings == ("the name ends in .txt, but the content is Word: read as such",)


def test_0_bytes(tmp_path: Path) -> None:
    (tmp_path / "leer.pdf").touch()
    refused(tmp_path / "leer.pdf", "'leer.pdf' holds 0 bytes")


def test_what_is_no_file(tmp_path: Path) -> None:
    refused(tmp_path / "fehlt.txt", "'fehlt.txt' cannot be found")
    refused(tmp_path, repr(tmp_path.name), "is a folder: name the files in it")
    refused(tmp_path / ("督" * 300), "cannot be found")
    refused(tmp_path / "a\0b", "cannot be found")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has devices and pipes in the file system")
def test_devices_and_pipes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    refused(tmp_path / "pipe.txt", "'pipe.txt' is a device or a pipe")
    refused(Path("/dev/zero"), "'zero' is a device or a pipe")


@pytest.mark.skipif(os.name != "posix", reason="links need a right of their own elsewhere")
def test_links_that_lead_out_of_their_folder(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "out.txt").write_text(TEXT, encoding="utf-8")
    (inside / "here.txt").write_text(TEXT, encoding="utf-8")
    (inside / "leads_out.txt").symlink_to(tmp_path / "out.txt")
    (inside / "stays.txt").symlink_to(inside / "here.txt")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "broken.txt").symlink_to(inside / "gone.txt")
    refused(inside / "leads_out.txt", "'leads_out.txt' is a link that leads out of its folder")
    assert read_file(inside / "stays.txt").text == TEXT
    refused(inside / "loop.txt", "cannot be found")
    refused(inside / "broken.txt", "cannot be found")


def test_files_that_are_too_large(tmp_path: Path) -> None:
    file = tmp_path / "gross.txt"
    with file.open("wb") as made:
        made.truncate(read.MAX_BYTES + 1)
    refused(file, "'gross.txt' holds 200 MB, at most 200 MB are read")
    with file.open("wb") as made:
        made.write("督".encode())
        made.truncate(kinds.MAX_TEXT + 1)
    refused(file, "'gross.txt' is of no kind that is read here, or text of 20 MB")


def test_texts_that_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("督导" * 1000, encoding="utf-8")
    monkeypatch.setattr(read, "MAX_CHARS", 1000)
    refused(file, "2,000 characters, at most 1,000 are read")


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01" + bytes(300), bytes(range(256)) * 40, b"\0" * 500])
def test_unknown_binaries(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    refused(file, "'a.docx' is of no kind that is read here", "docx", "pdf")


def test_a_file_without_the_right_to_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    refused(file, "'a.txt' cannot be read (Permission denied)")


def test_the_size_of_a_file_is_told_without_opening_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"12345")
    assert check_file(file) == 5


@given(data=st.binary(min_size=1, max_size=500), head=st.sampled_from([b"", b"PK\x03\x04", b"{\\rtf1", OLE, b"<html>"]))
def test_any_bytes_have_a_kind_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any"
    file.write_bytes(head + data)
    try:
        kind_of(file)
    except UnreadableFileError:
        pass


@pytest.mark.parametrize("pattern", ["<!-- -->" * 500, "A: b\r\n" * 600, "<?xml ?>" * 500, " " * 4000])
def test_telling_a_kind_takes_no_longer_for_hostile_heads(tmp_path: Path, pattern: str) -> None:
    """Each of these would keep a pattern that can match in many ways busy for years."""
    file = tmp_path / "a.txt"
    file.write_text(pattern + "x", encoding="utf-8")
    assert kind_of(file) == "text"
