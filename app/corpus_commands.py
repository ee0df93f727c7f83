"""`dudao corpus …`."""

from __future__ import annotations

import argparse

from app.citation import official
from app.settings import Settings
from corpus.check import check_document
from corpus.errors import InputError
from corpus.load import load_corpus, read_raw
from corpus.types import Measure


def list_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Print each document with its figures."""
    for document in load_corpus(settings.corpus).documents:
        meta = document.meta
        numbered = sum(m.kind == "measure" for m in document.measures)
        print(f"{meta.id:10} {numbered:3} measures  {meta.access:8}  {meta.date or '----------'}  《{meta.name}》")
    return 0


def show(args: argparse.Namespace, settings: Settings) -> int:
    """Print one measure, or the headings of a document's measures."""
    corpus = load_corpus(settings.corpus)
    if args.id in corpus.measures:
        measure = corpus.measures[args.id]
        titles = [corpus.headings[h].label + corpus.headings[h].title for h in measure.path]
        print(official(corpus, measure))
        print(" > ".join(titles), end="\n" if titles else "")
        print(measure.text)
        if measure.units:
            units, leads = ("、".join(s.of(measure.text) for s in spans) for spans in (measure.units, measure.leads))
            print(f"responsible: {units}" + (f" (lead: {leads})" if leads else ""))
        return 0
    if args.id in corpus.by_id:
        for measure in corpus.by_id[args.id].measures:
            print(f"{measure.id:14} {_first_line(measure)}")
        return 0
    raise InputError(f"there is no measure or document {args.id!r}: `dudao corpus list` names the documents")


def check(args: argparse.Namespace, settings: Settings) -> int:
    """Print what is odd in each document; 1 where text is lost."""
    lost = 0
    corpus = load_corpus(settings.corpus)
    for document in corpus.documents:
        found = check_document(document, read_raw(settings.corpus, document.meta.id))
        rules = ", ".join(f"{rule} {count}" for rule, count in found.dropped)
        print(f"{document.meta.id}: raw {found.raw} = kept {found.kept} + {rules}; unaccounted {found.unaccounted}")
        print(f"  {found.measures} numbered measures; outside the tree: {found.outside_tree} characters")
        for warning in found.warnings:
            print(f"  note: {warning}")
        lost += found.unaccounted + found.outside_tree
    return 1 if lost else 0


def _first_line(measure: Measure) -> str:
    return f"{measure.label}{measure.heading}" if measure.heading else measure.text.split("\n")[0][:40]
