"""Which documents and which uncovered places a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.load import Corpus
from corpus.places import Gazetteer, Place, PlaceHit
from corpus.script import fold, fold_aligned
from corpus.types import Metadata

_TITLE = re.compile(r"《[^》]*》")
SLOT = "\0"  # where a question names regions
_SLOTS = re.compile(rf"{SLOT}(?:(?:\s*,\s*|\s+)?(?:and|or)?\s*{SLOT})+")
_NAMED_AFTER = re.compile(r"路|街|大道|大学|师范|学院|交大")  # a street or a university, not the place
_WIDE_LEVELS = frozenset({"province", "city"})


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """documents: ids whose regions are named, in order; of a region with several documents all of them.

    loose: those of them that are only named by a place around them, or in them: 威海市 for a zone of it, 海口 for a
    province. uncovered: names of places that no document covers.
    spans: where places stand in the matched text, to be left out of the topic.
    """

    documents: tuple[str, ...]
    uncovered: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    loose: tuple[str, ...] = ()


class PlaceFinder:
    """Finds regions of documents by name and alias, and every other division of China."""

    def __init__(self, corpus: Corpus, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._metas = {d.meta.id: d.meta for d in corpus.documents}
        self._places = {i: self._place_of(meta) for i, meta in self._metas.items()}
        names: dict[str, list[str]] = {}
        for meta in self._metas.values():
            for name in dict.fromkeys((meta.region, *meta.aliases)):
                names.setdefault(name.lower() if name.isascii() else fold(name), []).append(meta.id)
        self._names = names
        ordered = sorted(names, key=lambda n: (-len(n), n))
        self._pattern = re.compile("|".join(rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in ordered))

    def _place_of(self, meta: Metadata) -> Place | None:
        for name in (meta.region, *meta.aliases):
            hits = self._gazetteer.find(fold(name))
            if hits:
                return hits[-1].place
        return None

    def find(self, text: str, english: bool = False) -> NamedPlaces:
        """Return the places in folded text, or in lower-case English text.

        Names inside 《》 are part of a title. A region above a named document's own (重庆 beside 大足) adds nothing;
        a place inside the region of a county, district or zone is not covered by that document's name alone.
        """
        masked = _TITLE.sub(lambda m: "\0" * len(m.group()), text)
        hits = self._gazetteer.find_english(masked) if english else self._gazetteer.find(masked)
        hits = [hit for hit in hits if not _NAMED_AFTER.match(masked, hit.end)]
        documents: dict[str, bool] = {}
        spans: list[tuple[int, int]] = []
        uncovered: list[str] = []
        for match in self._pattern.finditer(masked):
            other = self._other_zone(match, hits)
            spans.append((other.start if other else match.start(), match.end()))
            if other:
                uncovered.append(other.place.name + match.group())
                continue
            for document in self._names[match.group()]:
                if self._part_of_other(match, document, hits):
                    continue
                documents[document] = documents.get(document, False) or self._names_itself(match.group(), document)
        for hit in hits:
            known = any(s[0] <= hit.start and hit.end <= s[1] for s in spans) or self._above_named(hit.place, documents)
            spans.append((hit.start, hit.end))
            if known:
                continue
            covering = self._covering(hit.place)
            for document in covering:
                documents.setdefault(document, False)
            if not covering:
                uncovered.append(self._uncovered_name(hit.place, english))
        kept = self._without_parents(tuple(documents), [hit.place for hit in hits])
        loose = tuple(document for document in kept if not documents[document])
        return NamedPlaces(kept, tuple(dict.fromkeys(uncovered)), tuple(spans), loose)

    def _other_zone(self, match: re.Match[str], hits: Sequence[PlaceHit]) -> PlaceHit | None:
        """The place right before a name that any place may bear (天津经济技术开发区), where it is another one."""
        if self._gazetteer.find(match.group()):
            return None
        before = next((hit for hit in hits if hit.end == match.start()), None)
        regions = [self._places[document] for document in self._names[match.group()]]
        return None if before is None or any(r and r.lies_in(before.place) for r in regions) else before

    def _part_of_other(self, match: re.Match[str], document: str, hits: Sequence[PlaceHit]) -> bool:
        """Whether a name is only the beginning of another place's: 海南 of 海南州."""
        longer = [hit for hit in hits if hit.start == match.start() and hit.end > match.end()]
        return any(hit.place != self._places[document] for hit in longer)

    def _names_itself(self, name: str, document: str) -> bool:
        """Whether a name is that of the document's region, not of a place around it."""
        place = self._gazetteer.named(name)
        return place is None or self._metas[document].region.endswith(place.name)

    def _uncovered_name(self, place: Place, english: bool) -> str:
        """The name of a place that no document covers; of one that only holds regions of documents it says so."""
        around = any(region and region.lies_in(place) for region in self._places.values())
        if english and place.english:
            return place.english.title() + (" itself" if around else "")
        return place.name + ("本级" if around else "")

    def with_slot(self, raw: str) -> str:
        """Return an English question as typed with a slot where places are named, one for those beside each other."""
        named = self._named(raw, english=True)
        return _SLOTS.sub(
            SLOT, "".join(c if i not in named else SLOT * (i - 1 not in named) for i, c in enumerate(raw))
        )

    def stripped(self, raw: str) -> str:
        """Return a question as typed without the names of places and what joined them."""
        named = self._named(raw, english=False)
        return "".join(c for i, c in enumerate(raw) if i not in named).lstrip("的，,、 市县区縣區和与與跟同及")

    def _named(self, raw: str, english: bool) -> set[int]:
        """Where in a question as typed places are named."""
        return {i for start, end in self.find(fold_aligned(raw), english).spans for i in range(start, end)}

    def _above_named(self, place: Place, documents: Iterable[str]) -> bool:
        """Whether a named document's region lies in `place`."""
        regions = [self._places[d] for d in documents]
        return any(region is not None and region.lies_in(place) for region in regions)

    def _covering(self, place: Place) -> list[str]:
        """The documents of the first province or city of the corpus in which `place` lies."""
        wide = {
            document: region
            for document, region in self._places.items()
            if region and place.lies_in(region) and self._metas[document].level in _WIDE_LEVELS
        }
        first = next(iter(wide.values()), None)
        return [document for document, region in wide.items() if region == first]

    def _without_parents(self, documents: tuple[str, ...], named: list[Place]) -> tuple[str, ...]:
        """Leave out a document of a narrow region where a place inside it is named beside it: 威海市环翠区."""
        return tuple(
            document
            for document in documents
            if self._metas[document].level in _WIDE_LEVELS
            or not any((r := self._places[document]) and p != r and p.lies_in(r) for p in named)
        )
