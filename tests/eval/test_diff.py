import pytest

from corpus.errors import InputError
from eval.diff import FigureTest, compare, figure_test, holm
from eval.diff_table import format_comparison, verdict
from eval.figures import BY_NAME
from eval.types import Found, Row
from tests.eval.fakes import row

GOOD = Found(
    rank=1, hit_1=1.0, hit_5=1.0, rr_10=1.0, ndcg_10=1.0, cited=1, cited_right=1, gold_cited=1, citation_recall=1.0
)


def rows(hits: int, n: int = 20) -> list[Row]:
    return [row(f"q{i}", GOOD if i < hits else Found()) for i in range(n)]


def test_equal_runs_show_no_difference() -> None:
    found = compare(rows(10), rows(10))
    assert found.changes == ()
    assert all(test.p == 1 for test in found.tests if test.p is not None)
    assert verdict(found).startswith("no difference shown (0 of 20")


def test_a_large_difference_is_shown() -> None:
    found = compare(rows(0), rows(18))
    by_name = {test.name: test for test in found.tests}
    assert by_name["hit@1"].shown
    assert by_name["hit@1"].b == 0.9
    assert "difference shown in hit@1" in verdict(found)
    assert {change.verdict for change in found.changes} == {"better"}


def test_two_changed_questions_of_twenty_show_nothing() -> None:
    assert not any(test.shown for test in compare(rows(10), rows(12)).tests)


def test_the_p_value_against_all_swaps() -> None:
    # three questions differ, all in one direction: 2 of the 2**3 swaps are as large, p = 0.25
    pairs = list(zip(rows(0, 3), rows(3, 3), strict=True))
    found = figure_test(BY_NAME["hit@1"], pairs)
    assert found.p == pytest.approx(0.25, abs=0.02)
    assert figure_test(BY_NAME["hit@1"], pairs) == found


def test_groups_are_swapped_whole() -> None:
    a = [row(f"q{i}", group="g") for i in range(20)]
    b = [row(f"q{i}", GOOD, group="g") for i in range(20)]
    assert figure_test(BY_NAME["hit@1"], list(zip(a, b, strict=True))).p == 1


def test_holm_by_hand() -> None:
    tests = [FigureTest(str(n), 0, 1, p) for n, p in enumerate((0.01, 0.04, 0.03, None))]
    assert [t.p_holm for t in holm(tests)] == [pytest.approx(0.03), pytest.approx(0.06), pytest.approx(0.06), None]


def test_a_figure_without_a_value_is_not_tested() -> None:
    found = {test.name: test for test in compare(rows(1), rows(1)).tests}
    assert (found["abstention_recall"].p, found["abstention_recall"].p_holm) == (None, None)


def test_what_changed_is_named_question_by_question() -> None:
    a = [row("q1", GOOD, answer="一"), row("q2"), row("q3")]
    b = [row("q1", Found(rank=3), answer="二", abstained=True), row("q2"), row("q3", error="refused")]
    found = compare(a, b)
    assert [(c.a.question.id, c.what, c.verdict) for c in found.changes] == [
        ("q1", ("abstention", "answer", "rank"), "worse"),
        ("q3", ("answer", "refusal"), "same"),
    ]
    text = format_comparison(found)
    assert "- q1  问题q1  [abstention, answer, rank]  rank 1 -> abstained, rank 3" in text


def test_runs_that_cannot_be_paired() -> None:
    with pytest.raises(InputError, match="share no question"):
        compare([row("q1")], [row("q2")])
    with pytest.raises(InputError, match="'q1' differs"):
        compare([row("q1")], [row("q1", gold=("a/2",))])
    found = compare([row("q1"), row("q2")], [row("q1"), row("q3")])
    assert (found.n, found.only_a, found.only_b) == (1, ("q2",), ("q3",))
