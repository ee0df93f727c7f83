"""`dudao corpus suspects`: strings of the sources that are likely junk, for a person to review."""

from __future__ import annotations

import argparse
import dataclasses
import json

from app.settings import Settings
from corpus.errors import InputError
from corpus.load import load_corpus, read_raw
from corpus.suspects import find_suspects
from corpus.wordlist import known_words


def suspects(args: argparse.Namespace, settings: Settings) -> int:
    """Print the suspects of one document or of all, the likeliest of each document first."""
    corpus = load_corpus(settings.corpus)
    if args.id is not None and args.id not in corpus.by_id:
        raise InputError(f"there is no document {args.id!r}: `dudao corpus list` names the documents")
    raw = {i: read_raw(settings.corpus, i) for i in corpus.by_id}
    found = [s for s in find_suspects(corpus, raw, known_words()) if args.id in (None, s.document_id)]
    if args.json:
        print(json.dumps([dataclasses.asdict(s) for s in found], ensure_ascii=False, indent=1))
        return 0
    for suspect in found:
        place = f"{suspect.document_id}:{suspect.line}"
        known = "  (erratum)" if suspect.reviewed else ""
        print(f"{place:14} {suspect.score:5.1f}  {suspect.before}[{suspect.text}]{suspect.after}{known}")
    reviewed = sum(s.reviewed for s in found)
    print(f"{len(found)} suspects, {reviewed} of them corrected by an erratum; an erratum goes into errata.toml")
    return 0
