"""Opening the current index for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from llama_index.core.schema import TextNode

from corpus.errors import IndexDamagedError
from corpus.glossary import load_taiwan_words
from corpus.load import Corpus
from index.embedding import Vectors
from index.late import SentenceTokens
from index.lexical import LexicalIndex
from index.manifest import Manifest, check_files, current_folder, fingerprint, read_manifest, refuse_stale
from index.nodes import to_node
from index.search_text import SearchText
from index.settings import IndexSettings
from index.store import CHROMA_FOLDER, ClauseStore
from index.unit_vectors import load_vectors
from index.units import Units, make_units


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """The current index, read into memory where it is small and opened where it is Chroma's.

    clause_vectors, sentence_vectors: float32, shape (n, dim), unit length, rows in the order of `units`.
    sentence_tokens: for late interaction, of all sentences.
    clause_rows: row of each clause by id. clause_nodes: llama-index's view of each clause.
    """

    manifest: Manifest
    units: Units
    search_text: SearchText
    store: ClauseStore
    clause_vectors: Vectors
    sentence_vectors: Vectors
    sentence_tokens: SentenceTokens
    clause_terms: LexicalIndex
    sentence_terms: LexicalIndex
    clause_rows: dict[str, int]
    clause_nodes: tuple[TextNode, ...]

    def close(self) -> None:
        """Release Chroma's files."""
        self.store.close()


def open_index(root: Path, corpus: Corpus, model: str, settings: IndexSettings) -> OpenIndex:
    """Open the current index below `root` for `corpus` and the model named `model`.

    :raises IndexMissingError: nothing was built.
    :raises IndexStaleError: it was built from other documents, model or settings.
    :raises IndexDamagedError: a file is missing, changed or does not open.
    """
    folder = current_folder(root)
    manifest = read_manifest(folder)
    search_text = SearchText(load_taiwan_words())
    units = make_units(corpus, search_text, settings)
    refuse_stale(manifest, fingerprint(corpus, units, model, settings))
    check_files(folder, manifest)
    if not (folder / CHROMA_FOLDER / "chroma.sqlite3").is_file():
        raise IndexDamagedError(f"the index {folder.name!r} has no Chroma database: run `dudao index build`")
    store = ClauseStore(folder / CHROMA_FOLDER)
    if store.count != manifest.clauses:
        store.close()
        raise IndexDamagedError(
            f"Chroma holds {store.count} clauses, the manifest says {manifest.clauses}: run `dudao index build`"
        )
    vectors = load_vectors(folder)
    k1, b = settings.bm25_k1, settings.bm25_b
    return OpenIndex(
        manifest=manifest,
        units=units,
        search_text=search_text,
        store=store,
        clause_vectors=vectors.clauses,
        sentence_vectors=vectors.sentences,
        sentence_tokens=vectors.tokens,
        clause_terms=LexicalIndex([search_text(t) for t in units.clause_texts], k1, b),
        sentence_terms=LexicalIndex([s.search for s in units.sentences], k1, b),
        clause_nodes=tuple(to_node(clause, None) for clause in units.clauses),
        clause_rows={clause.id: row for row, clause in enumerate(units.clauses)},
    )
