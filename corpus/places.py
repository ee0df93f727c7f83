"""Administrative divisions of China, and which of them a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.script import fold

LEVELS = ("nation", "province", "city", "district", "county", "zone")
PLACES_FILE = Path(__file__).parent / "places.tsv"


@dataclass(frozen=True, slots=True)
class Place:
    """A division: GB/T 2260 code of six digits, full name, short name or empty, English name or empty."""

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
        self._english: dict[str, Place] = {}
        for place in reversed(places):  # the larger of two namesakes stands first in the file and wins
            for name in (place.name, place.short):
                if len(name) > 2 or name and place.code.endswith("00"):  # 和县 reads like 和 + 县 in a sentence
                    self._han[fold(name)] = place
            if place.english:
                self._english[place.english] = place
        han = sorted((n for n in self._han), key=lambda n: (-len(n), n))
        self._pattern = re.compile("|".join(map(re.escape, han)))
        english = sorted(self._english, key=lambda n: (-len(n), n))
        self._english_pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, english))})\b")

    def find(self, folded: str) -> list[PlaceHit]:
        """Return the places named in folded text, in reading order."""
        return [PlaceHit(self._han[m.group()], m.start(), m.end()) for m in self._pattern.finditer(folded)]

    def find_english(self, lowered: str) -> list[PlaceHit]:
        """Return the places named in lower-case English text."""
        return [PlaceHit(self._english[m.group()], m.start(), m.end()) for m in self._english_pattern.finditer(lowered)]

    def named(self, name: str) -> Place | None:
        """Return the place of this exact name."""
        return self._han.get(fold(name))


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
