"""The learned weights: data in `weights.json`, written by `python -m eval.calibrate`, read here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.logistic import Logistic, from_dict
from corpus.errors import IndexFault

WEIGHTS_FILE = Path(__file__).parent / "weights.json"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """rank: shape (features,), orders measures. sentence: shape (sentence features,), orders sentences of a measure.

    rules: says whether a document's best measure rules on the question. further: the same for its next measures.
    threshold: probability from which a document's best measure counts as ruling.
    """

    rank: Floats
    sentence: Floats
    rules: Logistic
    further: Logistic
    threshold: float


def load_weights(
    features: tuple[str, ...], sentence: tuple[str, ...], rules: tuple[str, ...], further: tuple[str, ...], late: bool
) -> Weights:
    """Read the weights of these features; those learned with or without late interaction.

    :raises IndexFault: the file is missing or holds weights of other features.
    """
    try:
        data = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["late" if late else "plain"]
        return Weights(
            _row(data["rank"], features),
            _row(data["sentence"], sentence),
            from_dict(data["rules"], rules),
            from_dict(data["further"], further),
            float(data["threshold"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFault(
            f"the weights in {WEIGHTS_FILE.name} do not fit the code ({error}): run `python -m eval.calibrate`"
        ) from error


def _row(values: dict[str, float], names: tuple[str, ...]) -> Floats:
    return np.array([values[name] for name in names], np.float32)
