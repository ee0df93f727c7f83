"""A run: every question is asked once, its row written at once, and the summary at the end."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

from app.answering import Answering
from app.wire import answer_to_dict
from corpus.errors import IndexStaleError, InputError
from eval.load import question_to_dict
from eval.rows import ROWS_FILE, read_whole_rows, row_line
from eval.score import score, stated_facts
from eval.summary import summarise
from eval.types import Found, Question, Row

RUN_FILE, SUMMARY_FILE = "run.json", "summary.json"
Progress = Callable[[int, int], None]
# the fingerprint of the index that is current on the disk, None where there is none
IndexNow = Callable[[], str | None]
_PACKAGES = (
    "torch", "sentence-transformers", "transformers", "tokenizers", "numpy", "llama-index-core",
    "llama-index-vector-stores-chroma", "chromadb", "opencc", "pypinyin", "ir-measures", "pytrec-eval-terrier",
)  # fmt: skip
_CODE = (".py", ".toml", ".json", ".tsv")
_ROOT = Path(__file__).resolve().parent.parent


def evaluate(
    answering: Answering,
    questions: Sequence[Question],
    out_dir: Path,
    progress: Progress | None = None,
    about: Mapping[str, Any] | None = None,
    policies: Sequence[str] = (),
    fresh: bool = False,
    index_now: IndexNow | None = None,
    jobs: int = 1,
) -> dict[str, Any]:
    """Ask every question, write questions.jsonl, run.json and summary.json to `out_dir`, and return the summary.

    A run that was killed half-way goes on where it stopped; a finished run in `out_dir` is made anew.
    progress: called with (done, all) before the first and after each question.
    about: what else to keep in run.json, such as settings and the sha256 of the question files.
    policies: document ids that every question is narrowed to; empty means all.
    fresh: begin anew even where an unfinished run of other questions, code or settings is found.
    index_now: looked at before and after every question, so that an index built meanwhile is noticed, though the one
        that was opened goes on answering.
    jobs: questions asked at the same time, which gains something where `answering` is `eval.workers.Workers`; rows keep
        their order, each answer takes longer beside others, and as many first ones count as cold.
    :raises InputError: `out_dir` cannot be written, or holds an unfinished run of something else.
    :raises IndexStaleError: the index changed during the run; the rows so far stay.
    :raises EvaluationError: a process that asks ended; the rows so far stay.
    """
    run = describe(answering, questions, about or {}, policies)
    done = _prepare(out_dir, run, fresh)
    rows = list(done)
    asked = _ask_all(answering, questions, done, policies, progress, jobs)
    with (out_dir / ROWS_FILE).open("a", encoding="utf-8") as file:
        for row in _unchanged(asked, index_now or (lambda: None)):
            _write_line(file, row)
            rows.append(row)
    summary = {**summarise(rows), "run": {**run, "index_fingerprint": _fingerprint(rows)}}
    write_json(out_dir / SUMMARY_FILE, summary)
    return summary


def describe(
    answering: Answering, questions: Sequence[Question], about: Mapping[str, Any], policies: Sequence[str]
) -> dict[str, Any]:
    """Return what a run is a run of; two runs are comparable where this is equal but for `about`."""
    asked = "\n".join(json.dumps(question_to_dict(q), ensure_ascii=False) for q in questions)
    return {
        "questions": len(questions),
        "questions_sha256": hashlib.sha256(asked.encode()).hexdigest(),
        "corpus_sha256": answering.corpus.sha256,
        "code_sha256": code_sha256(),
        "policies": list(policies),
        "packages": dict(_versions()),
        "python": platform.python_version(),
        "machine": {"system": platform.platform(), "cpus": os.cpu_count()},
        **about,
    }


def code_sha256(root: Path = _ROOT) -> str:
    """Return the sha256 of the project's code and its data, so that a run never goes on under another engine."""
    digest = hashlib.sha256()
    for package in ("app", "corpus", "eval", "index"):
        for path in sorted(p for p in (root / package).rglob("*") if p.suffix in _CODE):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _prepare(out_dir: Path, run: Mapping[str, Any], fresh: bool) -> tuple[Row, ...]:
    """Make `out_dir` ready and return the rows that a killed run left there."""
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        done = () if fresh else _left_over(out_dir, run)
        (out_dir / SUMMARY_FILE).unlink(missing_ok=True)
        write_json(out_dir / RUN_FILE, run)
        (out_dir / ROWS_FILE).write_text("".join(row_line(row) + "\n" for row in done), encoding="utf-8")
    except OSError as error:
        raise InputError(f"the folder {str(out_dir)!r} cannot be written: {error}: choose another --out") from error
    return done


