import pytest

from eval.intervals import bootstrap, group_sums, wilson


def test_wilson_against_published_values() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, method 3: 81/263 and 0/20
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


def drawn(groups: list[str], parts: list[float], wholes: list[float]) -> tuple[float, float]:
    ((low, high),) = bootstrap(groups, [[p] for p in parts], [[w] for w in wholes])
    return float(low), float(high)


def test_bootstrap_is_the_same_each_time_and_holds_the_value() -> None:
    groups, parts = [f"g{n}" for n in range(40)], [float(n % 2) for n in range(40)]
    low, high = drawn(groups, parts, [1.0] * 40)
    assert (low, high) == drawn(groups, parts, [1.0] * 40)
    assert 0.3 < low < 0.5 < high < 0.7


def test_bootstrap_draws_whole_groups() -> None:
    parts = [1.0] * 10 + [0.0] * 10
    few = drawn(["a"] * 10 + ["b"] * 10, parts, [1.0] * 20)
    many = drawn([str(n) for n in range(20)], parts, [1.0] * 20)
    assert few == (0, 1)
    assert many[1] - many[0] < 0.6


def test_bootstrap_leaves_out_draws_that_count_nothing() -> None:
    assert drawn(["a", "b"], [0.0, 1.0], [0.0, 1.0]) == (1, 1)


def test_bootstrap_takes_several_figures_at_once() -> None:
    groups = [str(n) for n in range(10)]
    both = bootstrap(groups, [[n % 2, 1] for n in range(10)], [[1, 2]] * 10)
    assert both.shape == (2, 2)
    assert tuple(both[0]) == drawn(groups, [n % 2 for n in range(10)], [1] * 10)
    assert tuple(both[1]) == (0.5, 0.5)


def test_group_sums_keep_the_order_of_first_sight() -> None:
    assert group_sums(["b", "a", "b"], [[1, 10], [2, 20], [3, 30]]).tolist() == [[4, 40], [2, 20]]
