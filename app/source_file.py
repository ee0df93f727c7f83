"""The file that a document was read from, byte for byte, to be downloaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.citation import document_name
from app.download import file_name
from corpus.errors import SourceChangedError
from corpus.types import Metadata


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes of a source file and the name to save them under."""

    name: str
    data: bytes


def source_file(root: Path, meta: Metadata) -> SourceFile:
    """Read the source file of a document below the corpus folder `root`: the original where there is one.

    :raises SourceChangedError: it is missing, or differs from its recorded sha256.
    """
    kept = meta.original or "source.txt"
    recorded = meta.original_sha256 if meta.original else meta.sha256
    if Path(kept).name != kept:
        raise SourceChangedError(f"document {meta.id!r}: {kept!r} is no name of a file in its own folder")
    try:
        data = (root / meta.id / kept).read_bytes()
    except OSError as error:
        raise SourceChangedError(f"document {meta.id!r}: {kept} cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != recorded:
        raise SourceChangedError(f"document {meta.id!r}: {kept} differs from its recorded sha256: restore the file")
    return SourceFile(file_name(document_name(meta), Path(kept).suffix), data)
