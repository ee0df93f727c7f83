"""`dudao corpus diff`, `status` and `remove`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import cast

from app.corpus_cli import STATUSES
from app.settings import Settings
from corpus.clean import clean_text
from corpus.errors import InputError, ParseError
from corpus.intake.child import read_in_child
from corpus.intake.folder import find_metadata, remove_document, set_status, superseded_by
from corpus.load import load_document, load_metadata
from corpus.parse import parse_document
from corpus.revise import Change, ChangeKind, Unit, compare
from corpus.types import Metadata, PolicyDocument, Status

_KINDS: tuple[ChangeKind, ...] = ("changed", "moved", "new", "gone", "unchanged")
_CONTEXT = 12  # characters of unchanged text shown on each side of a change
BUILD = "run `dudao index build` to answer from it"


def diff(args: argparse.Namespace, settings: Settings) -> int:
    """Print what became of every unit of the old version."""
    changes = compare(_version(args.old, settings), _version(args.new, settings))
    if args.json:
        rows = [_row(change) for change in changes]
        print(json.dumps({"old": args.old, "new": args.new, "units": rows}, ensure_ascii=False, indent=1))
        return 0
    for change in changes:
        if change.kind != "unchanged":
            print(f"{change.kind:9} {_numbers(change)}  {_line(change)}")
    counts = Counter(change.kind for change in changes)
    print(", ".join(f"{counts[kind]} {kind}" for kind in _KINDS))
    return 0


def status(args: argparse.Namespace, settings: Settings) -> int:
    """Mark a document as in force, draft, superseded or repealed."""
    set_status(settings.corpus, args.id, cast(Status, STATUSES[args.status]), args.by)
    print(f"{args.id}: {STATUSES[args.status]}" + (f" by {args.by}" if args.by else ""))
    print(BUILD)
    return 0


def remove(args: argparse.Namespace, settings: Settings) -> int:
    """Take a document away where that is confirmed."""
    meta = find_metadata(settings.corpus, args.id)
    print(f"{meta.id}: 《{meta.name}》")
    for other in superseded_by(settings.corpus, args.id):
        print(f"  ! {other!r} is superseded by it and will name no successor any more")
    if not (args.yes or confirmed("是否删除？")):
        print(f"nothing is removed without --yes: `dudao corpus remove {args.id} --yes`")
        return 0
    remove_document(settings.corpus, args.id)
    print(f"removed {args.id}; run `dudao index build` so that no answer cites it")
    return 0


def confirmed(question: str) -> bool:
    """Ask at a terminal; without one the answer is no."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"{question}[y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError:
        return False


def _version(name: str, settings: Settings) -> PolicyDocument:
    """A document of the corpus by its id, else a file."""
    metas = {meta.id: meta for meta in load_metadata(settings.corpus)}
    if name in metas:
        return load_document(settings.corpus / name)
    path = Path(name)
    if not path.exists():
        raise InputError(f"{name!r} is neither a document nor a file: `dudao corpus list` names the documents")
    text = read_in_child(path).text
    meta = Metadata(id="file", region="", aliases=(), level="", genre="", access="unmarked", sha256="", title=path.name)
    try:
        return parse_document(meta, clean_text(text))
    except ParseError as error:
        raise ParseError(f"{path.name!r}: {error}") from error


def _row(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "old": _unit(change.old),
        "new": _unit(change.new),
        "pieces": [list(piece) for piece in change.pieces],
    }


def _unit(unit: Unit | None) -> dict[str, str] | None:
    return None if unit is None else {"number": unit.number, "kind": unit.kind, "label": unit.label}


def _numbers(change: Change) -> str:
    names = [unit.label or unit.number for unit in (change.old, change.new) if unit]
    if change.old and change.new and change.old.number == change.new.number:
        names = names[1:]
    return " -> ".join(names)


def _line(change: Change) -> str:
    """The change on one line: [-gone-]{+come+}, and no more of what stayed than is needed to find it."""
    if change.kind == "moved":
        return _cut(change.pieces[0][1], 2 * _CONTEXT, 0)
    out = []
    for n, (mark, text) in enumerate(change.pieces):
        if mark == "-":
            out.append(f"[-{text}-]")
        elif mark == "+":
            out.append(f"{{+{text}+}}")
        else:
            last = n == len(change.pieces) - 1
            out.append(_cut(text, _CONTEXT if n else 0, 0 if last else _CONTEXT))
    return "".join(out)


def _cut(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail + 1:
        return text
    return f"{text[:head]}…{text[len(text) - tail :]}"
