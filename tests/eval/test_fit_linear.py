"""The models on rows whose right weights are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.logistic import from_dict
from eval.fit_linear import FOLDS, ChoiceSet, RuleRow, best_threshold, cross_validated, fit_choice, fit_rules, fold_of

NAMES = ("decides", "noise")


def rule_rows(count: int) -> list[RuleRow]:
    """The first value decides, the second is noise."""
    rng = np.random.default_rng(1)
    values = rng.standard_normal((count, 2)).astype(np.float32)
    return [RuleRow(f"g{n}", f"q{n}", v, float(v[0] > 0)) for n, v in enumerate(values)]


def test_what_sets_right_rows_apart_gets_the_weight() -> None:
    rng = np.random.default_rng(0)
    sets = []
    for _ in range(40):
        rows = rng.standard_normal((6, 3)).astype(np.float32)
        right = int(np.argmax(rows[:, 1]))
        sets.append(ChoiceSet(rows, [right], [i for i in range(6) if i != right]))
    weights = fit_choice(sets, 3)
    assert weights[1] > 5 * max(abs(weights[0]), abs(weights[2]))


def test_what_decides_gets_the_weight() -> None:
    weights = fit_rules(rule_rows(200), NAMES).weights
    assert weights[0] > 5 * abs(weights[1])


def test_what_two_values_decide_together_is_learned_from_their_product() -> None:
    rows = [replace(r, label=float(r.values[0] * r.values[1] > 0)) for r in rule_rows(200)]
    model = fit_rules(rows, NAMES)
    assert np.mean([bool(r.label) == (model.probability(r.values) > 0.5) for r in rows]) > 0.9


def test_a_value_that_never_varies_survives_being_kept() -> None:
    rows = [replace(r, values=np.append(r.values[:1], np.float32(3))) for r in rule_rows(100)]
    kept = from_dict(fit_rules(rows, NAMES).to_dict(), NAMES)
    assert kept.scale[1] == 1.0
    assert np.mean([bool(r.label) == (kept.probability(r.values) > 0.5) for r in rows]) > 0.9


def test_a_group_is_always_in_one_fold_and_all_folds_are_used() -> None:
    assert {fold_of(f"g{n}") for n in range(100)} == set(range(FOLDS))
    assert fold_of("g1") == fold_of("g1")


def test_out_of_fold_probabilities_come_from_other_groups() -> None:
    """A group whose labels are turned round is told wrongly by a model of the others, rightly by one that saw it."""
    rows = rule_rows(200)
    turned = [RuleRow("odd", r.question, r.values, 1 - r.label) if fold_of(r.group) == 0 else r for r in rows]
    unseen = cross_validated(turned, NAMES)
    odd = [p >= 0.5 for p, r in zip(unseen, turned, strict=True) if r.group == "odd"]
    truth = [bool(r.label) for r in turned if r.group == "odd"]
    assert np.mean(np.array(odd) == np.array(truth)) < 0.2


@pytest.mark.parametrize(("high", "low"), [(0.7, 0.5), (0.45, 0.3)])
def test_the_threshold_lies_between_what_is_ruled_on_and_what_is_not(high: float, low: float) -> None:
    rows = [RuleRow(f"g{n}", f"q{n}", np.zeros(1, np.float32), float(n % 2)) for n in range(20)]
    probabilities = np.array([high if r.label else low for r in rows], np.float32)
    assert low < best_threshold(rows, probabilities) <= high
