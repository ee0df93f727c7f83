"""The arguments of `dudao corpus …`."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path

from app.settings import Settings
from corpus.places import LEVELS

Command = Callable[[argparse.Namespace, Settings], int]

STATUSES = {"in-force": "in force", "draft": "draft", "superseded": "superseded", "repealed": "repealed"}


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """Add the actions of `dudao corpus`."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    actions.add_parser("list", help="documents with their figures").set_defaults(
        command=_command("corpus_commands", "list_documents")
    )
    show = actions.add_parser("show", help="one measure, or a document's measures")
    show.add_argument("id")
    show.set_defaults(command=_command("corpus_commands", "show"))
    actions.add_parser("check", help="numbering, and text lost between raw and tree").set_defaults(
        command=_command("corpus_commands", "check")
    )
    facts = actions.add_parser("facts", help="what a measure, a document or all of them state: numbers, dates, units")
    facts.add_argument("id", nargs="?", default=None)
    facts.add_argument("--json", action="store_true", help="print a list of JSON objects")
    facts.set_defaults(command=_command("facts_command", "facts"))
    suspects = actions.add_parser("suspects", help="strings of the sources that are likely junk")
    suspects.add_argument("id", nargs="?", default=None)
    suspects.add_argument("--json", action="store_true", help="print a list of JSON objects")
    suspects.set_defaults(command=_command("suspects_command", "suspects"))
    _add_add(actions.add_parser("add", help="propose files as new documents, and write them where that is confirmed"))
    diff = actions.add_parser("diff", help="which measures of a revised version changed, moved, appeared or went")
    diff.add_argument("old", metavar="OLD", help="id of a document, or a file")
    diff.add_argument("new", metavar="NEW", help="id of a document, or a file")
    diff.add_argument("--json", action="store_true", help="print every unit as one JSON object")
    diff.set_defaults(command=_command("revise_commands", "diff"))
    status = actions.add_parser("status", help="say whether a document is in force")
    status.add_argument("id", metavar="ID")
    status.add_argument("status", choices=tuple(STATUSES))
    status.add_argument("--by", default=None, metavar="ID", help="the document that takes its place")
    status.set_defaults(command=_command("revise_commands", "status"))
    remove = actions.add_parser("remove", help="take a document away")
    remove.add_argument("id", metavar="ID")
    remove.add_argument("--yes", action="store_true", help="do so without asking")
    remove.set_defaults(command=_command("revise_commands", "remove"))


def _add_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--id", default=None, metavar="SLUG", help="id of the document, as in dazu-2021; one file only")
    parser.add_argument("--title", default=None, help="one file only")
    parser.add_argument("--number", default=None, help="document number; one file only")
    parser.add_argument("--issuer", default=None)
    parser.add_argument("--date", default=None, metavar="YYYY-MM-DD")
    parser.add_argument("--region", default=None, help="full name, as in 重庆市大足区; 全国 for the whole country")
    parser.add_argument("--level", default=None, choices=LEVELS)
    parser.add_argument("--genre", default=None, help="kind of document, as in 实施方案")
    parser.add_argument("--access", default=None, choices=("public", "internal", "unmarked"))
    parser.add_argument("--status", default=None, choices=tuple(STATUSES))
    parser.add_argument("--yes", action="store_true", help="write what is proposed without asking")
    parser.add_argument("--build", action="store_true", help="build the index once the documents are written")
    parser.set_defaults(command=_command("intake_commands", "add"))


def _command(module: str, name: str) -> Command:
    def run(args: argparse.Namespace, settings: Settings) -> int:
        # loaded when it is asked for: `dudao ask` needs none of it
        command: Command = getattr(importlib.import_module(f"app.{module}"), name)
        return command(args, settings)

    return run
