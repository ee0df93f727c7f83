"""A logistic model of named features and of their products two by two, read by name from `weights.json`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_BOUND = 4.0  # standard deviations; beyond it a product of two rare values would decide by itself
_TIMES, _DECIMALS = "*", 5


@dataclass(frozen=True, slots=True)
class Logistic:
    """What a logistic model has learned.

    names: of the features, n of them. center, scale: mean and standard deviation of each, shape (n,). left, right: the
    two features whose product a term is, shape (terms,); 0 stands for the number one, k for feature k - 1. weights:
    shape (terms,). constant: log-odds of a row that is average in everything.
    """

    names: tuple[str, ...]
    center: Floats
    scale: Floats
    left: Ints
    right: Ints
    weights: Floats
    constant: float

    def terms(self, rows: Floats) -> Floats:
        """Return the terms of rows of features, shape (rows, n); shape (rows, terms)."""
        standard = np.clip((rows - self.center) / self.scale, -_BOUND, _BOUND)
        ones = np.concatenate([np.ones((len(rows), 1), np.float32), standard], axis=1)
        return np.asarray(ones[:, self.left] * ones[:, self.right], np.float32)

    def probability(self, values: Floats) -> float:
        """Return the probability of one row of features, shape (n,)."""
        odds = float(self.terms(values[None, :])[0] @ self.weights) + self.constant
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def to_dict(self) -> dict[str, Any]:
        """Return the model as it is kept: each feature with its mean and deviation, each term with its weight."""
        return {
            "features": {
                name: [round(float(center), _DECIMALS), round(float(scale), _DECIMALS)]
                for name, center, scale in zip(self.names, self.center, self.scale, strict=True)
            },
            "weights": {
                self._name(left, right): round(float(weight), _DECIMALS)
                for left, right, weight in zip(self.left.tolist(), self.right.tolist(), self.weights, strict=True)
            },
            "constant": round(self.constant, _DECIMALS),
        }

    def _name(self, left: int, right: int) -> str:
        second = self.names[right - 1]
        return f"{self.names[left - 1]}{_TIMES}{second}" if left else second


def blank(names: Sequence[str]) -> Logistic:
    """Return a model of these features and of every product of two that says nothing."""
    count = len(names)
    left, right = np.triu_indices(count + 1)
    left, right = left[right > 0].astype(np.int64), right[right > 0].astype(np.int64)
    nothing = np.zeros(count, np.float32)
    return Logistic(tuple(names), nothing, nothing + 1, left, right, np.zeros(len(left), np.float32), 0.0)


def from_dict(data: Mapping[str, Any], names: Sequence[str]) -> Logistic:
    """Return the model that `to_dict` wrote.

    :raises KeyError: it is one of other features.
    :raises ValueError: a deviation is not above zero.
    """
    if list(data["features"]) != list(names):
        other = sorted(set(names) ^ set(data["features"]))
        raise KeyError(f"other features: {', '.join(other)}" if other else "features in another order")
    number = {name: n for n, name in enumerate(names, start=1)}
    terms = [name.rpartition(_TIMES) for name in data["weights"]]
    center, scale = np.array([data["features"][name] for name in names], np.float32).T
    if not (scale > 0).all():
        raise ValueError(f"a deviation of {names[int(np.argmin(scale))]!r} that is not above zero")
    return Logistic(
        names=tuple(names),
        center=center,
        scale=scale,
        left=np.array([number[first] if times else 0 for first, times, _ in terms], np.int64),
        right=np.array([number[second] for _, _, second in terms], np.int64),
        weights=np.array(list(data["weights"].values()), np.float32),
        constant=float(data["constant"]),
    )
