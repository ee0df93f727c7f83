"""Evaluation for people without a terminal: what the page's tab asks, kept to `app.evaluation.Evaluation`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from app.answering import Answering
from app.evaluation import Choice, Choices, Draft, Evaluation, Found, Kept, Order, Refusal, RunInfo, State
from app.settings import Settings
from corpus.errors import InputError
from eval.begun import Begun, Job, begun_runs, clear_failure, make_folder, read_begun
from eval.cli import QUESTIONS
from eval.diff import compare
from eval.drafts import append, faults, own_sets, questions_in
from eval.launch import Launcher, ProcessLauncher, Running
from eval.load import load_questions
from eval.names import CONFIGS
from eval.report import html_report, read_run
from eval.split import SPLITS, in_split
from eval.types import Question
from eval.words import words

KINDS = (
    "who", "ratio", "number", "deadline", "frequency", "procedure", "condition", "consequence", "definition",
    "yes_no", "list", "comparison", "follow_up", "document_fact",
    "not_ruled", "place_not_covered", "year_not_covered", "false_premise", "off_topic",
)  # fmt: skip
LANGS = ("zh-Hans", "zh-Hant", "en")
STYLES = ("formal", "colloquial", "keyword", "typo")
_SHOWN = 12
# the sentence of the page for each error that ends a run; any other is unforeseen
_FAILURES = {
    "InputError": "eval_failed_input",
    "IndexMissingError": "failure_index_missing",
    "IndexStaleError": "eval_failed_stale",
    "IndexDamagedError": "failure_index_damaged",
    "ModelError": "failure_model",
    "IndexFault": "failure_index",
}


def make_desk(answering: Answering, settings: Settings) -> Evaluation:
    """Return evaluation for the page; `answering` is what finds clauses for new questions.

    Called by name from `app/cli.py`. Runs and the office's own questions are kept below the folder of the data.
    """
    return Desk(answering, settings.data / "eval", ProcessLauncher(), lambda: datetime.now().astimezone())


class Desk:
    """One run at a time, each in a process of its own. See `app.evaluation.Evaluation` for the methods.

    root: folder of runs and of the office's own question sets. now: the local time with its offset.
    """

    def __init__(self, answering: Answering, root: Path, launcher: Launcher, now: Callable[[], datetime]) -> None:
        self._answering = answering
        self._runs, self._own = root / "runs", root / "questions"
        self._launcher, self._now = launcher, now
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._running: tuple[str, Running] | None = None

    def choices(self, language: str) -> Choices:
        """See `Evaluation.choices`."""
        texts = words(language)

        def named(keys: Sequence[str]) -> tuple[Choice, ...]:
            return tuple(Choice(key, texts.named(key)) for key in keys)

        sets = tuple(Choice(key, texts.named(key), _size(path)) for key, path in self._sets().items())
        return Choices(sets, named(("all", "dev", "test")), named(CONFIGS), named(KINDS), named(LANGS), named(STYLES))

    def runs(self, language: str) -> tuple[RunInfo, ...]:
        """See `Evaluation.runs`."""
        texts = words(language)
        now = self._now_running()

        def info(begun: Begun) -> RunInfo:
            job, state = begun.job, _state(begun, now)
            return RunInfo(
                name=begun.folder.name,
                at=job.at,
                sets=" · ".join(map(texts.named, job.sets)),
                split=texts.named(job.split),
                config=texts.named(job.config),
                state=state,
                done=begun.done,
                total=begun.total,
                correct=begun.correct,
                failure=_FAILURES.get(begun.failure or "", "eval_failed_unforeseen") if state == "failed" else "",
            )

        return tuple(info(begun) for begun in begun_runs(self._runs))

    def start(self, order: Order) -> Refusal | None:
        """See `Evaluation.start`."""
        sets = self._sets()
        unknown = [key for key in order.sets if key not in sets]
        split = next((split for split in SPLITS if split == order.split), None)
        if not order.sets:
            return Refusal("eval_no_set")
        if unknown or split is None or order.config not in CONFIGS:
            return Refusal("eval_unknown", ", ".join(unknown or [order.split, order.config]))
        files = tuple(sets[key] for key in order.sets)
        try:
            asked = load_questions(files, self._answering.corpus.measures).questions
        except InputError as error:
            return Refusal("eval_bad_set", str(error))
        if not in_split(asked, split):
            return Refusal("eval_empty_split")
        at = self._now().isoformat(timespec="seconds")
        job = Job(sets=order.sets, files=files, split=split, config=order.config, at=at)
        return self._launch(lambda: make_folder(self._runs, job))

    def resume(self, name: str) -> Refusal | None:
        """See `Evaluation.resume`."""
        begun = self._begun(name)
        if begun is None or begun.correct is not None:
            return Refusal("eval_no_run", name)
        return self._launch(lambda: begun.folder)

    def cancel(self) -> None:
        """See `Evaluation.cancel`."""
        with self._lock:
            if self._running is not None:
                self._running[1].stop()
                self._running = None

    def report(self, name: str, against: str, language: str) -> str | Refusal:
        """See `Evaluation.report`."""
        begun, earlier = self._begun(name), self._begun(against) if against else None
        if begun is None or begun.correct is None:
            return Refusal("eval_no_run", name)
        if against and (earlier is None or earlier.correct is None):
            return Refusal("eval_no_run", against)
        try:
            rows, summary = read_run(begun.folder)
            comparison = compare(read_run(earlier.folder)[0], rows) if earlier else None
        except InputError as error:
            return Refusal("eval_not_compared", str(error))
        return html_report(rows, summary, self._answering.corpus, comparison, words(language))

    def search(self, question: str, history: Sequence[str]) -> tuple[Found, ...] | Refusal:
        """See `Evaluation.search`."""
        try:
            retrieved = self._answering.ask(question, tuple(history)).retrieved
        except InputError as error:
            return Refusal("failure_refused" if question.strip() else "failure_empty", str(error))
        return tuple(found for i in retrieved[:_SHOWN] if (found := self.clause(i)))

    def clause(self, measure_id: str) -> Found | None:
        """See `Evaluation.clause`."""
        corpus = self._answering.corpus
        measure = corpus.measures.get(measure_id)
        if measure is None:
            return None
        return Found(measure.id, corpus.by_id[measure.document_id].meta.region, measure.label, measure.text)

    def check(self, draft: Draft) -> tuple[Refusal, ...]:
        """See `Evaluation.check`."""
        try:
            return faults(draft, self._questions(), self._answering.corpus)
        except InputError as error:
            return (Refusal("eval_bad_set", str(error)),)

    def keep(self, draft: Draft) -> Kept | tuple[Refusal, ...]:
        """See `Evaluation.keep`."""
        with self._writing:
            try:
                return append(draft, self._own, self._questions(), self._answering.corpus)
            except InputError as error:
                return (Refusal("eval_bad_set", str(error)),)

    def _launch(self, folder: Callable[[], Path]) -> Refusal | None:
        with self._lock:
            if self._running is not None and not self._running[1].ended():
                return Refusal("eval_busy")
            try:
                ready = folder()
                clear_failure(ready)
                self._running = (ready.name, self._launcher.start(ready))
            except OSError as error:
                return Refusal("eval_not_written", error.strerror or str(error))
            return None

    def _now_running(self) -> str | None:
        with self._lock:
            return self._running[0] if self._running is not None and not self._running[1].ended() else None

    def _begun(self, name: str) -> Begun | None:
        """The run of that name, looked up among those there are, so that no name leads out of the folder."""
        known = {path.name: path for path in self._runs.iterdir()} if self._runs.is_dir() else {}
        return read_begun(known[name]) if name in known else None

    def _sets(self) -> dict[str, Path]:
        """Every question set by key: those that come with the program, then the office's own."""
        own = {f"own:{path.stem}": path for path in own_sets(self._own)}
        committed = [*sorted(QUESTIONS.glob("*.jsonl")), *sorted(QUESTIONS.glob("*/*.jsonl"))]
        return {path.stem: path for path in committed} | own

    def _questions(self) -> tuple[Question, ...]:
        return questions_in(list(self._sets().values()))


def _state(begun: Begun, running: str | None) -> State:
    if begun.folder.name == running:
        return "running"
    if begun.correct is not None:
        return "finished"
    return "failed" if begun.failure else "stopped"


def _size(path: Path) -> int:
    try:
        return sum(1 for line in path.read_bytes().split(b"\n") if line.strip())
    except OSError:
        return 0
