"""What an index was built from, and the pointer to the current one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from corpus.durable import sync_folder, write_durably
from corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.load import Corpus
from index.settings import IndexSettings
from index.units import Units

FORMAT = 3
MANIFEST, POINTER = "manifest.json", "CURRENT"
REBUILD = "run `dudao index build`"


@dataclass(frozen=True, slots=True)
class Manifest:
    """fingerprint: sha256 over everything that shapes the index. files: sha256 of each file of ours.

    embedded: how many texts this build embedded; the rows of all others were those of the index before it.
    """

    fingerprint: str
    format: int
    model: str
    dim: int
    chromadb: str
    documents: int
    measures: int
    clauses: int
    sentences: int
    files: Mapping[str, str]
    embedded: int = 0


def fingerprint(corpus: Corpus, units: Units, model: str, settings: IndexSettings) -> str:
    """Return the hex sha256 of corpus, parse, embedded texts, model, settings and format."""
    digest = hashlib.sha256()
    parse = [(m.id, m.path, m.heading, m.units, m.text) for m in corpus.measures.values()]
    embedded = (units.clauses, units.clause_texts, units.sentence_texts)
    for part in (FORMAT, corpus.sha256, parse, embedded, model, settings.model_dump_json(), version("chromadb")):
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write manifest.json into `folder`, flushed to disk."""
    write_durably(folder / MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))


def read_manifest(folder: Path) -> Manifest:
    """Read and check manifest.json.

    :raises IndexDamagedError: it is missing or does not read.
    """
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamagedError(f"the index {folder.name!r} has no readable manifest ({error}): {REBUILD}") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file of ours with its recorded sha256.

    :raises IndexDamagedError: a file is missing or differs.
    """
    for name, recorded in manifest.files.items():
        path = folder / name
        if not path.is_file() or file_sha256(path) != recorded:
            raise IndexDamagedError(f"the index {folder.name!r} is damaged: {name} is missing or changed: {REBUILD}")


def current_folder(root: Path) -> Path:
    """Return the folder that the pointer names.

    :raises IndexMissingError: there is no pointer or no such folder.
    """
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexMissingError(f"no index has been built yet in {str(root)!r}: {REBUILD}") from error
    if not name or not (root / name).is_dir():
        raise IndexMissingError(f"the current index {name!r} is not in {str(root)!r}: {REBUILD}")
    return root / name


def point_to(root: Path, folder: Path) -> None:
    """Make `folder` the current index by one atomic replace."""
    staged = root / f"{POINTER}.{os.getpid()}.tmp"
    write_durably(staged, folder.name)
    os.replace(staged, root / POINTER)
    sync_folder(root)


def refuse_stale(manifest: Manifest, expected: str) -> None:
    """Compare a manifest with today's fingerprint.

    :raises IndexStaleError: the index was built from other inputs.
    """
    if manifest.fingerprint != expected:
        raise IndexStaleError(
            f"the index was built from other documents, model or settings "
            f"(built {manifest.fingerprint[:12]}, now {expected[:12]}): {REBUILD}"
        )


def file_sha256(path: Path) -> str:
    """Return the hex sha256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
