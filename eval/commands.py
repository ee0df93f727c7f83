"""What each command of `dudao eval` does."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.answering import Answering
from app.feedback import SqliteFeedback
from app.settings import Settings, read_settings
from corpus.errors import InputError, ModelError
from corpus.load import Corpus, load_corpus
from eval.beside import BESIDE_FIGURES, Figures, ask_all, format_beside, kept, key_of, main_figures
from eval.cli import QUESTIONS, Command, Configurations
from eval.coverage import coverage, format_coverage
from eval.diff import compare
from eval.diff_table import format_comparison
from eval.export import write_dataset, write_trec
from eval.gaps import gap_report
from eval.gates import load_gate, missed
from eval.harvest import candidates, wanted, write_candidates
from eval.lint import lint
from eval.load import load_questions, read_questions
from eval.names import BESIDE, SLOW
from eval.nearness import Nearness, by_letters, by_meaning, without_places
from eval.new import write_question
from eval.probe import probed
from eval.report import read_run, write_report
from eval.rows import ROWS_FILE, read_rows
from eval.run import SUMMARY_FILE, evaluate, write_json
from eval.split import in_split
from eval.table import format_summary
from eval.types import Question, QuestionSet
from eval.workers import closed_after


def run(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval run`."""
    gate = load_gate(args.gate) if args.gate else ()
    configs = configs or _default()
    started = time.perf_counter()
    with closed_after(configs.build(args.config, args.jobs)) as answering:
        startup = (time.perf_counter() - started) * 1000
        questions, summary = _asked(args, configs, answering)
    summary["startup_ms"] = startup
    _say(format_summary(summary))
    summary = {**summary, "beside": _beside(args, configs, questions, summary)}
    _say("\n" + format_beside(summary["beside"]))
    write_json(args.out / SUMMARY_FILE, summary)
    faults = missed(summary, gate)
    for sentence in faults:
        _say(f"gate {args.gate} missed: {sentence}\n")
    if gate and not faults:
        _say(f"gate {args.gate} met: {', '.join(map(str, gate))}\n")
    return 1 if faults or summary["repeats"]["differing"] else 0


def _asked(
    args: argparse.Namespace, configs: Configurations, answering: Answering
) -> tuple[Sequence[Question], dict[str, Any]]:
    """The questions of a run, and its summary with its probes."""
    asked = _load(args.questions, answering.corpus)
    questions = in_split(asked.questions, args.split)
    if not questions:
        raise InputError(f"no question of the files is in the split {args.split!r}")
    about = {"config": args.config, "split": args.split, "files": dict(asked.sha256), "jobs": args.jobs}
    about |= configs.about()
    policies = tuple(args.policy)
    begun = time.perf_counter()
    summary = evaluate(
        answering, questions, args.out, _progress, about, policies, args.fresh, configs.index_now, args.jobs
    )
    summary["asking_ms"] = (time.perf_counter() - begun) * 1000
    return questions, probed(summary, answering, read_rows(args.out / ROWS_FILE), policies, args.repeat)


def _beside(
    args: argparse.Namespace, configs: Configurations, questions: Sequence[Question], summary: Mapping[str, Any]
) -> dict[str, Figures]:
    names = BESIDE if args.beside is None else tuple(args.beside)
    found: dict[str, Figures] = {args.config: {name: summary[name] for name in BESIDE_FIGURES}}
    for name in names:
        if name != args.config:
            found[name] = _one_beside(name, args, configs, questions, summary["run"])
    return found


def _one_beside(
    name: str, args: argparse.Namespace, configs: Configurations, questions: Sequence[Question], run: Mapping[str, Any]
) -> Figures:
    def make() -> Figures:
        _note(f"beside: {name}\n")
        return main_figures(ask_all(configs.build(name), questions, tuple(args.policy)))

    return kept(configs.kept, key_of(name, run), make) if name in SLOW else make()


