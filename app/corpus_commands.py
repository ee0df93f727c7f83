"""`dudao corpus list`, `show` and `check`."""

from __future__ import annotations

import argparse

from app.citation import official, standing
from app.settings import Settings
from corpus.check import check_document
from corpus.errors import InputError
from corpus.load import load_corpus, read_raw
from corpus.types import Measure, PolicyDocument


def list_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Print each document with its figures."""
    corpus = load_corpus(settings.corpus)
    widest = max(map(len, corpus.by_id))
    for document in corpus.documents:
        meta = document.meta
        numbered = sum(m.kind == "measure" for m in document.measures)
        figures = f"{numbered:3} measures  {meta.access:8}  {meta.date or '----------'}  {meta.status:10}"
        note = standing(corpus, meta)
        print(f"{meta.id:{widest}}  {figures}  《{meta.name}》" + (f"〔{note}〕" if note else ""))
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
        print("\n".join(tree_lines(corpus.by_id[args.id])))
        return 0
    raise InputError(f"there is no measure or document {args.id!r}: `dudao corpus list` names the documents")


def tree_lines(document: PolicyDocument) -> list[str]:
    """Return a line for each unit of citation: its id, and its heading or the beginning of its text."""
    widest = max((len(measure.id) for measure in document.measures), default=0)
    return [f"{measure.id:{widest}} {_first_line(measure)}" for measure in document.measures]


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
