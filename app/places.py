"""Which documents and which uncovered places a question names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.load import Corpus
from corpus.places import Gazetteer, Place
from corpus.script import fold, fold_aligned
from corpus.types import Metadata

_TITLE = re.compile(r"《[^》]*》")
SLOT = "\0"  # where a question names regions
_SLOTS = re.compile(rf"{SLOT}(?:(?:\s*,\s*|\s+)?(?:and|or)?\s*{SLOT})+")
_WIDE_LEVELS = frozenset({"province", "city"})


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """documents: ids whose regions are named, in order; of a region with several documents all of them.

    uncovered: names of places that no document covers.
    spans: where places stand in the matched text, to be left out of the topic.
    """

    documents: tuple[str, ...]
    uncovered: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


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
        documents: dict[str, tuple[int, int]] = {}
        spans: list[tuple[int, int]] = []
        for match in self._pattern.finditer(masked):
            for document in self._names[match.group()]:
                documents.setdefault(document, match.span())
            spans.append(match.span())
        hits = self._gazetteer.find_english(masked) if english else self._gazetteer.find(masked)
        uncovered: list[str] = []
        for hit in hits:
            known = any(s[0] <= hit.start and hit.end <= s[1] for s in spans) or self._above_named(hit.place, documents)
            spans.append((hit.start, hit.end))
            if known:
                continue
            covering = self._covering(hit.place)
            for document in covering:
                documents.setdefault(document, (hit.start, hit.end))
            if not covering:
                uncovered.append(hit.place.english.title() if english and hit.place.english else hit.place.name)
        kept = self._without_parents(tuple(documents), [hit.place for hit in hits])
        return NamedPlaces(kept, tuple(dict.fromkeys(uncovered)), tuple(spans))

    def with_slot(self, raw: str) -> str:
        """Return an English question as typed with a slot where documents' regions are named, one for all of them."""
        out, end = "", 0
        for match in self._pattern.finditer(raw.lower()):
            out, end = out + raw[end : match.start()] + SLOT, match.end()
        return _SLOTS.sub(SLOT, out + raw[end:])

    def stripped(self, raw: str) -> str:
        """Return a question as typed without the names of documents' regions and what joined them."""
        folded = fold_aligned(raw)
        chars = list(raw)
        for match in self._pattern.finditer(folded):
            chars[match.start() : match.end()] = [""] * (match.end() - match.start())
        return "".join(chars).lstrip("的，,、 市县区縣區和与與跟同及")

    def _above_named(self, place: Place, documents: dict[str, tuple[int, int]]) -> bool:
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
