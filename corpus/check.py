"""Accounting: where every raw character of a document went, and whether the tree holds all clean text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.types import PolicyDocument


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of one document.

    raw: in the source. kept: in the clean text. dropped: (rule, characters) of layout repair and errata.
    unaccounted: raw characters that are neither kept nor dropped by a rule.
    outside_tree: clean characters, white space aside, in no heading and no unit of citation.
    """

    raw: int
    kept: int
    dropped: tuple[tuple[str, int], ...]
    unaccounted: int
    outside_tree: int
    measures: int
    warnings: tuple[str, ...]


def check_document(document: PolicyDocument, raw: str) -> Account:
    """Account for every character of `raw`, the text that `document` was parsed from."""
    dropped: Counter[str] = Counter()
    inserted = 0
    covered = [False] * len(raw)
    for edit in document.clean.edits:
        dropped[edit.rule] += edit.end - edit.start
        inserted += len(edit.replacement)
        for i in range(edit.start, edit.end):
            covered[i] = True
    for offset, char in zip(document.clean.raw_offsets, document.clean.text, strict=True):
        if raw[offset] == char:
            covered[offset] = True
    return Account(
        raw=len(raw),
        kept=len(document.clean.text) - inserted,
        dropped=tuple(sorted(dropped.items())),
        unaccounted=covered.count(False),
        outside_tree=_outside_tree(document),
        measures=sum(m.kind == "measure" for m in document.measures),
        warnings=document.warnings,
    )


def _outside_tree(document: PolicyDocument) -> int:
    text = document.clean.text
    held = [char.isspace() for char in text]
    spans = [(m.start, m.start + len(m.text)) for m in document.measures]
    spans += [(h.start, h.end) for part in document.parts for h in part.walk()]
    for start, end in spans:
        held[start:end] = [True] * (end - start)
    return held.count(False)
