"""Reading several files: a bad one never stops the others, and the same content is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import UnreadableFileError
from corpus.intake.child import read_in_child
from corpus.intake.read import check_file
from corpus.intake.types import FileText, Progress


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What became of one file: its text, or the error that says why there is none, or the file that it repeats.

    sha256: of the file's bytes, None where they could not be read.
    """

    path: Path
    sha256: str | None = None
    text: FileText | None = None
    error: UnreadableFileError | None = None
    same_as: Path | None = None


class Reader(Protocol):
    """Reads one file; `read_in_child`, or a fake of it in tests."""

    def __call__(self, path: Path, progress: Progress | None = None) -> FileText:
        """Return the text of the file.

        :raises UnreadableFileError: it cannot be read.
        """


def read_all(
    paths: Iterable[Path], progress: Progress | None = None, read: Reader = read_in_child
) -> Iterator[ReadFile]:
    """Yield what became of each file, in order, as soon as it is known."""
    seen: dict[str, Path] = {}
    for path in paths:
        sha256 = None
        try:
            sha256 = file_sha256(path)
            if sha256 in seen:
                yield ReadFile(path, sha256, same_as=seen[sha256])
                continue
            seen[sha256] = path
            found = ReadFile(path, sha256, text=read(path, progress))
        except UnreadableFileError as error:
            found = ReadFile(path, sha256, error=error)
        yield found


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes.

    :raises UnreadableFileError: it is no file that is read here.
    """
    check_file(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name!r} cannot be read ({error.strerror or error}): check the file"
        ) from error
