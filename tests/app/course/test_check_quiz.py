"""The checker of quizzes: five hundred questions are proven, and each kind of planted error is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from app.course.quiz_types import Quiz
from app.course.quiz_wire import quiz_to_dict
from corpus.load import Corpus
from tools.check_quiz import LETTERS, Proof, content, faults, load_proof, made

Row = dict[str, Any]


@pytest.fixture(scope="module")
def proof(corpus: Corpus) -> Proof:
    return load_proof(corpus)


def test_five_hundred_questions_of_five_seeds_are_proven_and_no_two_are_the_same(corpus: Corpus, proof: Proof) -> None:
    quizzes = made(corpus, 5, 100)
    questions = [q for quiz in quizzes for q in quiz["questions"]]
    assert len(questions) == len({content(q) for q in questions}) == 500
    assert [fault for quiz in quizzes for fault in faults(proof, quiz)] == []
    assert {q["kind"] for q in questions} == {"single", "multiple", "judge", "fill", "match"}
    abouts = {q["about"] for q in questions}
    assert abouts == {"value", "period", "deadline", "unit", "lead", "document", "rule"}


def rekey(question: Row) -> None:
    """Print the key of the options as they are marked."""
    question["key"] = "".join(letter for letter, o in zip(LETTERS, question["options"], strict=False) if o["right"])


def wrong_key(question: Row) -> None:
    right = next(o for o in question["options"] if o["right"])
    wrong = next(o for o in question["options"] if not o["right"])
    right["right"], wrong["right"] = False, True
    rekey(question)


def second_right_option(question: Row) -> None:
    next(o for o in question["options"] if not o["right"])["right"] = True
    rekey(question)


def printed_key(question: Row) -> None:
    question["key"] = "F"


def doubled_option(question: Row) -> None:
    question["options"][1] = copy.deepcopy(question["options"][0])


def false_quote(question: Row) -> None:
    question["citations"][0]["quote"] += "。"


def shifted_span(question: Row) -> None:
    question["citations"][0]["start"] += 1


def false_link(question: Row) -> None:
    question["citations"][0]["link"] = "/doc/dazu#1"


def false_official(question: Row) -> None:
    question["citations"][0]["official"] = "《督导条例》第三条"


def no_reason(question: Row) -> None:
    question["reason"] = ""


def other_place(question: Row) -> None:
    question["place"] = "weihai" if question["place"] != "weihai" else "hainan"


def turned_judgement(question: Row) -> None:
    question["answers"] = ["错误" if question["answers"] == ["正确"] else "正确"]


def other_answer(question: Row) -> None:
    question["answers"] = ["八"]


def further_answer(question: Row) -> None:
    question["answers"].append("八")


def swapped_pairs(question: Row) -> None:
    a, b = question["pairs"][:2]
    a["right"], b["right"] = b["right"], a["right"]


def unreadable(question: Row) -> None:
    question["stem"] = "是什么？"


CHOICE = ("single", "multiple")
PLANTED: list[tuple[Callable[[Row], None], tuple[str, ...], tuple[str, ...]]] = [
    (wrong_key, CHOICE, ()),
    (second_right_option, ("single",), ()),
    (printed_key, CHOICE, ()),
    (doubled_option, CHOICE, ()),
    (false_quote, (), ()),
    (shifted_span, (), ()),
    (false_link, (), ()),
    (false_official, (), ()),
    (no_reason, (), ()),
    (other_place, CHOICE, ("value", "period", "deadline", "unit", "document")),
    (turned_judgement, ("judge",), ()),
    (other_answer, ("fill",), ()),
    (further_answer, ("fill",), ()),
    (swapped_pairs, ("match",), ()),
    (unreadable, (), ("value", "unit", "document")),
]


@pytest.mark.parametrize(("plant", "kinds", "abouts"), PLANTED, ids=[row[0].__name__ for row in PLANTED])
def test_a_planted_error_is_found_in_every_question(
    proof: Proof, quiz: Quiz, plant: Callable[[Row], None], kinds: tuple[str, ...], abouts: tuple[str, ...]
) -> None:
    rows = quiz_to_dict(quiz)["questions"]
    fitting = [q for q in rows if q["kind"] in (kinds or q["kind"]) and q["about"] in (abouts or q["about"])]
    assert fitting
    for row in fitting:
        damaged = copy.deepcopy(row)
        plant(damaged)
        assert faults(proof, {"questions": [damaged]}), (plant.__name__, row["stem"])


def test_the_undamaged_quiz_has_no_faults(proof: Proof, quiz: Quiz) -> None:
    assert faults(proof, quiz_to_dict(quiz)) == []


def test_a_wrong_option_that_another_clause_of_the_document_makes_right_is_found(proof: Proof, quiz: Quiz) -> None:
    rows = quiz_to_dict(quiz)["questions"]
    row = copy.deepcopy(next(q for q in rows if q["about"] == "unit" and q["kind"] == "multiple"))
    units = [f["quote"] for f in proof.facts(row["measure"], ["unit"])]
    wrong = next(o for o in row["options"] if not o["right"])
    wrong["text"] = units[0] + "成员单位"
    assert any("could be meant" in fault for fault in faults(proof, {"questions": [row]}))


def test_the_same_question_with_other_wrong_options_is_the_same(proof: Proof, quiz: Quiz) -> None:
    row = next(q for q in quiz_to_dict(quiz)["questions"] if q["kind"] == "single" and q["about"] == "unit")
    twin = copy.deepcopy(row)
    twin["id"] = "twin"
    assert any("the same question" in fault for fault in faults(proof, {"questions": [row, twin]}))


def test_a_gold_that_says_otherwise_is_believed(corpus: Corpus, quiz: Quiz) -> None:
    """The proof rests on the gold: with a unit taken out of it, questions on that unit are at fault."""
    proof = load_proof(corpus)
    row = next(q for q in quiz_to_dict(quiz)["questions"] if q["about"] == "unit" and q["kind"] == "multiple")
    gold = {**proof.gold, row["measure"]: [f for f in proof.gold[row["measure"]] if f["kind"] != "unit"][:0]}
    assert faults(Proof(corpus, gold), {"questions": [row]})
