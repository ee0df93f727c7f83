"""Answering in several processes, since threads of one process would wait for one another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from threading import Barrier

from app.answering import Answering
from app.types import Answer
from corpus.errors import EvaluationError
from corpus.load import Corpus

Make = Callable[[], Answering]

# the workers keep all cores busy: more threads of torch would only wait (index.embedding holds those of numpy to one)
_ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Workers:
    """Answers as many questions at once as it has processes, each of which made what answers for itself.

    The processes end with it, and with the process that began them, however that ends.
    """

    def __init__(self, make: Make, corpus: Corpus, count: int) -> None:
        """Begin `count` processes and wait until each has made what answers.

        make: what a process calls once; it and its arguments are sent there, so it is a function of a module.
        :raises DudaoError: whatever `make` raises.
        :raises EvaluationError: a process ended before it was ready.
        """
        self.corpus = corpus
        self._count = count
        spawn = multiprocessing.get_context("spawn")  # a forked process would share the locks of torch's threads
        meeting = spawn.Barrier(count)
        self._pool = ProcessPoolExecutor(count, mp_context=spawn, initializer=_begin, initargs=(meeting,))
        try:
            for ready in [self._pool.submit(_make, make) for _ in range(count)]:
                ready.result()
        except BrokenProcessPool as error:
            raise self._ended() from error
        except BaseException:
            meeting.abort()  # some may wait there for processes that will not come
            self.close()
            raise

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """See `Answering.ask`; may be called from as many threads as there are processes.

        :raises EvaluationError: a process ended, such as for want of memory; it is no answer to the question.
        """
        try:
            return self._pool.submit(_ask, question, tuple(history), tuple(policies)).result()
        except BrokenProcessPool as error:
            raise self._ended() from error

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def _ended(self) -> EvaluationError:
        return EvaluationError(
            f"one of {self._count} processes that ask questions ended, perhaps for want of memory: "
            "run it again with fewer --jobs, and it goes on"
        )


@contextmanager
def closed_after(answering: Answering) -> Iterator[Answering]:
    """Hand on what answers, and end its processes afterwards where it has any."""
    try:
        yield answering
    finally:
        if isinstance(answering, Workers):
            answering.close()


_meeting: Barrier
_answering: Answering


def _begin(meeting: Barrier) -> None:
    global _meeting
    _meeting = meeting
    for name in _ONE_THREAD:
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted as well, and ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(make: Make) -> None:
    global _answering
    _meeting.wait()  # so that each process takes one of these
    _answering = make()


def _ask(question: str, history: Sequence[str], policies: Sequence[str]) -> Answer:
    return _answering.ask(question, history, policies)
