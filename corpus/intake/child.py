"""Reading files in child processes with limits, so that a bad file harms neither this process nor the files after it.

The child (`python -m corpus.intake.child FILE`) writes one JSON object a line: pages as they are done, then the text or
the sentence that says why there is none. On Linux its memory is limited by RLIMIT_DATA, which counts what a process
allocates: RLIMIT_AS also counts the libraries that it maps, which on a machine of many cores is more than OCR uses.
"""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import UnreadableFileError
from corpus.intake.read import check_file, read_file
from corpus.intake.types import FileText, Progress

_LONGEST_LINE = 64 * 2**20  # bytes; the longest text that is read, every character escaped, takes half of it
_LAST_WORDS = 2000  # bytes
_LARGEST_FILE = 2**30  # bytes; of a file that the child writes, its standard error among them
_GRACE = 2.0  # seconds in which a process that has closed its output ends


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    memory: bytes of the child. seconds: until it ends or the first page is done, and after the last one.
    page_seconds: for each page between.
    """

    memory: int = 2 * 2**30
    seconds: float = 60.0
    page_seconds: float = 30.0


class _Event(BaseModel):
    """One line of the child; exactly one of its fields is given."""

    model_config = ConfigDict(extra="forbid", strict=False)

    page: tuple[int, int] | None = None
    done: FileText | None = None
    refused: str | None = None
    memory: bool = False


def read_in_child(
    path: Path,
    progress: Progress | None = None,
    limits: Limits | None = None,
    cache: Path | None = None,
    program: tuple[str, ...] = ("-P", "-m", "corpus.intake.child"),
) -> FileText:
    """Return the text of a file, parsed in a process of its own.

    cache: folder where recognised pages are kept, so that a run that was interrupted goes on where it stopped.
    program: what the interpreter runs; tests put a child that misbehaves there.

    :raises UnreadableFileError: the file cannot be read, or its reader died, was too slow or took too much memory.
    """
    check_file(path)
    limits = limits or Limits()
    command = [sys.executable, *program, str(path.absolute()), str(limits.memory)]
    if cache is not None:
        command.append(str(cache.absolute()))
    with tempfile.TemporaryFile() as last_words:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=last_words,
            start_new_session=True,
        )
        lines: queue.Queue[bytes] = queue.Queue()
        listener = threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True)
        listener.start()
        try:
            text = _follow(process, lines, path.name, progress, limits)
        finally:
            _end_group(process)
            listener.join()
            if process.stdout:
                process.stdout.close()
        if text is None:
            raise UnreadableFileError(_death(process.returncode, path.name, limits, last_words))
    if sys.platform != "linux":
        text = replace(text, warnings=(*text.warnings, "memory cannot be limited on this system: only time was"))
    return text


def _listen(stream: IO[bytes] | None, lines: queue.Queue[bytes]) -> None:
    """Pass on the lines of the child; an empty one at its end."""
    while stream and (line := stream.readline(_LONGEST_LINE)):
        lines.put(line)
    lines.put(b"")


def _follow(
    process: subprocess.Popen[bytes], lines: queue.Queue[bytes], name: str, progress: Progress | None, limits: Limits
) -> FileText | None:
    """The text that the child sends; None where it ends without one."""
    deadline = time.monotonic() + limits.seconds
    pages = (0, 0)
    while True:
        try:
            line = lines.get(timeout=max(deadline - time.monotonic(), 0))
        except queue.Empty as error:
            raise UnreadableFileError(_too_slow(name, pages, limits)) from error
        if not line:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=_GRACE)
            return None
        event = _event(line, name)
        if event.refused is not None:
            raise UnreadableFileError(event.refused)
        if event.memory:
            raise UnreadableFileError(_too_large(name, limits))
        if event.done is not None:
            return event.done
        if event.page and event.page[0] > pages[0]:
            pages = event.page
            last = pages[0] >= pages[1]
            deadline = time.monotonic() + (limits.seconds if last else limits.page_seconds)
            if progress:
                progress(*pages)


def _event(line: bytes, name: str) -> _Event:
    try:
        return _Event.model_validate_json(line)
    except ValidationError as error:
        raise UnreadableFileError(
            f"the reader of {name!r} sent what is no text ({error.errors()[0]['msg']}): save the file in another form"
        ) from error


def _too_slow(name: str, pages: tuple[int, int], limits: Limits) -> str:
    if 0 < pages[0] < pages[1]:
        return (
            f"page {pages[0] + 1} of the {pages[1]} of {name!r} took longer than {limits.page_seconds:.0f} s and was "
            "stopped: save that page in a simpler form"
        )
    return f"{name!r} took longer than {limits.seconds:.0f} s and was stopped: split it or save it in a simpler form"


def _too_large(name: str, limits: Limits) -> str:
    return (
        f"{name!r} takes more than {limits.memory // 2**20} MB of memory to read: split it or save it in a simpler form"
    )


def _death(status: int, name: str, limits: Limits, last_words: IO[bytes]) -> str:
    """Why a child ended without a word."""
    last_words.seek(max(last_words.seek(0, os.SEEK_END) - _LAST_WORDS, 0))
    said = last_words.read().decode("utf-8", errors="replace").strip().rpartition("\n")[2].strip()
    if re.search(r"MemoryError|bad_alloc|[Cc]annot allocate memory", said):
        return _too_large(name, limits)
    how = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
    return (
        f"the reader of {name!r} died ({how}{': ' + said if said else ''}): save the file once more or in another form"
    )


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads its own group, and all that it started; wait until it is gone."""
    if os.name == "posix":
        # the group outlives its leader where something in it still runs
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.kill()
    process.wait()


def _limit(memory: int) -> None:
    """Limit what this process and those that it starts take of memory and disk, where the system can."""
    if sys.platform != "linux":
        return
    import resource  # no such module on Windows

    sizes = ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, _LARGEST_FILE), (resource.RLIMIT_CORE, 0))
    for kind, size in sizes:
        hard = resource.getrlimit(kind)[1]
        size = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(kind, (size, size))


def main(arguments: list[str]) -> None:
    """Read one file and report on the standard output; what libraries print goes to the standard error."""
    events = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def say(**event: object) -> None:
        events.write(json.dumps(event) + "\n")
        events.flush()

    path, memory = Path(arguments[0]), int(arguments[1])
    cache = Path(arguments[2]) if len(arguments) > 2 else None
    _limit(memory)
    try:
        text = read_file(path, lambda done, total: say(page=(done, total)), cache)
        say(done=asdict(text))
    except UnreadableFileError as error:
        say(refused=str(error))
    except MemoryError:
        say(memory=True)


if __name__ == "__main__":
    main(sys.argv[1:])
