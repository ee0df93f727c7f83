"""Starting a run in a process of its own, so that it neither slows nor harms the page; and a fake of it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

_PATIENCE = 5.0
# one core at most: the other ones answer the page
_ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LOG_FILE = "log.txt"


class Running(Protocol):
    """A run in progress."""

    def ended(self) -> bool:
        """Whether it is over, one way or the other."""

    def stop(self) -> None:
        """End it, and return once it is over."""


class Launcher(Protocol):
    """Starts runs."""

    def start(self, folder: Path) -> Running:
        """Begin the run that `folder`/job.json describes.

        :raises OSError: no process can be started.
        """


class ProcessLauncher:
    """Starts `python -m eval.job FOLDER` at low priority on one core; what it prints stands in log.txt."""

    def start(self, folder: Path) -> Running:
        """See `Launcher.start`."""
        with (folder / LOG_FILE).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "eval.job", str(folder), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **_ONE_CORE},
            )
        return _Process(process)


@dataclass(frozen=True, slots=True)
class _Process:
    process: subprocess.Popen[bytes]

    def ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass(slots=True)
class FakeLauncher:
    """Runs that go on until they are told to end."""

    started: list[Path] = field(default_factory=list)
    over: bool = True

    def start(self, folder: Path) -> Running:
        """See `Launcher.start`."""
        self.started.append(folder)
        self.over = False
        return self

    def ended(self) -> bool:
        """See `Running.ended`."""
        return self.over

    def stop(self) -> None:
        """See `Running.stop`."""
        self.over = True
