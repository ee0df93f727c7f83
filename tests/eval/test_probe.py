"""Leaks and differing answers are looked for after every run."""

from collections.abc import Sequence

from app.types import Answer
from eval.probe import access, evenly, probed, repeats
from eval.run import ask_one
from eval.score import stated_facts
from eval.summary import summarise
from tests.eval.fakes import Scripted, answer, cite, question

QUESTIONS = [question("q1"), question("q2", gold=("a/1", "b/1")), question("q3", answerable=False, gold=())]


class Keeping(Scripted):
    """Keeps to the documents asked for, or not; numbers its answers where it is told to."""

    def __init__(self, leaky: bool = False, restless: bool = False) -> None:
        super().__init__({})
        self.leaky, self.restless = leaky, restless
        self.narrowed: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        self.narrowed.append(tuple(policies))
        self.asked.append(question)
        within = self.leaky or not policies or "a" in policies
        made = answer(question, [cite("a/1", "1∶1000")] if within else (), ["a/1"] if within else ())
        return answer(question, confidence=len(self.asked) / 100) if self.restless else made


def test_a_question_is_narrowed_to_a_document_that_does_not_rule_on_it() -> None:
    engine = Keeping()
    assert access(engine, QUESTIONS) == {"asked": 1, "leaking": []}
    assert engine.narrowed == [("b",)]


def test_what_leaks_is_named_and_counted() -> None:
    engine = Keeping(leaky=True)
    rows = [ask_one(engine, q, stated_facts(engine.corpus)) for q in QUESTIONS]
    summary = probed(summarise(rows), engine, rows)
    assert summary["access"] == {"asked": 1, "leaking": ["q1"]}
    assert summary["counts"]["leaks"] == 1
    assert probed(summarise(rows), engine, rows, policies=("a",))["access"] == {"asked": 0, "leaking": []}


def test_answers_that_differ_from_run_to_run_are_named() -> None:
    engine = Keeping(restless=True)
    rows = [ask_one(engine, q, stated_facts(engine.corpus)) for q in QUESTIONS]
    assert repeats(engine, rows, (), None) == {"runs": 5, "questions": 3, "differing": ["q1", "q2", "q3"]}
    assert repeats(engine, rows, (), 1) == {"runs": 1, "questions": 3, "differing": []}
    steady = Keeping()
    rows = [ask_one(steady, q, stated_facts(steady.corpus)) for q in QUESTIONS]
    assert repeats(steady, rows, (), 2)["differing"] == []


def test_questions_are_taken_evenly() -> None:
    assert evenly(range(7), 3) == range(0, 7, 3)
    assert list(evenly([1, 2], 5)) == [1, 2]
    assert list(evenly([], 5)) == []
