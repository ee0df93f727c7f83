"""Names of files that come from outside, made safe to write."""

from __future__ import annotations

import re
import unicodedata

MAX_BYTES = 240  # of UTF-8; file systems take 255, and what writes the file may add to the name
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
_LONGEST_SUFFIX = 10  # characters
_PLAIN = "document"


def safe_name(name: str) -> str:
    """Return a file name that every file system takes and that leads to no other folder.

    Folders before the name, control characters and marks of direction go, signs that a file system forbids become _,
    and what is too long is cut before the ending: 300 Chinese characters are 900 bytes.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rstrip("/").rpartition("/")[2]
    # Cf holds the marks that make txt.exe read exe.txt; Cs are halves of characters that no UTF-8 holds
    kept = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    kept = _FORBIDDEN.sub("_", " ".join(kept.split())).lstrip(". -~").rstrip(". ")
    if not kept.strip("_"):
        return _PLAIN
    if _RESERVED.fullmatch(kept):
        kept = f"_{kept}"
    return _cut(kept)


def _cut(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX or not suffix.isascii():
        stem, dot, suffix = name, "", ""
    room = MAX_BYTES - len((dot + suffix).encode())
    while len(stem.encode()) > room:
        stem = stem[: min(len(stem) - 1, room)]
    return stem.rstrip(". ") + dot + suffix
