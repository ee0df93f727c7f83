"""Several files: one bad file never stops the others, and the same content is read once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.intake.batch import read_all
from corpus.intake.types import FileText, Progress


class Reader:
    """A fake of `read_in_child` that remembers what it was asked to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path, progress: Progress | None = None) -> FileText:
        self.read.append(path.name)
        if path.name.startswith("bad"):
            raise UnreadableFileError(f"{path.name!r} is bad")
        if progress:
            progress(1, 1)
        return FileText(path.name, "txt")


def written(folder: Path, **contents: str) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_text(content)
    return paths


def test_a_bad_file_stops_none_of_the_others(tmp_path: Path) -> None:
    first, bad, last = written(tmp_path, first="1", bad="2", last="3")
    missing, folder = tmp_path / "missing.txt", tmp_path
    found = list(read_all([first, bad, missing, folder, last], read=Reader()))
    assert [one.path for one in found] == [first, bad, missing, folder, last]
    assert [one.text.text if one.text else None for one in found] == ["first.txt", None, None, None, "last.txt"]
    assert [str(one.error).split(":")[0] for one in found[1:4]] == [
        "'bad.txt' is bad",
        "'missing.txt' cannot be found ([Errno 2] No such file or directory",
        f"{tmp_path.name!r} is a folder",
    ]
    assert found[1].sha256 == hashlib.sha256(b"2").hexdigest() and found[2].sha256 is None


def test_the_same_content_is_read_once(tmp_path: Path) -> None:
    a, b, c = written(tmp_path, a="x", b="y", c="x")
    reader = Reader()
    found = list(read_all([a, b, c, a], read=reader))
    assert reader.read == ["a.txt", "b.txt"]
    assert [one.same_as for one in found] == [None, None, a, a]
    assert found[2].text is None and found[2].error is None and found[2].sha256 == found[0].sha256


def test_what_is_known_is_handed_on_at_once_with_its_progress(tmp_path: Path) -> None:
    reader = Reader()
    pages: list[tuple[int, int]] = []
    results = read_all(written(tmp_path, a="x", b="y"), lambda done, total: pages.append((done, total)), reader)
    assert reader.read == []
    next(results)
    assert (reader.read, pages) == (["a.txt"], [(1, 1)])
