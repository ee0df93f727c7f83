"""Models that are linear in their terms: one that orders, one that says whether."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from app.logistic import Logistic, blank

Floats = NDArray[np.float32]
FOLDS = 5
_RIDGE, _RULE_RIDGE = 0.005, 0.003
# abstaining where a document rules sends a reader away from the clause; a clause too many can be read and set aside
_ABSTENTION_BETA = 0.5
_VARIES = 1e-4
_NEAR_BEST = 0.003  # well below the standard error of the mean over a thousand questions, 0.01


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """Feature rows of one question, shape (rows, features), of which `right` are right and `wrong` are wrong."""

    rows: Floats
    right: list[int]
    wrong: list[int]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What bears on whether one measure of a document rules on one question; label 1.0 where it does."""

    group: str
    question: str
    values: Floats
    label: float
    document: str = ""


def fold_of(group: str) -> int:
    """Return the fold of a group of questions, 0 to `FOLDS` - 1."""
    return hashlib.sha256(group.encode()).digest()[1] % FOLDS


def fit_choice(sets: Sequence[ChoiceSet], width: int) -> Floats:
    """Return the weights of a conditional logit (McFadden 1974): each right row against all wrong ones of its set."""
    weights = torch.zeros(width, requires_grad=True)
    right, of_right = _joined([s.rows[s.right] for s in sets])
    wrong, of_wrong = _joined([s.rows[s.wrong] for s in sets])
    share = 1.0 / (torch.bincount(of_right)[of_right] * len(sets))
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        z = right @ weights
        rest = _logsumexp(wrong @ weights, of_wrong, len(sets))[of_right]
        total = (share * (torch.logaddexp(z, rest) - z)).sum() + _RIDGE * (weights**2).sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return np.asarray(weights.detach().numpy(), np.float32)


def _joined(rows: Sequence[Floats]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows one after another, and the number of the set of each."""
    of = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    return torch.tensor(np.concatenate(list(rows))), torch.tensor(of)


def _logsumexp(values: torch.Tensor, of: torch.Tensor, sets: int) -> torch.Tensor:
    top = torch.full((sets,), -torch.inf).scatter_reduce(0, of, values.detach(), "amax")
    return top + torch.zeros(sets).index_add(0, of, torch.exp(values - top[of])).log()


def fit_rules(rows: Sequence[RuleRow], names: Sequence[str]) -> Logistic:
    """Return a logistic regression on the values and their products, with a ridge. names: of the values.

    An English question is told by other signs than a Chinese one, and one that wants a value by others than one that
    asks why: what a sign weighs depends on others, and products say so.
    """
    values = np.stack([r.values for r in rows]).astype(np.float32)
    spread = values.std(axis=0)
    # what never varies, such as late interaction of a model without a head, tells nothing and is divided by nothing
    scale = np.where(spread > _VARIES, spread, 1).astype(np.float32)
    model = replace(blank(names), center=values.mean(axis=0), scale=scale)
    x, y = torch.from_numpy(model.terms(values)), torch.tensor([r.label for r in rows])
    weights, constant = torch.zeros(x.shape[1], requires_grad=True), torch.zeros((), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, constant], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = functional.binary_cross_entropy_with_logits(x @ weights + constant, y)
        value = value + _RULE_RIDGE * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return replace(model, weights=weights.detach().numpy(), constant=float(constant.detach()))


def cross_validated(rows: Sequence[RuleRow], names: Sequence[str]) -> Floats:
    """Return the probability of each row from a model that has not seen its group. names: of the values."""
    folds = [fold_of(r.group) for r in rows]
    out = np.zeros(len(rows), np.float32)
    for fold in range(FOLDS):
        model = fit_rules([r for r, f in zip(rows, folds, strict=True) if f != fold], names)
        for i, (r, f) in enumerate(zip(rows, folds, strict=True)):
            if f == fold:
                out[i] = model.probability(r.values)
    return out


def best_threshold(rows: Sequence[RuleRow], probabilities: Floats) -> float:
    """Return the threshold with the best mean of citation F1 over rows and abstention F0.5 over questions.

    The mean hardly changes over a wide range, where the best is chance: the middle of all that come near it is taken.
    """
    found: dict[float, float] = {}
    labels = np.array([r.label for r in rows])
    names, of = np.unique([r.question for r in rows], return_inverse=True)
    ruled = np.bincount(of, labels, len(names)) > 0
    for threshold in np.arange(0.1, 0.8, 0.02):
        kept = probabilities >= threshold
        cite = _f(float((kept & (labels > 0)).sum()), float(kept.sum()), float(labels.sum()))
        answered = np.bincount(of, kept, len(names)) > 0
        silent, wanted = float((~answered).sum()), float((~ruled).sum())
        abstain = _f(float((~answered & ~ruled).sum()), silent, wanted, _ABSTENTION_BETA)
        found[round(float(threshold), 2)] = (cite + abstain) / 2
    near = [threshold for threshold, mean in found.items() if mean >= max(found.values()) - _NEAR_BEST]
    return near[len(near) // 2]


def _f(right: float, found: float, wanted: float, beta: float = 1.0) -> float:
    """F-measure of van Rijsbergen (1979): recall counts beta times as much as precision."""
    weighted = found + beta**2 * wanted
    return (1 + beta**2) * right / weighted if weighted else 0.0
