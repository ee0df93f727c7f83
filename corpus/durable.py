"""Writing files so that they outlast a loss of power: flushed to disk before the call returns."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, data: str | bytes) -> None:
    """Write text as UTF-8, or bytes, and flush it to disk before returning."""
    with path.open("wb") as handle:
        handle.write(data.encode() if isinstance(data, str) else data)
        handle.flush()
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, where the platform can."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
