"""What a reader of files hands on: text in reading order, and what stood around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

FileKind = Literal["txt", "md", "html", "docx", "doc", "pdf", "scan", "image", "ofd"]
Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all)."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one file.

    text: paragraphs in reading order, one a line; a table is one row a line, its cells set apart by a tab.
    margins: what was taken out of the text because it stands around it (running headers and footers, page numbers,
        navigation of a web page), in order, each once; a proposal of metadata reads these too.
    pages: how many pages the file has, where its kind has pages.
    warnings: what a person should look at, each one sentence with the page or the value.
    """

    text: str
    kind: FileKind
    margins: tuple[str, ...] = ()
    pages: int | None = None
    warnings: tuple[str, ...] = ()


class FileReader(Protocol):
    """Reads one kind of file."""

    def __call__(self, path: Path, progress: Progress | None = None) -> FileText:
        """Return the text of the file.

        :raises UnreadableFileError: the file is broken, encrypted, empty or not what its kind says.
        """
