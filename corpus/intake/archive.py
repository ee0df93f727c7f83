"""Zip archives that come from outside: refused before anything is unpacked where they would not stay small."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFileError

MAX_ENTRIES = 5_000
MAX_TOTAL = 400 * 2**20  # bytes, all entries unpacked
MAX_PART = 100 * 2**20  # bytes, one entry unpacked
MAX_RATIO = 200  # text of a document shrinks to a twentieth, seldom to a hundredth
_SMALL = 2**20  # bytes; the ratio of less than this does not matter
_CHUNK = 2**20
_ENCRYPTED = 0x1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose sizes have been checked; entries: by name in lower case, with forward slashes."""

    path: Path
    entries: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.entries

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry.

        :raises UnreadableFileError: there is no such entry, it is damaged, or larger than it says.
        """
        entry = self.entries.get(_key(name))
        if entry is None:
            raise UnreadableFileError(f"{self.path.name!r} has no part {name!r}: save it once more in its program")
        out = bytearray()
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    out += chunk
                    if len(out) > entry.file_size:
                        raise UnreadableFileError(
                            f"{self.path.name!r} is refused: {name!r} unpacks to more than the {entry.file_size} bytes "
                            "that it declares"
                        )
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableFileError(
                f"{self.path.name!r} is damaged at {name!r} ({error}): fetch or save the file once more"
            ) from error
        return bytes(out)


def open_archive(path: Path) -> Archive:
    """Return the archive at `path` after checking what its directory declares; unpacks nothing.

    :raises UnreadableFileError: it is damaged, encrypted, or would unpack to more than a document can hold.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableFileError(f"{path.name!r} is damaged ({error}): fetch or save the file once more") from error
    fault = _too_much(infos) or _overlap(infos) or _unusual(infos)
    if fault:
        raise UnreadableFileError(f"{path.name!r} is refused: {fault}")
    return Archive(path, {_key(info.filename): info for info in infos})


def _too_much(infos: list[zipfile.ZipInfo]) -> str:
    if len(infos) > MAX_ENTRIES:
        return f"it holds {len(infos)} parts, at most {MAX_ENTRIES} are read"
    total = sum(info.file_size for info in infos)
    if total > MAX_TOTAL:
        return f"it unpacks to {total // 2**20} MB, at most {MAX_TOTAL // 2**20} MB are read"
    for info in infos:
        if info.file_size > MAX_PART:
            return f"{info.filename!r} unpacks to {info.file_size // 2**20} MB, at most {MAX_PART // 2**20} MB are read"
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            return f"{info.filename!r} unpacks to more than {MAX_RATIO} times its size, as no document does"
    return ""


def _overlap(infos: list[zipfile.ZipInfo]) -> str:
    """Entries that share bytes are a bomb that keeps every ratio low."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return f"{info.filename!r} shares its bytes with another part"
        end = info.header_offset + info.compress_size
    return ""


def _unusual(infos: list[zipfile.ZipInfo]) -> str:
    seen = set()
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            return "it is encrypted with a password: save it without one"
        if info.compress_type not in _PLAIN_METHODS:
            return f"{info.filename!r} is packed in a way that no document uses"
        if _key(info.filename) in seen:
            return f"two parts are named {info.filename!r}"
        seen.add(_key(info.filename))
    return ""


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
