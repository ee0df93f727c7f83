"""Embedding what is new, and taking over from the current index what it has embedded already.

Which text a row is of is known by the text's sha256. A row is taken over only from an index of this format, of the
same model and length of vectors, whose files are whole. Rows that were embedded in different batches differ by the
rounding of sums, about 1e-7 in each number, so an index that grew and one built from nothing agree to 1e-5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.errors import IndexFault
from index.embedding import Embedder, Vectors
from index.late import join_tokens
from index.manifest import FORMAT, check_files, current_folder, read_manifest
from index.unit_vectors import UnitVectors, load_sums, load_vectors, text_sum
from index.units import Units

_BATCH = 32
_Row = TypeVar("_Row")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is embedded, by the sum of its text: the row of a clause; the row of a sentence and those of its tokens."""

    clauses: Mapping[str, Vectors]
    sentences: Mapping[str, tuple[Vectors, Vectors]]


def known_vectors(root: Path, embedder: Embedder) -> Known:
    """Return what the current index below `root` has embedded with this model; nothing where it is damaged or other."""
    nothing = Known({}, {})
    try:
        folder = current_folder(root)
        manifest = read_manifest(folder)
        if (manifest.format, manifest.model, manifest.dim) != (FORMAT, embedder.name, embedder.dim):
            return nothing
        check_files(folder, manifest)
        clauses, sentences = load_sums(folder)
        vectors = load_vectors(folder)
    except (IndexFault, OSError, ValueError):
        return nothing  # it is built anew from nothing, which is what a damaged index needs
    tokens = np.split(vectors.tokens.vectors, vectors.tokens.starts[1:])
    if len(vectors.clauses) != len(clauses) or not len(vectors.sentences) == len(tokens) == len(sentences):
        return nothing
    return Known(
        dict(zip(clauses, vectors.clauses, strict=True)),
        dict(zip(sentences, zip(vectors.sentences, tokens, strict=True), strict=True)),
    )


def embed_units(
    units: Units, embedder: Embedder, known: Known, progress: Progress | None = None
) -> tuple[UnitVectors, int]:
    """Return the vectors of all clauses and sentences, and how many texts were embedded for them.

    progress: called with (texts embedded, texts to embed).
    """
    new = [_new(units.clause_texts, known.clauses), _new(units.sentence_texts, known.sentences)]
    total = len(new[0]) + len(new[1])

    def report(done: int) -> None:
        if progress:
            progress(done, total)

    def read(texts: list[str]) -> list[tuple[Vectors, Vectors]]:
        rows, tokens = embedder.read_passages(texts)
        return list(zip(rows, tokens, strict=True))

    fresh_clauses = _embedded(new[0], lambda texts: list(embedder.embed_passages(texts)), report)
    fresh_sentences = _embedded(new[1], read, lambda done: report(len(new[0]) + done))
    clauses = _in_order(units.clause_texts, known.clauses, fresh_clauses)
    sentences = _in_order(units.sentence_texts, known.sentences, fresh_sentences)
    vectors = UnitVectors(
        np.stack(clauses), np.stack([row for row, _ in sentences]), join_tokens([tokens for _, tokens in sentences])
    )
    return vectors, total


def _new(texts: Sequence[str], known: Mapping[str, _Row]) -> dict[str, str]:
    return {mark: text for text in texts if (mark := text_sum(text)) not in known}


def _embedded(
    new: Mapping[str, str], embed: Callable[[list[str]], list[_Row]], report: Callable[[int], None]
) -> dict[str, _Row]:
    """Embed in batches of similar length, which is faster and does not depend on the order of the documents."""
    order = sorted(new, key=lambda mark: (len(new[mark]), new[mark]))
    out: dict[str, _Row] = {}
    for at in range(0, len(order), _BATCH):
        batch = order[at : at + _BATCH]
        out.update(zip(batch, embed([new[mark] for mark in batch]), strict=True))
        report(at + len(batch))
    return out


def _in_order(texts: Sequence[str], known: Mapping[str, _Row], fresh: Mapping[str, _Row]) -> list[_Row]:
    return [fresh[mark] if (mark := text_sum(text)) in fresh else known[mark] for text in texts]
