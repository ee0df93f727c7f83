"""`dudao corpus facts`: the facts that documents state, as lines to read or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable

from app.settings import Settings
from corpus.errors import InputError
from corpus.facts import Fact, facts_of
from corpus.load import Corpus, load_corpus
from corpus.types import Measure

_SIGNS = {">=": "≥", "<=": "≤", "~": "≈", "=": "", "at": ""}


def facts(args: argparse.Namespace, settings: Settings) -> int:
    """Print the facts of one measure, of a document, or of all documents."""
    corpus = load_corpus(settings.corpus)
    found = [(measure, fact) for measure in _measures(corpus, args.id) for fact in facts_of(measure)]
    if args.json:
        print(json.dumps([fact_to_dict(measure, fact) for measure, fact in found], ensure_ascii=False, indent=1))
        return 0
    for measure, fact in found:
        words = fact.span.of(measure.text).replace("\n", " ")
        told = stated_value(fact)
        subject = f"  ({fact.of.of(measure.text)})" if fact.of else ""
        print(f"{measure.id:14} {fact.kind:10} {words}{f' = {told}' if told and told != words else ''}{subject}")
    return 0


def fact_to_dict(measure: Measure, fact: Fact) -> dict[str, object]:
    """Return a fact as plain values: where it stands, its words, and each field that it has."""
    fields = {name: getattr(fact, name) for name in ("value", "to", "unit", "period", "precision", "number")}
    return {
        "measure": measure.id,
        "kind": fact.kind,
        "start": fact.span.start,
        "end": fact.span.end,
        "quote": fact.span.of(measure.text),
        **{name: value for name, value in fields.items() if value},
        "comparator": fact.comparator,
        **({"of": fact.of.of(measure.text)} if fact.of else {}),
        **({"order": fact.order} if fact.order else {}),
        **({"lead": True} if fact.lead else {}),
    }


def stated_value(fact: Fact) -> str:
    """Return the value of a fact in a few signs: `≥40学时/年`, `3~5年`, `by 2025 year end`, `lead`."""
    if fact.kind == "unit":
        return "lead" if fact.lead else ""
    if fact.kind == "document":
        return f"{fact.value} {fact.number}".strip()
    amount = f"{fact.value}~{fact.to}" if fact.to else fact.value
    if fact.kind == "date":
        words = (
            _SIGNS.get(fact.comparator, fact.comparator),
            amount,
            "" if fact.precision == "day" else fact.precision,
        )
        return " ".join(word for word in words if word) + _per(fact)
    return f"{_SIGNS.get(fact.comparator, fact.comparator)}{amount}{fact.unit}{_per(fact)}"


def _per(fact: Fact) -> str:
    return f"/{fact.period}" if fact.period else ""


def _measures(corpus: Corpus, asked: str | None) -> Iterable[Measure]:
    if asked is None:
        return corpus.measures.values()
    if asked in corpus.measures:
        return (corpus.measures[asked],)
    if asked in corpus.by_id:
        return corpus.by_id[asked].measures
    raise InputError(f"there is no measure or document {asked!r}: `dudao corpus list` names the documents")
