import pytest

from eval.intervals import bootstrap, wilson


def test_wilson_against_published_values() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, method 3: 81/263 and 0/20
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0, 1)


def test_bootstrap_is_the_same_each_time_and_holds_the_value() -> None:
    groups, parts = [f"g{n}" for n in range(40)], [float(n % 2) for n in range(40)]
    low, high = bootstrap(groups, parts, [1.0] * 40)
    assert (low, high) == bootstrap(groups, parts, [1.0] * 40)
    assert 0.3 < low < 0.5 < high < 0.7


def test_bootstrap_draws_whole_groups() -> None:
    parts = [1.0] * 10 + [0.0] * 10
    few = bootstrap(["a"] * 10 + ["b"] * 10, parts, [1.0] * 20)
    many = bootstrap([str(n) for n in range(20)], parts, [1.0] * 20)
    assert few == (0, 1)
    assert many[1] - many[0] < 0.6


def test_bootstrap_leaves_out_draws_that_count_nothing() -> None:
    assert bootstrap(["a", "b"], [0.0, 1.0], [0.0, 1.0]) == (1, 1)
