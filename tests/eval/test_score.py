from dataclasses import replace

from app.types import AnswerPart, Citation
from eval.score import leaked, nuggets, quote_is_right, score, stated_facts, support
from eval.types import Found, Question
from tests.eval.fakes import answer, cite, question, small_corpus

CORPUS = small_corpus()
FACTS = stated_facts(CORPUS)
RATIO = cite("a/1", "按学生1∶1000的比例")
TRAIN = cite("a/2", "不少于四十学时")


def found(asked: Question, given: object) -> Found:
    return score(asked, given, CORPUS, FACTS)  # type: ignore[arg-type]


def test_a_right_answer() -> None:
    asked = question(nuggets=(("1:1000",),), ok=("a/2",))
    got = found(asked, answer(citations=[RATIO], retrieved=["b/1", "a/1"]))
    assert (got.rank, got.hit_1, got.hit_3, got.rr_10) == (2, 0, 1, 0.5)
    assert (got.citation_precision, got.citation_recall, got.citation_f1) == (1, 1, 1)
    assert (got.nuggets_found, got.nuggets_missed) == (("1:1000",), ())
    assert (got.quantities, got.quantities_right) == (1, 1)
    assert got.quote_ok
    assert got.quotes == 1


def test_nuggets_name_what_was_found_and_what_was_missed() -> None:
    assert nuggets("每年40学时", [["四十学时", "40 学时"], ["十天"]]) == (("四十学时",), ("十天",))


def test_an_abstention_finds_no_nugget_even_where_its_nearest_clauses_hold_it() -> None:
    got = found(question(nuggets=(("1:1000",),)), answer(abstained=True, nearest=[RATIO]))
    assert got.nuggets_missed == ("1:1000",)
    assert (got.quotes, got.quotes_right) == (1, 1)


def test_a_contradicting_wording_is_found() -> None:
    got = found(question(anti=("四十学时", "没有")), answer(citations=[TRAIN]))
    assert got.anti_found == ("四十学时",)


def test_quote_fidelity_goes_through_the_corpus() -> None:
    assert quote_is_right(RATIO, CORPUS)
    assert not quote_is_right(replace(RATIO, quote="按学生1:1000的比例"), CORPUS)
    assert not quote_is_right(replace(RATIO, start=RATIO.start - 1), CORPUS)
    assert not quote_is_right(replace(RATIO, measure_id="a/9"), CORPUS)
    assert not quote_is_right(Citation("a/1", "", "", 3, 3), CORPUS)
    assert not quote_is_right(Citation("a/1", "", "（", -18, 1), CORPUS)


def test_support_counts_only_what_is_verified() -> None:
    given = answer(citations=[RATIO])
    assert support(given, CORPUS, FACTS) == (11, 11, 0)
    parts = (
        AnswerPart("fact", "a县："),
        AnswerPart("fact", "编造之地"),
        AnswerPart("quote", "1∶1000", 1),
        AnswerPart("quote", "1∶2000", 1),
        AnswerPart("quote", "1∶1000", 2),
        AnswerPart("phrase", "均如此。"),
    )
    assert support(replace(given, parts=parts), CORPUS, FACTS) == (2 + 4 + 15, 2 + 5, 3)


def test_a_quote_that_differs_from_the_clean_text_supports_nothing() -> None:
    forged = replace(RATIO, quote="按学生1∶2000的比例")
    assert support(answer(citations=[forged]), CORPUS, FACTS)[1] == 0


def test_leaks_are_measures_from_documents_not_asked_for() -> None:
    given = answer(citations=[RATIO], retrieved=["b/1", "a/1"], nearest=[cite("b/2", "经费")])
    assert leaked(given, ["a"]) == ("b/2", "b/1")
    assert leaked(given, []) == ()
