"""How surprising Han characters are between their neighbours: a bigram model of characters, read both ways."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_ALPHABET = 8000  # characters in use; what has never been seen shares half a count each
_LONGEST = 8  # characters of one string
_MOST_FIT = 8.0  # nats


class CharacterModel:
    """Counts of characters and of neighbouring pairs, interpolated as Witten and Bell (1991) do."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the runs of Han characters in folded texts."""
        runs = [run for text in texts for run in HAN.findall(text)]
        self._single = Counter("".join(runs))
        self._pair = Counter(map("".join, (pair for run in runs for pair in zip(run, run[1:], strict=False))))
        self._total = sum(self._single.values())
        self._first: Counter[str] = Counter()
        self._second: Counter[str] = Counter()
        for pair, count in self._pair.items():
            self._first[pair[0]] += count
            self._second[pair[1]] += count
        self._kinds_after = Counter(pair[0] for pair in self._pair)
        self._kinds_before = Counter(pair[1] for pair in self._pair)

    def surprise(self, run: str) -> list[float]:
        """Return for each character of a run of Han characters how surprising it is, in nats.

        The smaller of what the character before and the character after make of it: a word that stands between
        unknown neighbours holds together, a string put into a word does not. A character that stands alone is none.
        """
        if len(run) == 1:
            return [0.0]
        forward = [-math.log(self._after(a, b)) for a, b in zip(run, run[1:], strict=False)]
        backward = [-math.log(self._before(a, b)) for a, b in zip(run, run[1:], strict=False)]
        return [min(pair) for pair in zip([math.inf, *forward], [*backward, math.inf], strict=True)]

    def fit(self, first: str, second: str) -> float:
        """Return by how many nats a pair stands more often than by chance; 0 where it has never been seen."""
        count = self._pair[first + second]
        chance = self._single[first] * self._single[second] / max(self._total, 1)
        return max(math.log(count / chance), 0.0) if count else 0.0

    def _alone(self, char: str) -> float:
        return (self._single[char] + 0.5) / (self._total + 0.5 * _ALPHABET)

    def _after(self, first: str, second: str) -> float:
        """Probability of `second` after `first`."""
        return self._mixed(first + second, self._first[first], self._kinds_after[first], second)

    def _before(self, first: str, second: str) -> float:
        """Probability of `first` before `second`."""
        return self._mixed(first + second, self._second[second], self._kinds_before[second], first)

    def _mixed(self, pair: str, seen: int, kinds: int, char: str) -> float:
        if not kinds:
            return self._alone(char)
        return (self._pair[pair] + kinds * self._alone(char)) / (seen + kinds)


def strange_strings(model: CharacterModel, run: str, usual: float, least: float) -> list[tuple[int, int, float]]:
    """Return (start, end, score) of strings of a run of Han characters that do not belong there, in reading order.

    The score is the sum of surprise above `usual` of each character, and how well what stands before and after the
    string would fit without it: a string put into a word leaves the word when it is taken out. Of strings that touch
    only the one of the highest score counts.
    """
    above = [0.0, *accumulate(value - usual for value in model.surprise(run))]
    found = []
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            score = above[end] - above[start]
            if score > least - _MOST_FIT and 0 < start and end < len(run):
                score += min(model.fit(run[start - 1], run[end]), _MOST_FIT)
            if score >= least:
                found.append((start, end, score))
    taken = [False] * (len(run) + 1)
    out = []
    for start, end, score in sorted(found, key=lambda one: (-one[2], one[0])):
        if not any(taken[start : end + 1]):
            taken[start : end + 1] = [True] * (end + 1 - start)
            out.append((start, end, score))
    return sorted(out)
