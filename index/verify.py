"""Checking an index folder: files, counts, and that every clause finds itself. Run as a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from corpus.errors import DudaoError, IndexDamagedError
from index.manifest import check_files, read_manifest
from index.store import CHROMA_FOLDER, ClauseStore

_PROBES = 200


def verify_folder(folder: Path) -> None:
    """Check an index folder by its own files alone.

    :raises IndexDamagedError: a file differs, a count differs, or a clause is not its own nearest neighbour.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    vectors = np.load(folder / "vectors.npy")
    if vectors.shape != (manifest.clauses, manifest.dim):
        raise IndexDamagedError(f"vectors.npy has shape {vectors.shape}, the manifest says {manifest.clauses} clauses")
    if not (folder / CHROMA_FOLDER / "chroma.sqlite3").is_file():
        raise IndexDamagedError(f"the index {folder.name!r} has no Chroma database")
    with ClauseStore(folder / CHROMA_FOLDER) as store:
        if store.count != manifest.clauses:
            raise IndexDamagedError(f"Chroma holds {store.count} clauses, the manifest says {manifest.clauses}")
        step = max(1, len(vectors) // _PROBES)
        for row in range(0, len(vectors), step):
            found = store.nearest(vectors[row].tolist(), 1)
            if not found or found[0][1] < 0.999:
                raise IndexDamagedError(f"the clause in row {row} does not find itself in Chroma")


if __name__ == "__main__":
    try:
        verify_folder(Path(sys.argv[1]))
    except DudaoError as error:
        sys.exit(str(error))
