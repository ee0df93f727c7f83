"""A question as understood: what the engine reads of it before it searches."""

from __future__ import annotations

from dataclasses import dataclass

from app.ask_kinds import Want
from index.concepts import ConceptHit


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question ready for search.

    text: folded, in mainland words; for an English question lower case.
    topic: text without places and question words. asked: text without places.
    core: the question as typed, without places; an English one has a slot where they stood.
    context: the topic that a follow-up carries over, or empty. understood: what a follow-up is read as.
    documents: ids whose regions are named. loose: those named only by a place around their region or in it.
    scope: ids that the search is narrowed to besides, empty for all.
    uncovered: places that no document covers. lapsed: regions named whose documents are superseded or repealed.
    past: it asks for what used to hold.
    numbers: measure numbers asked for by number (第十三条). unknown: English words that no concept explains.
    """

    raw: str
    text: str
    english: bool
    traditional: bool
    documents: tuple[str, ...]
    scope: tuple[str, ...]
    uncovered: tuple[str, ...]
    years: tuple[int, ...]
    kinds: frozenset[str]
    wants: tuple[Want, ...]
    topic: str
    concepts: tuple[ConceptHit, ...]
    numbers: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    context: str = ""
    understood: str | None = None
    terms: tuple[str, ...] = ()
    core: str = ""
    asked: str = ""
    past: bool = False
    lapsed: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The text that is embedded: the question without places, what it carries over, and the field's terms."""
        return " ".join(" ".join((self.context, self.asked, *self.terms)).split()) or self.text
