"""The arguments of `dudao course …`."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from app.settings import Settings

Command = Callable[[argparse.Namespace, Settings], int]

EVERYTHING = "all"  # in place of a course's id: every topic and every place
KINDS = ("handout", "slides", "quiz-docx", "quiz-xlsx", "quiz-gift", "quiz-xml")


def add_course(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `dudao course` to its parser."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="the courses kept, the last changed first").set_defaults(
        command=_later("list_courses")
    )
    export = actions.add_parser("export", help="write the files of a course")
    export.add_argument("course", metavar="ID", help=f"id of a course, or `{EVERYTHING}` for all topics and places")
    export.add_argument("--kind", choices=KINDS, action="append", help="only this kind; repeatable")
    export.add_argument("--out", type=Path, default=Path("."), metavar="DIR", help="folder to write to")
    export.add_argument("--public", action="store_true", help="for publication: refused where a text is internal")
    export.set_defaults(command=_later("export_course"))
    quiz = actions.add_parser("quiz", help="print the quiz of a course as JSON")
    quiz.add_argument("course", metavar="ID", help=f"id of a course, or `{EVERYTHING}` for all topics and places")
    quiz.add_argument("--seed", type=int, default=None, help="another paper than the course's own")
    quiz.add_argument("--size", type=int, default=None, help="how many questions")
    quiz.set_defaults(command=_later("print_quiz"))


def _later(name: str) -> Command:
    """A command whose module, and the libraries that it writes files with, are loaded when it is run."""

    def run(args: argparse.Namespace, settings: Settings) -> int:
        command: Command = getattr(importlib.import_module("app.course_commands"), name)
        return command(args, settings)

    return run
