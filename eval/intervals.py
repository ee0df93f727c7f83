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


def group_sums(groups: Sequence[str], values: npt.ArrayLike) -> FloatArray:
    """Sum rows by group: values of shape (n, …) to float64 of shape (groups, …), groups in order of first sight."""
    index = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    rows = np.asarray(values, np.float64)
    sums = np.zeros((len(index), *rows.shape[1:]))
    np.add.at(sums, [index[group] for group in groups], rows)
    return sums


def bootstrap(
    groups: Sequence[str], parts: npt.ArrayLike, wholes: npt.ArrayLike, resamples: int = RESAMPLES
) -> FloatArray:
    """Return the 95 % percentile intervals of sum(parts) / sum(wholes), groups drawn with replacement.

    groups: one entry a question. parts, wholes: shape (questions, figures). Result: shape (figures, 2).
    Whole groups are drawn because the wordings of one question stand or fall together (cluster bootstrap; Efron
    and Tibshirani, 1993). The seed is fixed: same input, same interval. Draws in which a figure counts nothing
    are left out for it; every figure must count something.
    """
    part, whole = group_sums(groups, parts), group_sums(groups, wholes)
    draws = np.random.default_rng(SEED).multinomial(len(part), np.full(len(part), 1 / len(part)), size=resamples)
    counted = draws @ whole
    ratios = np.divide(draws @ part, counted, out=np.full(counted.shape, np.nan), where=counted > 0)
    intervals: FloatArray = np.nanpercentile(ratios, [2.5, 97.5], axis=0).T
    return intervals
