"""Vectors of texts that the current index has embedded already, so that a build embeds only what is new.

Which text a row is of is known by the text's sha256. A row is taken over only from an index of this format, of the
same model and length of vectors, whose files are whole. Rows that were embedded in different batches differ by the
rounding of sums, about 1e-7 in each number, so an index that grew and one built from nothing agree to 1e-5.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import IndexFault
from index.embedding import Embedder, Vectors
from index.manifest import FORMAT, check_files, current_folder, read_manifest

CLAUSE_VECTORS, SENTENCE_VECTORS, TEXTS = "vectors.npy", "sentences.npy", "texts.json"


@dataclass(frozen=True, slots=True)
class Known:
    """rows: row of each embedded text by its sha256. vectors: float32, shape (n, dim), unit length."""

    rows: dict[str, int]
    vectors: Vectors


def text_sum(text: str) -> str:
    """Return the hex sha256 by which an embedded text is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_texts(folder: Path, texts: Sequence[str]) -> None:
    """Record the texts of an index's rows: those of the clauses, then those of the sentences."""
    (folder / TEXTS).write_text(json.dumps([text_sum(text) for text in texts]), encoding="utf-8")


def known_vectors(root: Path, embedder: Embedder) -> Known:
    """Return what the current index below `root` has embedded with this model; nothing where it is damaged or other."""
    nothing = Known({}, np.zeros((0, embedder.dim), np.float32))
    try:
        folder = current_folder(root)
        manifest = read_manifest(folder)
        if (manifest.format, manifest.model, manifest.dim) != (FORMAT, embedder.name, embedder.dim):
            return nothing
        check_files(folder, manifest)
        sums = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
        vectors = np.concatenate([np.load(folder / name) for name in (CLAUSE_VECTORS, SENTENCE_VECTORS)])
    except (IndexFault, OSError, ValueError):
        return nothing  # it is built anew from nothing, which is what a damaged index needs
    if vectors.shape != (len(sums), embedder.dim):
        return nothing
    return Known({text: row for row, text in enumerate(sums)}, vectors)
