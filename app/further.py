"""What bears on whether a document's next measures rule on a question beside its best one: named features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.question import ParsedQuestion
from app.rank import FEATURES, Floats, Scored
from app.rules import RULE_FEATURES, RuleReader

NEXT = 5  # how many measures after the best of a document are weighed
_KINDS = ("compare", "list", "places", "yes_no", "who", "consequence", "procedure", "why", "condition")
FURTHER_FEATURES = (
    *(f"own_{name}" for name in RULE_FEATURES),
    "behind", "late_behind", "rules_behind", "alike", "best_rules", "place",
    *(f"asks_{kind}" for kind in _KINDS),
)  # fmt: skip


class FurtherReader:
    """Reads the features of a measure that follows a document's best one; holds nothing of a question."""

    def __init__(self, rules: RuleReader) -> None:
        self._rules = rules

    def read(
        self,
        question: ParsedQuestion,
        scored: Scored,
        ranked: Sequence[int],
        place: int,
        chance: float,
        peers: NDArray[np.int64],
    ) -> Floats:
        """Return what bears on whether measure `ranked[place]` rules as well; shape (len(FURTHER_FEATURES),).

        ranked: the measures of one document that can answer, best first; place counts from 1. chance: probability that
        the best of them rules. peers: rows of all measures of the document.
        """
        best, row = ranked[0], ranked[place]
        late, rules = (scored.features[:, FEATURES.index(name)] for name in ("late", "late_rules"))
        own = self._rules.read(question, scored, row, peers)
        beside = [
            (scored.rank[best] - scored.rank[row]) / 10,
            late[best] - late[row],
            rules[best] - rules[row],
            self._rules.alike(scored, row, best),
            chance,
            place - 1,
        ]
        asked = [float(kind in question.kinds) for kind in _KINDS]
        return np.array([*own, *beside, *asked], np.float32)
