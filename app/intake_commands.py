"""`dudao corpus add`."""

from __future__ import annotations

import argparse
import datetime
import sys
from functools import partial
from typing import cast

from app.corpus_cli import STATUSES
from app.corpus_commands import tree_lines
from app.revise_commands import confirmed
from app.settings import Settings
from corpus.errors import DudaoError, InputError
from corpus.intake.add import Overrides, Proposal, prepare, write
from corpus.intake.batch import Reader, ReadFile, read_all
from corpus.intake.child import read_in_child
from corpus.intake.names import safe_name
from corpus.intake.region import RegionFinder
from corpus.intake.types import FileText
from corpus.load import load_metadata
from corpus.places import load_gazetteer
from corpus.types import Metadata, Status

_FIELDS = (
    "id", "title", "issuer", "number", "date", "region", "level", "aliases", "genre", "access", "status",
)  # fmt: skip
_ONE_FILE = ("id", "title", "number")
_WHENCE = {"margin": "around the text", "given": "as given", "derived": "derived", "nowhere": "not stated"}
_LONGEST_QUOTE = 60


def add(args: argparse.Namespace, settings: Settings, read: Reader | None = None) -> int:
    """Print what each file would become, and write it where that is confirmed; 1 where a file failed."""
    overrides = _overrides(args)
    regions = RegionFinder(load_gazetteer())
    held = list(load_metadata(settings.corpus))
    report: list[str] = []
    written = failed = 0
    for found in read_all(args.files, _progress, read or partial(read_in_child, cache=settings.data / "ocr")):
        name = safe_name(found.path.name)
        try:
            proposal = prepare(found.path, _text_of(found), held, regions, overrides)
            _show(name, _text_of(found), proposal)
            if args.yes or confirmed("是否写入？"):
                folder = write(proposal, settings.corpus)
                written += 1
                report.append(f"written  {name} -> {folder}")
            else:
                report.append(f"proposed {name} -> {proposal.meta.id}")
            held.append(proposal.meta)
        except DudaoError as error:
            failed += 1
            report.append(f"failed   {name}")
            print(f"dudao: {error}", file=sys.stderr)
    print("\n".join(report))
    _what_next(args, settings, written, proposed=len(report) - written - failed)
    return 1 if failed else 0


def _text_of(found: ReadFile) -> FileText:
    if found.error:
        raise found.error
    if found.text is None:
        same = found.same_as.name if found.same_as else ""
        raise InputError(f"{found.path.name!r} has the same content as {same!r}: it is added once")
    return found.text


def _what_next(args: argparse.Namespace, settings: Settings, written: int, proposed: int) -> None:
    if proposed and not sys.stdin.isatty():
        print("nothing is written without --yes")
    if written and args.build:
        from app import index_commands

        index_commands.build(args, settings)
    elif written:
        print("run `dudao index build` to answer from what was written")


def _overrides(args: argparse.Namespace) -> Overrides:
    given = [name for name in _ONE_FILE if getattr(args, name) is not None]
    if len(args.files) > 1 and given:
        raise InputError(
            f"--{given[0]} says something of one document, {len(args.files)} files are named: add them one by one"
        )
    try:
        date = datetime.date.fromisoformat(args.date) if args.date else None
    except ValueError as error:
        raise InputError(f"the date {args.date!r} is none: write it as 2021-03-15") from error
    return Overrides(
        id=args.id,
        title=args.title,
        issuer=args.issuer,
        number=args.number,
        date=date,
        region=args.region,
        level=args.level,
        genre=args.genre,
        access=args.access,
        status=cast(Status, STATUSES[args.status]) if args.status else None,
    )


def _show(name: str, text: FileText, proposal: Proposal) -> None:
    pages = f", {text.pages} pages" if text.pages else ""
    print(f"== {name} ({text.kind}{pages})")
    whence = {origin.field: _whence(origin.where, origin.quote) for origin in proposal.origins}
    for field in _FIELDS:
        print(f"{field:8} {_value(proposal.meta, field)}  <- {whence[field]}")
    print("tree:")
    for line in tree_lines(proposal.document):
        print(f"  {line}")
    for warning in proposal.warnings:
        print(f"  ! {warning}")
    for field in proposal.missing:
        print(f"  ! the text states no {field}: give it with --{field}")


def _value(meta: Metadata, name: str) -> str:
    value = getattr(meta, name)
    return "、".join(value) if isinstance(value, tuple) else str(value or "-")


def _whence(where: str, quote: str) -> str:
    if not quote:
        return _WHENCE[where]
    shown = quote.replace("\n", " / ").replace("\t", " ")
    shown = shown if len(shown) <= _LONGEST_QUOTE else f"{shown[:_LONGEST_QUOTE]}…"
    return f"“{shown}”" + (f" ({_WHENCE[where]})" if where == "margin" else "")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"page {done} of {total}", end="\n" if done == total else "\r", file=sys.stderr)
