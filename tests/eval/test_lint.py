from pathlib import Path

import pytest

from corpus.load import load_corpus
from eval.coverage import coverage, format_coverage
from eval.lint import lint, lint_one_more, near_duplicates
from eval.load import load_questions, read_questions
from eval.split import split_of
from eval.types import Question
from tests.eval.fakes import question, small_corpus

CORPUS = small_corpus()
SETS = sorted((Path(__file__).parents[2] / "eval/questions").glob("*.jsonl"))
WORDINGS = sorted((Path(__file__).parents[2] / "eval/questions/wordings").glob("*.jsonl"))
ACCEPT = sorted((Path(__file__).parents[2] / "eval/questions/accept").glob("*.jsonl"))
DEV = next(f"g{n}" for n in range(9) if split_of(f"g{n}") == "dev")
TEST = next(f"g{n}" for n in range(9) if split_of(f"g{n}") == "test")
GOOD = question(nuggets=(("1:1000",),))


def rules(*questions: Question) -> list[str]:
    return [finding.rule for finding in lint(questions, CORPUS)]


def test_a_good_question_has_no_fault() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (question(nuggets=(("1:1000",),), ok=("a/9",)), "unknown-id"),
        (question(gold=(), nuggets=(("x",),)), "answerable-without-gold"),
        (question(answerable=False, gold=(), nuggets=(("x",),)), "nugget-not-in-gold"),
        (question(), "answerable-without-nugget"),
        (question(answerable=False), "unanswerable-with-gold"),
        (question(nuggets=(("1:1000",),), ok=("a/1",)), "gold-and-ok"),
        (question(nuggets=(("1:1001", "1001人"),)), "nugget-not-in-gold"),
        (question(nuggets=(("1:1000",),), anti=("按学生",)), "anti-in-gold"),
        (question(nuggets=(("1:1000",),), ok=("a/2",), anti=("40学时",)), "anti-in-gold"),
        (question(nuggets=(("1:1000", "1:10000"),), anti=("1:10000",)), "anti-in-nugget"),
        (question(nuggets=(("1:1000",),), question="  "), "empty-question"),
    ],
)
def test_each_fault_is_found(fault: Question, rule: str) -> None:
    assert rules(fault) == [rule]


def test_a_nugget_may_stand_in_the_metadata_of_a_gold_document() -> None:
    assert rules(question(nuggets=(("2021〕19号",),))) == []


def test_repeated_ids_and_questions() -> None:
    assert rules(GOOD, GOOD) == ["duplicate-id", "duplicate-question"]


def test_one_question_may_stand_in_both_scripts_within_its_group() -> None:
    a, b = question("q1", question="谁约谈？", group="g"), question("q2", question="誰約談？", group="g")
    assert near_duplicates([a, b]) == []
    other = question("q3", question="誰約談？", group="h")
    assert [f.rule for f in near_duplicates([a, other])] == ["duplicate-question"]


@pytest.mark.parametrize("path", ACCEPT, ids=lambda p: p.stem)
def test_the_questions_to_accept_by_have_no_fault(path: Path) -> None:
    corpus = load_corpus()
    asked = load_questions([path], corpus.measures).questions
    assert len(asked) == 140 and [str(f) for f in lint(asked, corpus)] == []


def test_twelve_authors_wrote_questions_to_accept_by() -> None:
    ids = [q.id for q in load_questions(ACCEPT, load_corpus().measures).questions]
    assert len(ids) == len(set(ids)) == 1680


def test_every_question_of_the_wordings_is_asked_in_all_five() -> None:
    corpus = load_corpus()
    asked = load_questions(WORDINGS, corpus.measures).questions
    assert [str(f) for f in lint(asked, corpus)] == []
    groups: dict[str, list[tuple[str, str]]] = {}
    for q in asked:
        groups.setdefault(q.group, []).append((q.lang, q.style))
    five = [
        ("zh-Hans", "formal"),
        ("zh-Hant", "formal"),
        ("en", "formal"),
        ("zh-Hans", "colloquial"),
        ("zh-Hans", "typo"),
    ]
    assert len(groups) >= 20
    assert all(wordings == five for wordings in groups.values())
    assert {q.gold[0].split("/")[0] for q in asked} == {d.meta.id for d in corpus.documents}


def test_near_duplicates_matter_across_splits_only() -> None:
    text = "秀山县教育督导委员会的督学按什么比例配备"
    a, b = question("q1", question=text, group=DEV), question("q2", question=text + "呢？", group=TEST)
    assert [f.rule for f in near_duplicates([a, b])] == ["near-duplicate-across-splits"]
    same_side = question("q2", question=text + "呢？", group=DEV)
    assert near_duplicates([a, same_side]) == []
    other_gold = question("q2", question=text + "呢？", group=TEST, gold=("b/1",))
    assert near_duplicates([a, other_gold]) == []


def test_follow_ups_are_compared_with_their_history() -> None:
    a = question("q1", question="那威海呢？", history=("谁负责约谈？",), group=DEV)
    b = question("q2", question="那威海呢？", history=("督学培训多少学时？",), group=TEST)
    assert near_duplicates([a, b]) == []


def test_coverage_counts_by_split_and_names_what_is_missing() -> None:
    found = coverage([question("q1", group=DEV), question("q2", group=TEST, gold=("a/1", "b/2"))], CORPUS)
    assert found.measures == {"a/1": (1, 1), "a/2": (0, 0), "b/1": (0, 0), "b/2": (0, 1)}
    assert found.without == ("a/2", "b/1")
    assert "numbered measures without a question: a/2, b/1" in format_coverage(found)


def test_what_an_unanswerable_question_may_not_be_told_may_stand_in_what_comes_near() -> None:
    assert rules(question(answerable=False, gold=(), ok=("a/2",), anti=("40学时",))) == []


def test_one_more_question_is_held_against_those_there_are() -> None:
    text = "秀山县教育督导委员会的督学按什么比例配备"
    there = [question("q1", question=text, group=DEV, nuggets=(("1:1000",),)), question("q2", nuggets=(("1:9",),))]
    new = question("q3", question=text + "呢？", group=TEST, nuggets=(("1:1000",),))
    (finding,) = lint_one_more(new, there, CORPUS)
    assert (finding.rule, finding.question_id) == ("near-duplicate-across-splits", "q3")
    assert lint_one_more(question("q4", nuggets=(("1:1000",),)), there, CORPUS) == ()
    assert [f.rule for f in lint_one_more(there[0], there, CORPUS)] == ["duplicate-id", "duplicate-question"]


def test_every_set_holds_contradictions_of_answers_and_of_abstentions() -> None:
    questions = load_questions(SETS, load_corpus().measures).questions
    for answerable in (True, False):
        assert sum(bool(q.anti) for q in questions if q.answerable is answerable) > 100
    for path in SETS:
        assert sum(bool(q.anti) for _, q in read_questions(path)) > 30, path.name


def test_the_question_sets_load_and_reach_every_measure() -> None:
    corpus = load_corpus()
    questions = load_questions(SETS, corpus.measures).questions
    assert [str(f) for f in lint(questions, corpus)] == []
    assert coverage(questions, corpus).without == ()
