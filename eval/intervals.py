"""95 % intervals: Wilson for shares of few, bootstrap over groups for everything else."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SEED = 20210901
RESAMPLES = 10_000
_Z95 = 1.959963984540054

FloatArray = npt.NDArray[np.float64]


def wilson(successes: float, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson, 1927); (0, 1) where n is 0."""
    if n == 0:
        return 0.0, 1.0
    share = successes / n
    scale = 1 + _Z95**2 / n
    centre = (share + _Z95**2 / (2 * n)) / scale
    half = _Z95 / scale * math.sqrt(share * (1 - share) / n + _Z95**2 / (4 * n**2))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def group_sums(groups: Sequence[str], values: Sequence[float]) -> FloatArray:
    """Sum `values` by group: float64, one entry a group in order of first sight."""
    index = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    sums = np.zeros(len(index))
    for group, value in zip(groups, values, strict=True):
        sums[index[group]] += value
    return sums


def bootstrap(
    groups: Sequence[str], parts: Sequence[float], wholes: Sequence[float], resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Return the 95 % percentile interval of sum(parts) / sum(wholes), groups drawn with replacement.

    groups, parts, wholes: one entry a question. Whole groups are drawn because the wordings of one question
    stand or fall together (cluster bootstrap; Efron and Tibshirani, 1993). The seed is fixed: same input, same
    interval. Draws in which nothing is counted are left out.
    """
    part, whole = group_sums(groups, parts), group_sums(groups, wholes)
    draws = np.random.default_rng(SEED).multinomial(len(part), np.full(len(part), 1 / len(part)), size=resamples)
    counted = draws @ whole
    ratios = (draws @ part)[counted > 0] / counted[counted > 0]
    if not len(ratios):
        return 0.0, 1.0
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)
