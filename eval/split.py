"""The split of the questions in two: what one tunes on (dev) and what one looks at rarely (test)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

from eval.types import Question

Split = Literal["dev", "test", "all"]
SPLITS: tuple[Split, ...] = ("dev", "test", "all")


def split_of(group: str) -> Literal["dev", "test"]:
    """Return the split of a group: about 60 % dev, 40 % test.

    The first byte of the group's SHA-256, modulo 5: 0 and 1 are test. It depends on nothing else, so a question
    never changes sides when others are added, and the wordings of one question stay together.
    """
    return "test" if hashlib.sha256(group.encode()).digest()[0] % 5 in (0, 1) else "dev"


def in_split(questions: Iterable[Question], split: Split) -> tuple[Question, ...]:
    """Return the questions of `split`, in their order."""
    return tuple(q for q in questions if split == "all" or split_of(q.group) == split)
