"""`dudao eval …`: the commands of evaluation.

Exit status: 0 as wished; 1 where a gate is missed, a lint finding is left or repeated runs differ; 2 for bad input.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.answering import Answering
from corpus.errors import DudaoError
from eval.split import SPLITS
from eval.words import LANGUAGES

_AT_ONCE = 4  # processes by default: each holds the model, and beyond four they wait for memory longer than they gain
QUESTIONS = Path(__file__).parent / "questions"


class Configurations(Protocol):
    """Makes what answers, from the name of a configuration."""

    @property
    def kept(self) -> Path:
        """Folder for figures that are slow to make."""

    def build(self, config: str, jobs: int = 1) -> Answering:
        """Return the configuration, in as many processes as `jobs`; :raises InputError: there is none of that name."""

    def about(self) -> dict[str, Any]:
        """Return the settings, as a run keeps them."""

    def index_now(self) -> str | None:
        """Return the fingerprint of the index that is current on the disk, None where there is none."""


Command = Callable[[argparse.Namespace, Configurations | None], int]


def main(argv: Sequence[str] | None = None, configs: Configurations | None = None) -> int:
    """Run `dudao eval` with the words after `eval`; return the exit status.

    configs: what makes configurations; default: `eval.configs.Configs`, made by the commands that ask.
    """
    args = parser().parse_args(argv)
    try:
        command: Command = _command(args.command)
        return command(args, configs)
    except DudaoError as error:
        sys.stderr.write(f"dudao eval: {error}\n")
        return 2
    except BrokenPipeError:
        return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of `dudao eval`."""
    top = argparse.ArgumentParser(prog="dudao eval", description="Evaluation: figures one can trust, on every change.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands.add_parser("run", help="ask every question and write rows and summary"))
    for name, text in (("lint", "find what is wrong with question files"), ("coverage", "count what questions reach")):
        one = commands.add_parser(name, help=text)
        one.add_argument("questions", nargs="*", type=Path, help="question files; default: the committed sets")
    diff = commands.add_parser("diff", help="compare two runs question by question and test the difference")
    diff.add_argument("a", type=Path, metavar="A", help="folder of the earlier run")
    diff.add_argument("b", type=Path, metavar="B", help="folder of the later run")
    report = commands.add_parser("report", help="write report.html and summary.md into a run's folder")
    report.add_argument("run", type=Path, metavar="DIR", help="folder of a finished run")
    report.add_argument("--against", type=Path, metavar="A", help="folder of an earlier run to compare with")
    report.add_argument("--language", choices=LANGUAGES, default="en", help="language of report.html (default: en)")
    new = commands.add_parser("new", help="write a question with the index at hand (by clicking: the page's tab 评测)")
    new.add_argument("file", type=Path, metavar="FILE", help="question file to append to")
    new.add_argument("--config", default="dudao", help="what to ask (default: dudao)")
    export = commands.add_parser("export", help="write TREC files and a folder for Hugging Face datasets")
    export.add_argument("--questions", nargs="+", type=Path, metavar="FILE", help="default: the committed sets")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--run", type=Path, metavar="DIR", help="also write the retrieved measures of this run")
    harvest = commands.add_parser("harvest", help="make candidates and a gap report from the page's feedback")
    harvest.add_argument("--feedback", type=Path, metavar="FILE", help="default: the page's own file")
    harvest.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for candidates.jsonl and gaps.md"
    )
    harvest.add_argument("--letters", action="store_true", help="compare questions by their letters, without the model")
    return top


def _add_run(run: argparse.ArgumentParser) -> None:
    run.add_argument("--questions", nargs="+", type=Path, metavar="FILE", help="default: the committed sets")
    run.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for rows and summary")
    run.add_argument("--split", choices=SPLITS, default="all", help="which side of the split to ask (default: all)")
    run.add_argument("--config", "--retriever", default="dudao", metavar="NAME", help="what to ask (default: dudao)")
    run.add_argument("--policy", action="append", default=[], metavar="ID", help="narrow every question to a document")
    run.add_argument("--gate", metavar="NAME", help="exit with 1 where this gate of eval/gates.toml is missed")
    run.add_argument("--beside", nargs="*", metavar="NAME", help="what to print beside (default: all; no NAME: none)")
    run.add_argument(
        "--repeat", type=_positive, metavar="N", help="ask everything N times and compare (default: twenty, five times)"
    )
    run.add_argument(
        "--jobs",
        type=_positive,
        default=min(os.cpu_count() or 1, _AT_ONCE),
        metavar="N",
        help="ask in N processes of one thread each (default: the number of cores, at most 4); 1 for times of an "
        "answer that no other slows",
    )
    run.add_argument("--fresh", action="store_true", help="discard an unfinished run in DIR")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not at least 1")
    return value


def _command(name: str) -> Command:
    # imported here: `dudao eval --help` and `lint` need neither torch nor the index
    from eval.commands import COMMANDS

    return COMMANDS[name]
