"""What a person should look at in a Word document, as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.intake.characters import shorten

_KINDS = {
    "note": "{} notes stand at the end of the text, without their marks in it",
    "empty number": "{} numbered paragraphs hold no text: they count, but are left out",
    "comment": "{} comments were left out",
    "embedded": "{} documents inside the document are not read",
    "formula": "{} formulas were read as the row of their characters",
    "sign": "{} signs of a symbol font were left out",
    "picture": "the file holds {} pictures, which are not read",
}


@dataclass(slots=True)
class Finds:
    """What was found while reading: counts by kind, and pieces of text that were treated in some way."""

    kinds: Counter[str] = field(default_factory=Counter)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def warnings(self) -> Iterator[str]:
        """Yield one sentence for each kind of find."""
        if self.kinds["inserted"] or self.deleted:
            quoted = f" (“{shorten(self.deleted[0])}”)" if self.deleted else ""
            counts = f"{self.kinds['inserted']} insertions were kept, {len(self.deleted)} deletions left out"
            yield f"tracked changes: {counts}{quoted}"
        if self.hidden:
            yield f"{_size(self.hidden)} hidden characters were left out (“{shorten(self.hidden[0])}”)"
        if self.unseen:
            yield f"{_size(self.unseen)} characters that no reader sees were kept (“{shorten(self.unseen[0])}”)"
        if self.contents:
            yield f"a table of contents of {len(self.contents)} lines was left out of the text"
        if self.drawn:
            yield f"{len(self.drawn)} fields hold text that only Word draws ({self.drawn[0]})"
        if self.unknown:
            yield f"numbers in the format {min(self.unknown)} were written in Arabic digits"
        yield from (sentence.format(self.kinds[kind]) for kind, sentence in _KINDS.items() if self.kinds[kind])


def _size(pieces: list[str]) -> int:
    return sum(map(len, pieces))
