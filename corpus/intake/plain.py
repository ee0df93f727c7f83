"""Reading plain text files."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.intake.characters import blank, tidy
from corpus.intake.encoding import decode
from corpus.intake.types import FileText, Progress


def read_plain(path: Path, progress: Progress | None = None) -> FileText:
    """Return the text of a plain text file in UTF-8, UTF-16, GB18030 or Big5.

    :raises UnreadableFileError: the bytes are no text, or hold none.
    """
    found = decode(path.read_bytes())
    text, warnings = tidy(found.text)
    if blank(text):
        raise UnreadableFileError(f"{path.name!r} holds no text: add a file that has some")
    return FileText(text, "txt", warnings=(*found.warnings, *warnings))
