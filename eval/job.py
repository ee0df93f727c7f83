"""One run of the page in a process of its own: `python -m eval.job FOLDER PARENT`, started by eval.launch alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import DudaoError, InputError
from eval.begun import Begun, read_begun, write_failure, write_result
from eval.cli import Configurations
from eval.load import load_questions
from eval.probe import probed
from eval.rows import ROWS_FILE, read_rows
from eval.run import SUMMARY_FILE, Progress, evaluate, write_json
from eval.split import in_split

_LOW_PRIORITY = 10


def main(argv: Sequence[str] | None = None) -> int:
    """Run the job of a folder; 0 when it is whole, 2 when something is at fault, which failed.json then names."""
    folder, parent = Path((argv or sys.argv[1:])[0]), int((argv or sys.argv[1:])[1])
    os.nice(_LOW_PRIORITY)
    try:
        found = read_begun(folder)
        if found is None:
            raise InputError(f"the folder {str(folder)!r} holds no job: the page makes them")
        # imported here: torch and the index are loaded only where something is asked
        from eval.configs import Configs

        run(found, Configs(), _watching(parent))
    except DudaoError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        write_failure(folder, type(error).__name__)
        return 2
    except Exception as error:
        # the page says that it failed, the traceback stands in the log
        write_failure(folder, type(error).__name__)
        raise
    return 0


def run(begun: Begun, configs: Configurations, progress: Progress | None = None) -> None:
    """Ask the questions of a job and write rows, summary and probes into its folder; it may have been begun before.

    :raises DudaoError: questions, index or model are at fault.
    """
    job, folder = begun.job, begun.folder
    started = time.perf_counter()
    answering = configs.build(job.config)
    startup = (time.perf_counter() - started) * 1000
    asked = load_questions(job.files, answering.corpus.measures)
    questions = in_split(asked.questions, job.split)
    if not questions:
        raise InputError(f"no question of the files is in the split {job.split!r}")
    about = {"config": job.config, "split": job.split, "files": dict(asked.sha256), **configs.about()}
    begun_asking = time.perf_counter()
    summary = evaluate(answering, questions, folder, progress, about, index_now=configs.index_now)
    asking = (time.perf_counter() - begun_asking) * 1000
    summary = probed(summary, answering, read_rows(folder / ROWS_FILE))
    write_json(folder / SUMMARY_FILE, {**summary, "startup_ms": startup, "asking_ms": asking})
    write_result(folder, summary["correct"])


def _watching(parent: int) -> Progress:
    """A progress that ends the run when the process that started it is gone, since nobody could cancel it then."""

    def progress(done: int, total: int) -> None:
        if os.getppid() != parent:
            raise InputError(
                f"the page that began this run is gone, at question {done} of {total}: go on with it there"
            )

    return progress


if __name__ == "__main__":
    raise SystemExit(main())
