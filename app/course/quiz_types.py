"""Typed values of a quiz: a question carries its key, what proves it, and why the other options are wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from app.types import Citation

QuestionKind = Literal["single", "multiple", "judge", "fill", "match"]
# What a question asks of its measure.
About = Literal["value", "period", "deadline", "unit", "lead", "document", "rule"]
Difficulty = Literal["easy", "medium", "hard"]

KINDS: dict[QuestionKind, str] = {
    "single": "单选题",
    "multiple": "多选题",
    "judge": "判断题",
    "fill": "填空题",
    "match": "匹配题",
}
DIFFICULTIES: dict[Difficulty, str] = {"easy": "易", "medium": "中", "hard": "难"}
RIGHT, WRONG = "正确", "错误"
# How claims begin that join those of several statements: `set=a,b`.
SETS = ("set", "rules", "match")
LETTERS = "ABCDEF"
BLANK = "（　　）"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice.

    source: id of the measure that the option was taken from, empty where it is a value near the key's.
    near: 0 to 1, how near it is to the key; of no meaning for a right option.
    """

    text: str
    right: bool
    source: str = ""
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A left and the right that belongs to it; measure: id of the one that proves it."""

    left: str
    right: str
    measure: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a quiz, in simplified letters whatever the script of its document.

    claim: what is asked of which measure; two questions of one claim give each other's answers away.
    stem: with `BLANK` where something is to be put in.
    place: id of the document asked, empty where the place itself is what is asked.
    options: of `single` and `multiple`, in the order shown; `judge` has none.
    answers: of `fill` the accepted wordings, the first one is printed; of `judge` one of RIGHT and WRONG.
    pairs: of `match`, the lefts in the order shown.
    citations: what proves the key, the deciding one first.
    reason: why the key is right and where other options come from, in one or two sentences.
    """

    id: str
    claim: str
    kind: QuestionKind
    about: About
    topic: str
    place: str
    measure: str
    stem: str
    options: tuple[Option, ...]
    answers: tuple[str, ...]
    pairs: tuple[Pair, ...]
    citations: tuple[Citation, ...]
    reason: str
    difficulty: Difficulty

    @property
    def key(self) -> str:
        """The key as printed: letters of a choice, the first wording of a blank, 1-B 2-A of a matching."""
        if self.kind in ("single", "multiple"):
            return "".join(LETTERS[n] for n, option in enumerate(self.options) if option.right)
        if self.kind == "match":
            rights = self.rights
            return "，".join(f"{n}—{LETTERS[rights.index(p.right)]}" for n, p in enumerate(self.pairs, start=1))
        return self.answers[0]

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim that the question gives away: those of a set of statements are several."""
        name, _, rest = self.claim.partition("=")
        return tuple(rest.split(",")) if rest and name in SETS else (self.claim,)

    @property
    def shown(self) -> tuple[Citation, ...]:
        """The citations whose words the question shows or asks for; the rule of who leads is told, not asked."""
        return self.citations[:1] if self.about == "lead" else self.citations

    @property
    def spelled_reason(self) -> str:
        """The reason with the options' words for their letters, for where they are shown in another order."""

        def words(match: re.Match[str]) -> str:
            letters = [LETTERS.index(letter) for letter in match[1].split("、")]
            if any(n >= len(self.options) for n in letters):
                return match[0]
            return "、".join(f"“{self.options[n].text}”" for n in letters)

        return re.sub(r"(?<![A-Za-z])([A-F](?:、[A-F])*)项", words, self.reason)

    @property
    def rights(self) -> tuple[str, ...]:
        """The right-hand side of a matching as shown: in an order of its own that says nothing of the pairs."""
        return tuple(sorted(pair.right for pair in self.pairs))


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions in the order printed, by kind; the same course and seed give the same quiz."""

    title: str
    seed: int
    questions: tuple[Question, ...]

    def of_kind(self, kind: QuestionKind) -> tuple[Question, ...]:
        """Return the questions of one kind in order."""
        return tuple(q for q in self.questions if q.kind == kind)
