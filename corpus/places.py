"""Administrative divisions of China and countries, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.script import fold

LEVELS = ("nation", "province", "city", "district", "county", "zone")
_AUTONOMOUS = re.compile(r"自治([县旗州])$")
_BEFORE_A_NAME = r"(?:^|(?<=[^\u3400-\u9fff])|(?<=[和与及跟同在比那到从对看说问请]))"
PLACES_FILE = Path(__file__).parent / "places.tsv"


@dataclass(frozen=True, slots=True)
class Place:
    """A division or a country.

    code: of six digits (GB/T 2260), or the two letters of ISO 3166 and 0000. short, english: or empty.
    """

    code: str
    name: str
    short: str
    english: str

    def lies_in(self, other: Place) -> bool:
        """Whether this division is `other` or belongs to it."""
        return self.code.startswith(other.code.rstrip("0") or "0")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place named in folded text at [start, end)."""

    place: Place
    start: int
    end: int


class Gazetteer:
    """Finds the places that folded text names; the longest name wins."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = places
        self._han: dict[str, Place] = {}
        self._narrow: dict[str, Place] = {}
        self._english: dict[str, Place] = {}
        for place in reversed(places):  # the larger of two namesakes stands first in the file and wins
            wide = place.code.endswith("00")
            for name in (place.name, place.short, _shortened(place)):
                if len(name) > 2 or name and wide:  # 和县 reads like 和 + 县 in a sentence
                    self._han[fold(name)] = place
            if place.short and not wide:
                self._narrow[fold(place.short)] = place
            if place.english:
                self._english[place.english] = place
        self._narrow = {name: place for name, place in self._narrow.items() if name not in self._han}
        narrow = _any_of(self._narrow)
        self._pattern = re.compile(f"{_any_of(self._han)}|{_BEFORE_A_NAME}(?:{narrow})")
        self._next_pattern = re.compile(f"{_any_of(self._han)}|{narrow}")
        self._english_pattern = re.compile(rf"\b(?:{_any_of(self._english)})\b")

    def find(self, folded: str) -> list[PlaceHit]:
        """Return the places named in folded text, in reading order.

        The short name of a county or district counts where a name may begin: first of all, after a mark, after words
        such as 和, or right behind another place (山东荣成).
        """
        hits: list[PlaceHit] = []
        match = self._pattern.search(folded)
        while match:
            hits.append(self._hit(match))
            match = self._next_pattern.match(folded, match.end()) or self._pattern.search(folded, match.end())
        return hits

    def _hit(self, match: re.Match[str]) -> PlaceHit:
        name = match.group()
        return PlaceHit(self._han.get(name) or self._narrow[name], match.start(), match.end())

    def find_english(self, lowered: str) -> list[PlaceHit]:
        """Return the places named in lower-case English text."""
        return [PlaceHit(self._english[m.group()], m.start(), m.end()) for m in self._english_pattern.finditer(lowered)]

    def named(self, name: str) -> Place | None:
        """Return the place of this exact name."""
        folded = fold(name)
        return self._han.get(folded) or self._narrow.get(folded)


def _any_of(names: Iterable[str]) -> str:
    """A pattern of these names, the longest first; one that never matches where there are none."""
    return "|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))) or r"(?!)"


def _shortened(place: Place) -> str:
    """How an autonomous county or prefecture is called without its peoples, 酉阳县; empty for other places."""
    kind = _AUTONOMOUS.search(place.name)
    return f"{place.short}{kind[1]}" if kind and place.short and len(place.name) > len(place.short) + 3 else ""


def load_gazetteer(path: Path = PLACES_FILE) -> Gazetteer:
    """Read the table of divisions.

    :raises CorpusError: the file does not read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(f"the table of places {path.name!r} does not read: {error}") from error
    rows = [(line.split("\t") + ["", "", ""])[:4] for line in lines if line and not line.startswith("#")]
    return Gazetteer(tuple(Place(*row) for row in rows))
