"""Typed values of an evaluation: what is asked, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a question file.

    group: questions that ask the same thing in other words share it; the split and the bootstrap go by it.
    history: earlier questions of the same talk, oldest first.
    gold: measure ids that must be cited; ok: ids that may be cited too.
    nuggets: of each inner tuple one wording must stand in the answer.
    anti: wordings that must not stand in the answer.
    """

    id: str
    group: str
    kind: str
    lang: str
    style: str
    question: str
    history: tuple[str, ...]
    gold: tuple[str, ...]
    ok: tuple[str, ...]
    nuggets: tuple[tuple[str, ...], ...]
    anti: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in file order, with the sha256 of each file's bytes by file name."""

    questions: tuple[Question, ...]
    sha256: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer to one question was worth; retrieval and citations are by measure.

    rank: 1-based rank of the first gold measure in `retrieved`, None where none is there.
    hit_k: 1.0 where a gold measure is among the first k, else 0.0.
    cited, cited_right, gold_cited: distinct measures cited; of these gold or ok; of these gold.
    quantities, quantities_right: quantities that the nuggets state; of these stated with equal value,
        unit and comparator in the answer.
    quotes, quotes_right: quotes shown; of these equal to their span of the clean text.
    claimed, supported: code points of the answer that state something; of these verified in the corpus.
    phrased: code points of fixed phrases.
    leaks: measures shown from outside the documents that were asked for.
    cold: the first question that the process answered.
    """

    rank: int | None = None
    hit_1: float = 0.0
    hit_3: float = 0.0
    hit_5: float = 0.0
    hit_10: float = 0.0
    recall_5: float = 0.0
    rr_10: float = 0.0
    ndcg_10: float = 0.0
    cited: int = 0
    cited_right: int = 0
    gold_cited: int = 0
    citation_precision: float = 0.0
    citation_recall: float = 0.0
    citation_f1: float = 0.0
    nuggets_found: tuple[str, ...] = ()
    nuggets_missed: tuple[str, ...] = ()
    anti_found: tuple[str, ...] = ()
    quantities: int = 0
    quantities_right: int = 0
    quotes: int = 0
    quotes_right: int = 0
    quote_ok: bool = True
    claimed: int = 0
    supported: int = 0
    phrased: int = 0
    leaks: int = 0
    cold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer and what was found.

    answer: the JSON of `dudao ask --json`.
    error: the sentence with which the question was refused, else None; nothing is then found.
    """

    question: Question
    answer: Mapping[str, Any]
    found: Found
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; `n` is what it was counted over (questions, citations or quotes)."""

    value: float
    low: float
    high: float
    n: int
