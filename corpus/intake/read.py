"""Reading a file of any kind: it is checked from outside, its kind is told by its content, its reader called."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableFileError
from corpus.intake.kinds import Kind, kind_of, warn_of_name
from corpus.intake.markdown import read_markdown
from corpus.intake.office import read_office
from corpus.intake.plain import read_plain
from corpus.intake.types import FileReader, FileText, Progress
from corpus.intake.web import read_web_page
from corpus.intake.word import read_docx

MAX_BYTES = 200 * 2**20
MAX_CHARS = 5_000_000


def read_file(path: Path, progress: Progress | None = None, cache: Path | None = None) -> FileText:
    """Return the text of a file of any kind that is read here.

    cache: folder where recognised pages are kept, so that a run that was interrupted goes on where it stopped.

    :raises UnreadableFileError: it is no ordinary file, empty, too large, encrypted, damaged, or of another kind.
    """
    check_file(path)
    try:
        kind = kind_of(path)
        text = _reader(kind, cache)(path, progress)
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name!r} cannot be read ({error.strerror or error}): check the file"
        ) from error
    if len(text.text) > MAX_CHARS:
        raise UnreadableFileError(
            f"{path.name!r} holds {len(text.text):,} characters, at most {MAX_CHARS:,} are read: split it"
        )
    return replace(text, warnings=(*warn_of_name(path, kind), *text.warnings))


def check_file(path: Path) -> int:
    """Return the size of a file in bytes without opening it.

    :raises UnreadableFileError: it is missing, a folder, a device, a link that leads out of its folder, empty, or
        larger than 200 MB.
    """
    name = path.name or str(path)
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(path.parent.resolve()):
            raise UnreadableFileError(f"{name!r} is a link that leads out of its folder: name the file itself")
        found = path.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableFileError(f"{name!r} cannot be found ({error}): check the path") from error
    if stat.S_ISDIR(found.st_mode):
        raise UnreadableFileError(f"{name!r} is a folder: name the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError(f"{name!r} is a device or a pipe, no file: copy its content to a file")
    if found.st_size == 0:
        raise UnreadableFileError(f"{name!r} holds 0 bytes: fetch or save the file once more")
    if found.st_size > MAX_BYTES:
        raise UnreadableFileError(
            f"{name!r} holds {found.st_size / 2**20:.0f} MB, at most {MAX_BYTES // 2**20} MB are read: split it"
        )
    return found.st_size


def _reader(kind: Kind, cache: Path | None) -> FileReader:
    """The reader of a kind; those of PDF, scans and OFD are loaded when they are wanted, since they are large."""
    if kind == "PDF":
        from corpus.intake.pdf import pdf_reader

        return pdf_reader(cache)
    if kind == "picture":
        from corpus.intake.ocr import image_reader

        return image_reader(cache)
    if kind == "OFD":
        from corpus.intake.ofd import ofd_reader

        return ofd_reader(cache)
    return _READERS[kind]


_READERS: dict[Kind, FileReader] = {
    "text": read_plain,
    "markdown": read_markdown,
    "web page": read_web_page,
    "Word": read_docx,
    "older word processor": read_office,
}
