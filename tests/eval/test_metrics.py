"""Every metric on cases computed by hand."""

import math

import pytest

from eval.metrics import (
    abstention_curve,
    abstention_scores,
    area_under_risk_coverage,
    average_precision,
    citation_scores,
    f1,
    first_rank,
    hit,
    jaccard,
    ndcg,
    percentile,
    ranked,
    recall,
    reciprocal_rank,
    risk_coverage,
)

LIST = ["x", "b", "a", "y", "c"]


def test_rank_hit_and_reciprocal_rank() -> None:
    assert first_rank(LIST, {"a", "c"}) == 3
    assert [hit(LIST, {"a"}, k) for k in (1, 2, 3, 5)] == [0, 0, 1, 1]
    assert reciprocal_rank(LIST, {"a"}) == 1 / 3
    assert reciprocal_rank(LIST, {"a"}, k=2) == 0


def test_an_empty_result_and_an_absent_gold_count_as_nothing() -> None:
    assert first_rank([], {"a"}) is None
    assert (hit([], {"a"}, 5), recall([], {"a"}, 5), reciprocal_rank([], {"a"}), ndcg([], {"a"}, ())) == (0, 0, 0, 0)
    assert (recall(LIST, (), 5), ndcg(LIST, (), ())) == (0, 0)


def test_a_repeated_id_counts_at_its_first_place() -> None:
    assert first_rank(["x", "x", "x", "a"], {"a"}) == 2
    assert recall(["a", "a", "b"], {"a", "b"}, 2) == 1
    assert ndcg(["a", "a"], {"a"}, ()) == 1


def test_ties_in_score_break_by_id() -> None:
    assert ranked({"c": 1.0, "a": 1.0, "b": 2.0}) == ("b", "a", "c")


def test_recall_counts_every_gold_measure() -> None:
    assert recall(LIST, {"a", "b", "z"}, 2) == 1 / 3
    assert recall(LIST, {"a", "b", "z"}, 5) == 2 / 3


def test_ndcg_with_two_grades() -> None:
    # gains 0 (x), 1 (b is ok), 2 (a is gold); ideal order: a, b
    expected = (1 / math.log2(3) + 2 / math.log2(4)) / (2 + 1 / math.log2(3))
    assert ndcg(LIST, {"a"}, {"b"}) == pytest.approx(expected, abs=1e-12)
    assert ndcg(["a", "b"], {"a"}, {"b"}) == 1
    assert ndcg(LIST, {"c"}, {"a"}, k=2) == 0


def test_an_id_that_is_gold_and_ok_is_gold() -> None:
    assert ndcg(["a"], {"a"}, {"a"}) == 1


def test_citation_precision_counts_ok_and_recall_does_not() -> None:
    assert citation_scores(["a", "b", "x"], {"a", "c"}, {"b"}) == pytest.approx((2 / 3, 1 / 2, 4 / 7))
    assert citation_scores(["a", "a"], {"a"}, ()) == (1, 1, 1)
    assert citation_scores([], {"a"}, {"b"}) == (0, 0, 0)
    assert citation_scores(["b"], {"a"}, {"b"}) == (1, 0, 0)


def test_f1_of_nothing_is_nothing() -> None:
    assert f1(0, 0) == 0
    assert f1(1, 0.5) == pytest.approx(2 / 3)


def test_abstention() -> None:
    abstained, answerable = [True, True, False, False], [False, True, True, False]
    assert abstention_scores(abstained, answerable) == (1 / 2, 1 / 2, 1 / 2)
    assert abstention_scores([False], [True]) == (None, None, 0)
    assert abstention_scores([], []) == (None, None, None)


def test_jaccard() -> None:
    assert jaccard({"a", "b"}, {"b", "c"}) == 1 / 3
    assert jaccard((), ()) == 1
    assert jaccard({"a"}, ()) == 0


def test_risk_over_coverage() -> None:
    points = risk_coverage([0.9, 0.5, 0.7, 0.1], [False, True, False, True])
    assert points == [(1 / 4, 0), (2 / 4, 0), (3 / 4, 1 / 3), (1, 1 / 2)]
    assert area_under_risk_coverage(points) == pytest.approx((1 / 3 + 1 / 2) / 4)


def test_equal_confidence_enters_together() -> None:
    assert risk_coverage([0.5, 0.5], [True, False]) == [(1, 1 / 2)]
    assert risk_coverage([], []) == []
    assert area_under_risk_coverage([]) is None


def test_precision_over_recall_of_abstaining() -> None:
    points = abstention_curve([0.1, 0.9, 0.2, 0.5], [True, False, False, True])
    assert points == [(1 / 2, 1), (1 / 2, 1 / 2), (1, 2 / 3), (1, 1 / 2)]
    assert average_precision(points) == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 3)
    assert abstention_curve([0.5, 0.5], [True, False]) == [(1, 1 / 2)]
    assert abstention_curve([0.5], [False]) == []
    assert average_precision([]) is None


def test_percentiles_are_nearest_rank() -> None:
    assert [percentile([4, 1, 3, 2], p) for p in (0, 25, 50, 51, 95, 100)] == [1, 1, 2, 3, 4, 4]
    assert percentile([7], 50) == 7
    assert percentile([], 50) is None
