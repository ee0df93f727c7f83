"""Building an index version: a fresh folder, verified in a child process, made current by one atomic switch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from corpus.durable import sync_folder
from corpus.errors import IndexDamagedError, IndexFault
from corpus.glossary import load_taiwan_words
from corpus.load import Corpus
from index.embedding import Embedder
from index.manifest import (
    FORMAT,
    Manifest,
    check_files,
    current_folder,
    file_sha256,
    fingerprint,
    point_to,
    read_manifest,
    write_manifest,
)
from index.reuse import Known, Progress, embed_units, known_vectors
from index.search_text import SearchText
from index.settings import IndexSettings
from index.store import CHROMA_FOLDER, write_store
from index.unit_vectors import FILES, save_vectors
from index.units import Units, make_units


def build_index(
    root: Path,
    corpus: Corpus,
    embedder: Embedder,
    settings: IndexSettings,
    progress: Progress | None = None,
    verify: Callable[[Path], None] | None = None,
) -> tuple[Manifest, bool]:
    """Build the index of `corpus` below `root` unless the current one has the same fingerprint.

    Nothing that is being served is written to; a run that is killed leaves the current index as it was. A text that
    the current index holds is not embedded again.
    progress: called with (texts embedded, texts to embed), not at all where none is new.
    verify: by default a child process that queries the folder, since a damaged vector file can end the process that
    opens it.

    :returns: the manifest, and whether anything was built.
    :raises IndexFault: the folder cannot be written, or the new index fails its check.
    """
    units = make_units(corpus, SearchText(load_taiwan_words()), settings)
    mark = fingerprint(corpus, units, embedder.name, settings)
    current = _current_if(root, mark)
    if current is not None:
        return current, False
    try:
        root.mkdir(parents=True, exist_ok=True)
        staged = root / f"building-{os.getpid()}"
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir()
        manifest = _write(staged, corpus, units, embedder, mark, known_vectors(root, embedder), progress)
        (verify or verify_in_child)(staged)
        final = _free_name(root, mark)
        staged.rename(final)
        sync_folder(root)
        point_to(root, final)
    except OSError as error:
        raise IndexFault(
            f"the index cannot be written below {str(root)!r} ({error.strerror or error}): "
            "make room or give write permission, or set DUDAO_DATA to another folder"
        ) from error
    finally:
        shutil.rmtree(root / f"building-{os.getpid()}", ignore_errors=True)
    _remove_old(root, final)
    return manifest, True


def verify_in_child(folder: Path) -> None:
    """Check an index folder in a child process.

    :raises IndexDamagedError: the child found a fault or died.
    """
    done = subprocess.run(
        [sys.executable, "-m", "index.verify", str(folder)], capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or [f"the check ended with status {done.returncode}"]
        raise IndexDamagedError(f"the index {folder.name!r} fails its check: {reason[0]}: run `dudao index build`")


def _current_if(root: Path, mark: str) -> Manifest | None:
    try:
        folder = current_folder(root)
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    except IndexFault:
        return None
    return manifest if manifest.fingerprint == mark else None


def _write(
    folder: Path,
    corpus: Corpus,
    units: Units,
    embedder: Embedder,
    mark: str,
    known: Known,
    progress: Progress | None,
) -> Manifest:
    vectors, embedded = embed_units(units, embedder, known, progress)
    save_vectors(folder, vectors, units)
    write_store(folder / CHROMA_FOLDER, units.clauses, vectors.clauses)
    manifest = Manifest(
        fingerprint=mark,
        format=FORMAT,
        model=embedder.name,
        dim=embedder.dim,
        chromadb=version("chromadb"),
        documents=len(corpus.documents),
        measures=len(corpus.measures),
        clauses=len(units.clauses),
        sentences=len(units.sentences),
        files={name: file_sha256(folder / name) for name in FILES},
        embedded=embedded,
    )
    write_manifest(folder, manifest)
    return manifest


def _free_name(root: Path, mark: str) -> Path:
    """A folder name never used before: a path once opened by a server is not reused."""
    n = 1
    while (root / f"{mark[:16]}-{n}").exists():
        n += 1
    return root / f"{mark[:16]}-{n}"


def _remove_old(root: Path, keep: Path, versions: int = 3) -> None:
    """Keep the newest `versions` index folders."""
    folders = sorted(
        (p for p in root.glob("*-*") if p.is_dir() and p != keep and not p.name.startswith("building-")),
        key=lambda p: p.stat().st_mtime,
    )
    for folder in folders[: max(0, len(folders) - (versions - 1))]:
        shutil.rmtree(folder, ignore_errors=True)
