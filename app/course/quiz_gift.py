"""A quiz in Moodle's GIFT format (Moodle docs, "GIFT format"): one question a block, special letters escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.course.quiz_types import BLANK, DIFFICULTIES, KINDS, RIGHT, Question, Quiz

_SPECIAL = re.compile(r"([\\~=#{}:])")


def quiz_gift(quiz: Quiz, facts: Sequence[str]) -> bytes:
    """Return the bytes of the file in UTF-8; facts: what every export says of itself, as comments."""
    head = [f"// {_line(text)}" for text in (quiz.title, *facts)]
    blocks = [f"$CATEGORY: {_category(quiz.title)}"]
    blocks += [_question(question, n) for n, question in enumerate(quiz.questions, start=1)]
    return ("\n".join(head) + "\n\n" + "\n\n".join(blocks) + "\n").encode("utf-8")


def _question(question: Question, number: int) -> str:
    name = f"{number:03d} {KINDS[question.kind]} {DIFFICULTIES[question.difficulty]}"
    said = f"####{_escaped(_feedback(question))}"
    stem = _escaped(question.stem)
    if question.kind == "fill":
        before, _, after = question.stem.partition(BLANK)
        answers = " ".join(f"={_escaped(answer)}" for answer in question.answers)
        return f"::{_escaped(name)}::{_escaped(before)}{{{answers} {said}}}{_escaped(after)}"
    return f"::{_escaped(name)}::{stem}{{\n{_answers(question)}\n{said}\n}}"


def _answers(question: Question) -> str:
    if question.kind == "judge":
        return "TRUE" if question.answers == (RIGHT,) else "FALSE"
    if question.kind == "match":
        return "\n".join(f"={_escaped(pair.left)} -> {_escaped(pair.right)}" for pair in question.pairs)
    if question.kind == "single":
        return "\n".join(f"{'=' if o.right else '~'}{_escaped(o.text)}" for o in question.options)
    rights = sum(o.right for o in question.options)
    shares = {True: share(1, rights), False: share(-1, len(question.options) - rights)}
    return "\n".join(f"~%{shares[o.right]}%{_escaped(o.text)}" for o in question.options)


def share(sign: int, count: int) -> str:
    """Return the share of the mark that one of `count` options bears, in per cent as Moodle knows it: 50, 33.33333."""
    value = f"{sign * 100 / count:.5f}"
    return value.rstrip("0").rstrip(".")


def _feedback(question: Question) -> str:
    sources = dict.fromkeys(citation.official for citation in question.citations)
    return f"{question.spelled_reason}出处：{'；'.join(sources)}"


def _escaped(text: str) -> str:
    """Text in which no letter is a command; an arrow would part a pair."""
    return _SPECIAL.sub(r"\\\1", _line(text)).replace("->", "－>")


def _category(title: str) -> str:
    return re.sub(r"[/\\]", " ", _line(title)).strip() or "督导问策"


def _line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\r", "").replace("\t", " ")