def _left_over(out_dir: Path, run: Mapping[str, Any]) -> tuple[Row, ...]:
    if (out_dir / SUMMARY_FILE).exists() or not (out_dir / ROWS_FILE).exists():
        return ()
    try:
        before = json.loads((out_dir / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        before = None
    # how many are asked at once changes no answer, and a run that memory did not suffice for goes on with fewer
    if before is None or {**before, "jobs": 0} != {**json.loads(json.dumps(run)), "jobs": 0}:
        raise InputError(
            f"the folder {str(out_dir)!r} holds an unfinished run of other questions, code or settings: "
            "choose another --out, or discard it with --fresh"
        )
    return read_whole_rows(out_dir / ROWS_FILE)


def _ask_all(
    answering: Answering,
    questions: Sequence[Question],
    done: Sequence[Row],
    policies: Sequence[str],
    progress: Progress | None,
    jobs: int,
) -> Iterator[Row]:
    facts = stated_facts(answering.corpus)

    def ask(n: int) -> Row:
        return ask_one(answering, questions[n], facts, policies, cold=n < len(done) + jobs)

    fingerprint = _fingerprint(done)
    report = progress or (lambda done, all: None)
    report(len(done), len(questions))
    for n, row in enumerate(_in_order(ask, range(len(done), len(questions)), jobs), start=len(done) + 1):
        found = _fingerprint([row])
        if fingerprint and found and found != fingerprint:
            raise _index_changed(fingerprint, found, row.question.id)
        fingerprint = fingerprint or found
        yield row
        report(n, len(questions))


def _in_order(ask: Callable[[int], Row], numbers: range, jobs: int) -> Iterator[Row]:
    """Ask, some at once, and give the rows in their order; what has not begun when one fails is not asked."""
    if jobs == 1:
        yield from map(ask, numbers)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(ask, numbers)


def _unchanged(rows: Iterator[Row], index_now: IndexNow) -> Iterator[Row]:
    """Hand rows on while the index on the disk stays what it was."""
    before = index_now()
    for row in rows:
        now = index_now()
        if now != before:
            raise _index_changed(before, now, row.question.id)
        yield row


def _index_changed(before: str | None, now: str | None, question_id: str) -> IndexStaleError:
    names = [name[:12] if name else "none" for name in (before, now)]
    return IndexStaleError(
        f"the index changed during the run, from {names[0]} to {names[1]}, at question {question_id!r}: "
        "run it again with --fresh"
    )


def ask_one(
    answering: Answering,
    question: Question,
    facts: frozenset[str],
    policies: Sequence[str] = (),
    cold: bool = False,
) -> Row:
    """Ask one question and score the answer; a refusal (InputError) becomes a row in which nothing is found.

    facts: what `eval.score.stated_facts` returns for the corpus.
    """
    try:
        answer = answering.ask(question.question, question.history, policies)
    except InputError as error:
        return Row(question, {}, Found(cold=cold, nuggets_missed=_names(question)), str(error))
    found = score(question, answer, answering.corpus, facts, policies, cold)
    return Row(question, answer_to_dict(answer), found)


def _names(question: Question) -> tuple[str, ...]:
    return tuple(wordings[0] for wordings in question.nuggets)


def _fingerprint(rows: Sequence[Row]) -> str | None:
    return next((row.answer["index_fingerprint"] for row in rows if row.error is None), None)


def _write_line(file: TextIO, row: Row) -> None:
    file.write(row_line(row) + "\n")
    file.flush()


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write `data` so that `path` holds the old or the new text, whole."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
