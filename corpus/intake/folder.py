"""Folders of the corpus: a document written, taken away or marked, whole or not at all.

What is being written or taken away stands in a folder whose name begins with a full stop, which no reader of the
corpus looks into; one rename makes it a document or ends its being one. A run that is killed leaves such a folder at
worst, and a later run clears it away.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from corpus.durable import sync_folder, write_durably
from corpus.errors import CorpusError, InputError
from corpus.intake.metafile import with_status
from corpus.intake.slug import check_slug
from corpus.load import load_document, load_metadata
from corpus.types import Metadata, Status

_STAGED = (".adding-", ".removing-")
_OLD = 24 * 3600  # seconds after which no run can still be at work in a staged folder


def write_document(root: Path, document_id: str, files: Mapping[str, bytes]) -> Path:
    """Write a document's files and return its folder.

    The folder is read back before it becomes a document, so that what does not load is never left behind.

    :raises InputError: the id is refused or taken.
    :raises CorpusError: the folder cannot be written, or what was written does not load.
    """
    check_slug(document_id)
    folder = root / document_id
    staged = root / f"{_STAGED[0]}{os.getpid()}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        _clear(root)
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir()
        for name, data in files.items():
            write_durably(staged / name, data)
        sync_folder(staged)
        load_document(staged)
        if folder.exists():
            raise taken(document_id)
        staged.rename(folder)
        sync_folder(root)
    except OSError as error:
        if folder.exists() and staged.exists():  # two runs at once: the other was first
            raise taken(document_id) from error
        raise _unwritable(root, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return folder


def taken(document_id: str) -> InputError:
    """Return the refusal of an id that a document has."""
    return InputError(
        f"the id {document_id!r} is taken: give another with --id, or take the document away with "
        f"`dudao corpus remove {document_id}`"
    )


def remove_document(root: Path, document_id: str) -> tuple[str, ...]:
    """Take a document away; return the ids of documents that it had superseded, which now name no successor.

    :raises InputError: there is no such document.
    :raises CorpusError: the folder cannot be changed.
    """
    held = find_metadata(root, document_id)
    left = superseded_by(root, document_id)
    for other in left:
        set_status(root, other, "superseded")
    staged = root / f"{_STAGED[1]}{held.id}-{os.getpid()}"
    try:
        _clear(root)
        (root / held.id).rename(staged)
        sync_folder(root)
        shutil.rmtree(staged)
    except OSError as error:
        raise _unwritable(root, error) from error
    return left


def superseded_by(root: Path, document_id: str) -> tuple[str, ...]:
    """Return the ids of the documents that name this one as their successor."""
    return tuple(meta.id for meta in load_metadata(root) if meta.superseded_by == document_id)


def set_status(root: Path, document_id: str, status: Status, by: str | None = None) -> None:
    """Mark a document; `by` names the document that takes its place.

    :raises InputError: one of the documents is not there, or `by` does not fit the status.
    :raises CorpusError: meta.toml cannot be changed.
    """
    find_metadata(root, document_id)
    if by is not None:
        _check_successor(root, document_id, status, by)
    path = root / document_id / "meta.toml"
    staged = path.with_name(f".meta.toml-{os.getpid()}")
    try:
        write_durably(staged, with_status(path.read_text(encoding="utf-8"), status, by))
        os.replace(staged, path)
        sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(root, error) from error
    except CorpusError as error:
        raise CorpusError(f"document {document_id!r}: {error}") from error
    finally:
        staged.unlink(missing_ok=True)


def find_metadata(root: Path, document_id: str) -> Metadata:
    """Return the metadata of a document.

    :raises InputError: there is no such document.
    """
    found = next((meta for meta in load_metadata(root) if meta.id == document_id), None)
    if found is None:
        raise InputError(f"there is no document {document_id!r}: `dudao corpus list` names the documents")
    return found


def _check_successor(root: Path, document_id: str, status: Status, by: str) -> None:
    if status != "superseded":
        raise InputError(f"--by {by} goes with the status superseded alone, not with {status!r}: leave it out")
    later: str | None = find_metadata(root, by).id
    while later is not None:
        if later == document_id:
            raise InputError(f"document {document_id!r} cannot be superseded by {by!r}, which it supersedes itself")
        later = find_metadata(root, later).superseded_by


def _clear(root: Path) -> None:
    """Remove staged folders that a killed run left behind."""
    for prefix in _STAGED:
        for folder in root.glob(f"{prefix}*"):
            if time.time() - folder.stat().st_mtime > _OLD:
                shutil.rmtree(folder, ignore_errors=True)


def _unwritable(root: Path, error: OSError) -> CorpusError:
    return CorpusError(
        f"the folder of documents {str(root)!r} cannot be changed ({error.strerror or error}): "
        "make room or give write permission, or set DUDAO_CORPUS to another folder"
    )