def lint_command(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval lint`."""
    questions = [question for path in _paths(args.questions) for _, question in read_questions(path)]
    findings = lint(questions, load_corpus())
    for finding in findings:
        _say(f"{finding}\n")
    _say(f"{len(questions)} questions, {len(findings)} findings\n")
    return 1 if findings else 0


def coverage_command(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval coverage`; status 1 where a numbered measure has no question."""
    corpus = load_corpus()
    found = coverage(_load(args.questions, corpus).questions, corpus)
    _say(format_coverage(found))
    return 1 if found.without else 0


def diff(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval diff A B`."""
    (rows_a, _), (rows_b, _) = read_run(args.a), read_run(args.b)
    _say(format_comparison(compare(rows_a, rows_b)))
    return 0


def report(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval report DIR`."""
    comparison = compare(read_run(args.against)[0], read_run(args.run)[0]) if args.against else None
    for path in write_report(args.run, load_corpus(), comparison, args.language):
        _say(f"{path}\n")
    return 0


def new(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval new FILE`; status 1 where the question was given up."""
    others = [q for path in _paths(None) if path.resolve() != args.file.resolve() for _, q in read_questions(path)]
    try:
        answering = (configs or _default()).build(args.config)
        kept = write_question(answering, args.file, _ask, lambda line: _say(line + "\n"), others)
    except EOFError:
        kept = None
    return 0 if kept else 1


def export(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval export`."""
    corpus = load_corpus()
    questions = _load(args.questions, corpus).questions
    rows = read_run(args.run)[0] if args.run else ()
    for path in (
        *write_trec(args.out / "trec", questions, rows),
        *write_dataset(args.out / "dataset", questions, corpus),
    ):
        _say(f"{path}\n")
    return 0


def harvest(args: argparse.Namespace, configs: Configurations | None) -> int:
    """`dudao eval harvest`."""
    settings = read_settings()
    corpus = load_corpus(settings.corpus)
    entries = SqliteFeedback(args.feedback or settings.feedback_file).entries()
    chosen = wanted(entries, _load(None, corpus).questions)
    nearness = _nearness([without_places(e.question, corpus) for e in chosen], settings, args.letters)
    found = candidates(chosen, nearness)
    write_candidates(args.out / "candidates.jsonl", found)
    (args.out / "gaps.md").write_text(gap_report(entries, found, corpus, nearness.name), encoding="utf-8")
    _say(f"{len(entries)} answers kept, {len(chosen)} to be judged, {len(found)} candidates in {args.out}\n")
    return 0


def _nearness(questions: Sequence[str], settings: Settings, letters: bool) -> Nearness:
    """By meaning where the model is there, else by letters."""
    if letters or not questions:
        return by_letters(questions)
    # imported here: torch and the index are loaded only where something is embedded
    from app.assemble import build_embedder

    try:
        return by_meaning(questions, build_embedder(settings))
    except ModelError as error:
        _note(f"compared by letters: {error}\n")
        return by_letters(questions)


COMMANDS: Mapping[str, Command] = {
    "run": run,
    "lint": lint_command,
    "coverage": coverage_command,
    "diff": diff,
    "report": report,
    "new": new,
    "export": export,
    "harvest": harvest,
}


def _default() -> Configurations:
    # imported here: torch and the index are loaded only where something is asked
    from eval.configs import Configs

    return Configs()


def _paths(given: Sequence[Path] | None) -> list[Path]:
    return list(given or sorted(QUESTIONS.glob("*.jsonl")))


def _load(given: Sequence[Path] | None, corpus: Corpus) -> QuestionSet:
    return load_questions(_paths(given), corpus.measures)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        filled = 30 * done // total
        _note(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total}" + ("\n" if done == total else ""))
    elif done == total or done % max(total // 10, 1) == 0:
        _note(f"{done}/{total} questions\n")


def _ask(prompt: str) -> str:
    _say(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _say(text: str) -> None:
    sys.stdout.write(text)


def _note(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
