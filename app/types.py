"""Typed values of an answer. Everything that shows or scores an answer reads these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PartKind = Literal["quote", "fact", "phrase"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its place: `quote` equals code points [start, end) of the measure's clean text.

    official: the string to paste into a report, 《…》（文号）（十三）.
    errata: raw wordings of the reviewed corrections that the quote touches; empty as a rule.
    status: what is to be said of a document that is not in force (已废止); empty for one that is.
    """

    measure_id: str
    official: str
    quote: str
    start: int
    end: int
    errata: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A piece of the answer's text.

    kind: `quote` is verbatim clause text, `fact` a stated fact of the document's metadata, `phrase` fixed wording.
    mark: 1-based index into the answer's citations; None for phrases.
    key: code-point spans in `text` of the deciding words, to be shown marked.
    """

    kind: PartKind
    text: str
    mark: int | None = None
    key: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds spent: `total` is the whole answer, the others its stages."""

    total: float
    embed: float
    search: float
    answer: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets.

    parts: the answer's text in pieces, in reading order; `text` joins them with the [n] marks.
    abstained: the documents do not rule on it; `citations` then holds only what corrects a premise.
    nearest: clauses shown as nearest, not as an answer, with an abstention.
    retrieved: measure ids, best first, at most 20.
    understood: the question as understood where a follow-up or a correction changed it, else None.
    compared: it sets places side by side, and each line that begins with a place is a row of a table.
    confidence: in [0, 1], that the documents rule on the question; compared with the abstention threshold.
    """

    question: str
    parts: tuple[AnswerPart, ...]
    abstained: bool
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    retrieved: tuple[str, ...]
    timing_ms: Timing
    index_fingerprint: str
    understood: str | None = None
    confidence: float = 0.0
    compared: bool = False

    @property
    def corrects(self) -> bool:
        """Whether it answers with what contradicts the question."""
        return self.abstained and bool(self.citations)

    @property
    def text(self) -> str:
        """The answer as plain text, each quote followed by its [n]."""
        return "".join(f"{part.text}[{part.mark}]" if part.mark else part.text for part in self.parts)
