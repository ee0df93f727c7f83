"""Runs that the page began: one folder each, from which anyone can tell how far it has come."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.rows import ROWS_FILE
from eval.run import RUN_FILE, write_json
from eval.split import Split

JOB_FILE, RESULT_FILE, FAILED_FILE = "job.json", "result.json", "failed.json"


class Job(BaseModel):
    """What a run asks: question sets by key with their files, a side of the split, a configuration; and since when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[str, ...]
    files: tuple[Path, ...]
    split: Split
    config: str
    at: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A run's folder with its job, and how far it has come.

    done, total: questions; total is 0 until they are counted. correct: share without fault, None before the end.
    failure: the class of the error that ended it, None where none did.
    """

    folder: Path
    job: Job
    done: int
    total: int
    correct: float | None
    failure: str | None


def make_folder(root: Path, job: Job) -> Path:
    """Make the folder of a new run, named by its time, and write its job into it.

    :raises OSError: it cannot be written.
    """
    stem = datetime.fromisoformat(job.at).strftime("%Y%m%d-%H%M%S")
    taken = {path.name for path in root.glob(f"{stem}*")} if root.exists() else set()
    name = next(name for n in range(len(taken) + 1) if (name := f"{stem}-{n}" if n else stem) not in taken)
    folder = root / name
    folder.mkdir(parents=True)
    write_json(folder / JOB_FILE, job.model_dump(mode="json"))
    return folder


def begun_runs(root: Path) -> tuple[Begun, ...]:
    """Return the runs below `root`, the newest first; a folder without a readable job is none."""
    folders = sorted(root.iterdir(), reverse=True) if root.is_dir() else []
    return tuple(found for folder in folders if (found := read_begun(folder)) is not None)


def read_begun(folder: Path) -> Begun | None:
    """Return the run of a folder; None where it holds none."""
    try:
        job = Job.model_validate_json((folder / JOB_FILE).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None
    run, result, failed = (_json(folder / name) for name in (RUN_FILE, RESULT_FILE, FAILED_FILE))
    total = int(run["questions"]) if run else 0
    return Begun(
        folder,
        job,
        # the rows of a whole run are not counted again at every look
        done=total if result else _lines(folder / ROWS_FILE),
        total=total,
        correct=float(result["correct"]) if result else None,
        failure=str(failed["kind"]) if failed else None,
    )


def write_result(folder: Path, correct: float) -> None:
    """Write down that a run is whole, and its share without fault: small, since it is read at every look."""
    write_json(folder / RESULT_FILE, {"correct": correct})


def write_failure(folder: Path, kind: str) -> None:
    """Write down the class of the error that ended a run."""
    write_json(folder / FAILED_FILE, {"kind": kind})


def clear_failure(folder: Path) -> None:
    """Forget why a run ended, since it goes on."""
    (folder / FAILED_FILE).unlink(missing_ok=True)


def _json(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _lines(path: Path) -> int:
    try:
        return path.read_bytes().count(b"\n")
    except OSError:
        return 0
