"""A logistic model of features and their products, as computed and as kept."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from app.further import FURTHER_FEATURES
from app.logistic import Logistic, blank, from_dict
from app.rank import FEATURES, SENTENCE_FEATURES
from app.rules import RULE_FEATURES
from app.weights import load_weights

NAMES = ("a", "b")


@pytest.fixture
def model() -> Logistic:
    """Standard values a' = (a - 1) / 2 and b' = b; log-odds 0.5 + a' - 2 b' + 3 a'b'."""
    made = replace(
        blank(NAMES),
        center=np.array([1.0, 0.0], np.float32),
        scale=np.array([2.0, 1.0], np.float32),
        constant=0.5,
    )
    weight = {(0, 1): 1.0, (0, 2): -2.0, (1, 2): 3.0}
    pairs = zip(made.left.tolist(), made.right.tolist(), strict=True)
    return replace(made, weights=np.array([weight.get(pair, 0.0) for pair in pairs], np.float32))


def odds(model: Logistic, *values: float) -> float:
    chance = model.probability(np.array(values, np.float32))
    return float(np.log(chance / (1 - chance)))


def test_log_odds_are_the_sum_of_weighted_terms(model: Logistic) -> None:
    assert odds(model, 1, 0) == pytest.approx(0.5)
    assert odds(model, 3, 0) == pytest.approx(0.5 + 1)
    assert odds(model, 3, 2) == pytest.approx(0.5 + 1 - 4 + 6, abs=1e-5)


def test_a_value_far_from_all_others_counts_as_four_deviations(model: Logistic) -> None:
    assert odds(model, 1000, 0) == pytest.approx(odds(model, 9, 0)) == pytest.approx(4.5, abs=1e-4)


def test_products_are_taken_once_and_squares_are_among_them() -> None:
    made = blank(NAMES)
    pairs = sorted(zip(made.left.tolist(), made.right.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
    assert made.probability(np.array([7.0, 7.0], np.float32)) == 0.5


def test_a_model_is_read_as_it_was_written(model: Logistic) -> None:
    kept = json.loads(json.dumps(model.to_dict()))
    assert kept["weights"]["a*b"] == 3.0 and kept["weights"]["b"] == -2.0 and kept["features"]["a"] == [1.0, 2.0]
    again = from_dict(kept, NAMES)
    for values in ((0.3, -1.0), (5.0, 2.0)):
        assert odds(again, *values) == pytest.approx(odds(model, *values), abs=1e-4)


@pytest.mark.parametrize("names", [("a",), ("a", "c"), ("b", "a")])
def test_a_model_of_other_features_is_refused(model: Logistic, names: tuple[str, ...]) -> None:
    with pytest.raises(KeyError, match="features"):
        from_dict(model.to_dict(), names)


@pytest.mark.parametrize("section", ["late", "plain"])
def test_the_committed_models_tell_rows_apart(section: str) -> None:
    weights = load_weights(FEATURES, SENTENCE_FEATURES, RULE_FEATURES, FURTHER_FEATURES, late=section == "late")
    for model in (weights.rules, weights.further):
        assert (model.scale > 0).all()
        rows = np.random.default_rng(0).standard_normal((100, len(model.names))).astype(np.float32)
        chances = np.array([model.probability(model.center + row * model.scale) for row in rows])
        assert np.ptp(np.log(chances / (1 - chances))) > 1.0


def test_a_deviation_that_is_not_above_zero_is_refused(model: Logistic) -> None:
    kept = model.to_dict()
    kept["features"]["b"] = [0.0, 0.0]
    with pytest.raises(ValueError, match="'b'"):
        from_dict(kept, NAMES)
