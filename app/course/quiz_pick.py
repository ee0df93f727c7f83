"""Choosing by seed: the same seed and the same things give the same choice on every machine and Python."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Picker:
    """Orders things by a digest of the seed, of what is being chosen and of the thing's own name."""

    seed: int

    def number(self, what: str) -> float:
        """Return a number in [0, 1) that `what` has under this seed."""
        digest = hashlib.sha256(f"{self.seed}\x00{what}".encode()).digest()
        return float(int.from_bytes(digest[:6], "big")) / float(1 << 48)

    def shuffled(self, what: str, things: Iterable[_T], name: Callable[[_T], str]) -> list[_T]:
        """Return the things in an order of chance; name: tells them apart."""
        return sorted(things, key=lambda thing: (self.number(f"{what}\x00{name(thing)}"), name(thing)))

    def index(self, what: str, count: int) -> int:
        """Return one of 0 … count - 1."""
        return min(int(self.number(what) * count), count - 1)

    def one(self, what: str, things: Sequence[_T]) -> _T:
        """Return one of the things."""
        return things[self.index(what, len(things))]


def digest_of(*parts: str) -> str:
    """Return a short id made of the parts."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]
