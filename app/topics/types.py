"""Topics of the field, and which measures rule on each: what alignment gives, tables and courses take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that every place rules on, such as 约谈.

    id: slug. name: Chinese, as printed in tables. scope: one Chinese sentence, what belongs to it and what does not.
    """

    id: str
    name: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """A measure that rules on a topic.

    topic, measure: ids. confidence: 0 to 1. why: Chinese, the wording or closeness that places it.
    """

    topic: str
    measure: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class TopicMap:
    """Topics in their fixed order with their placements, those of a topic in document order; many-to-many."""

    topics: tuple[Topic, ...]
    placements: tuple[Placement, ...]

    def measures_of(self, topic_id: str) -> tuple[str, ...]:
        """Return the ids of the measures that rule on a topic, in document order."""
        return tuple(p.measure for p in self.placements if p.topic == topic_id)

    def topics_of(self, measure_id: str) -> tuple[str, ...]:
        """Return the ids of the topics that a measure rules on, in the order of the topics."""
        held = {p.topic for p in self.placements if p.measure == measure_id}
        return tuple(t.id for t in self.topics if t.id in held)
