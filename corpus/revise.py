"""Two versions of a document side by side: which of its units changed, moved to another number, appeared or went.

Units are matched in four passes, each over what the one before left: the same text under the same number, the same
text under another number, the pairs that share most character bigrams (Dice's coefficient), and the same number with
little in common. Bigrams are compared, and not difflib's ratio, since sets of them intersect in microseconds where
difflib aligns for milliseconds: of 500 measures all reworded and renumbered there are 250,000 pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from corpus.script import fold
from corpus.sentences import split_sentences
from corpus.types import MeasureKind, PolicyDocument

ChangeKind = Literal["unchanged", "changed", "moved", "new", "gone"]
Mark = Literal["=", "-", "+"]

_ALIKE, _ALIKE_UNDER_ONE_NUMBER, _SAME_NUMBER_BONUS = 0.5, 0.3, 0.1
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|\s+|.", re.S)
_SHORTEST_KEPT = 2  # a single character between two changes belongs to neither: it reads better as changed too
_MOST_CELLS = 4_000_000  # token pairs; beyond it a passage is shown as replaced whole


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of citation, or a heading, as compared. number: its id without the document; text: without the label."""

    number: str
    kind: MeasureKind | Literal["heading"]
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a unit: `old` is None for a new one, `new` for one that is gone.

    pieces: the text in order; `=` stands in both versions, `-` in the old one, `+` in the new one.
    """

    kind: ChangeKind
    old: Unit | None
    new: Unit | None
    pieces: tuple[tuple[Mark, str], ...]


def compare(old: PolicyDocument, new: PolicyDocument) -> tuple[Change, ...]:
    """Return what became of every unit, in the reading order of `new`, each gone one where it stood in `old`."""
    before, after = _units(old), _units(new)
    pairs = _matched(before, after)
    return tuple(_change(a, b) for a, b in _in_order(before, after, pairs))


def _units(document: PolicyDocument) -> list[Unit]:
    """Headings and units in reading order; a heading that is a unit too stands once."""
    prefix = len(document.meta.id) + 1
    own = {measure.id for measure in document.measures}
    rows: list[tuple[int, Unit]] = []
    for measure in document.measures:
        text = _flat(measure.text[len(measure.label) :] if measure.text.startswith(measure.label) else measure.text)
        rows.append((measure.start, Unit(measure.id[prefix:], measure.kind, measure.label, text)))
    for part in document.parts:
        for heading in part.walk():
            if heading.id not in own:
                rows.append((heading.start, Unit(heading.id[prefix:], "heading", heading.label, _flat(heading.title))))
    return [unit for _, unit in sorted(rows, key=lambda row: row[0])]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _matched(before: Sequence[Unit], after: Sequence[Unit]) -> dict[int, int]:
    """Index in `after` of each matched unit of `before`."""
    pairs: dict[int, int] = {}
    _pair_equal(before, after, pairs, lambda unit: (_group(unit), unit.number, "".join(unit.text.split())))
    _pair_equal(before, after, pairs, lambda unit: (_group(unit), "", "".join(unit.text.split())))
    _pair_alike(before, after, pairs)
    taken = set(pairs.values())
    numbered = {(_group(unit), unit.number): j for j, unit in enumerate(after) if j not in taken}
    for i, unit in enumerate(before):
        j = numbered.get((_group(unit), unit.number))
        if i not in pairs and j is not None and _dice(_bigrams(unit), _bigrams(after[j])) >= _ALIKE_UNDER_ONE_NUMBER:
            pairs[i] = j
    return pairs


def _group(unit: Unit) -> str:
    """Units of different groups are never versions of each other."""
    return unit.kind if unit.kind in ("front", "closing", "heading") else "measure"


def _pair_equal(
    before: Sequence[Unit], after: Sequence[Unit], pairs: dict[int, int], key: Callable[[Unit], tuple[str, str, str]]
) -> None:
    taken = set(pairs.values())
    waiting: dict[tuple[str, str, str], list[int]] = {}
    for j, unit in enumerate(after):
        if j not in taken:
            waiting.setdefault(key(unit), []).append(j)
    for i, unit in enumerate(before):
        found = waiting.get(key(unit))
        if i not in pairs and found:
            pairs[i] = found.pop(0)


def _pair_alike(before: Sequence[Unit], after: Sequence[Unit], pairs: dict[int, int]) -> None:
    """Pair what is most alike first; of equals the same number, then the nearest place."""
    taken = set(pairs.values())
    left = {i: _bigrams(unit) for i, unit in enumerate(before) if i not in pairs}
    right = {j: _bigrams(unit) for j, unit in enumerate(after) if j not in taken}
    scored = []
    for i, a in left.items():
        for j, b in right.items():
            if 2 * min(len(a), len(b)) < _ALIKE * (len(a) + len(b)) or _group(before[i]) != _group(after[j]):
                continue
            score = _dice(a, b)
            if score >= _ALIKE:
                bonus = _SAME_NUMBER_BONUS if before[i].number == after[j].number else 0.0
                scored.append((-score - bonus, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _bigrams(unit: Unit) -> frozenset[str]:
    text = f"^{fold(unit.text)}$"
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


def _in_order(
    before: Sequence[Unit], after: Sequence[Unit], pairs: dict[int, int]
) -> Iterator[tuple[Unit | None, Unit | None]]:
    """Pairs in the order of `after`; what is gone follows what stood before it in `before`."""
    partner = {j: i for i, j in pairs.items()}
    gone_after: dict[int, list[Unit]] = {}
    last = -1
    for i, unit in enumerate(before):
        if i in pairs:
            last = i
        else:
            gone_after.setdefault(last, []).append(unit)
    yield from ((unit, None) for unit in gone_after.get(-1, []))
    for j, unit in enumerate(after):
        i = partner.get(j, -1)
        yield (before[i] if i >= 0 else None), unit
        if i >= 0:
            yield from ((gone, None) for gone in gone_after.get(i, []))


def _change(old: Unit | None, new: Unit | None) -> Change:
    if old is None or new is None:
        unit = new or old
        text = unit.text if unit else ""
        return Change("new" if new else "gone", old, new, (("+" if new else "-", text),))
    if "".join(old.text.split()) == "".join(new.text.split()):
        return Change("unchanged" if old.number == new.number else "moved", old, new, (("=", new.text),))
    return Change("changed", old, new, difference(old.text, new.text))


def difference(old: str, new: str) -> tuple[tuple[Mark, str], ...]:
    """Return both texts as pieces: sentence by sentence, then by numbers, Latin words and single characters."""
    a, b = ([span.of(text) for span in split_sentences(text)] for text in (old, new))
    pieces: list[tuple[Mark, str]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("=", "".join(a[a0:a1])))
        else:
            pieces += _by_words("".join(a[a0:a1]), "".join(b[b0:b1]))
    return tuple(_merged(pieces))


def _by_words(old: str, new: str) -> list[tuple[Mark, str]]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(a) * len(b) > _MOST_CELLS:
        return [("-", old), ("+", new)]
    pieces: list[tuple[Mark, str]] = []
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for n, (tag, a0, a1, b0, b1) in enumerate(codes):
        inside = 0 < n < len(codes) - 1
        if tag == "equal" and not (inside and a1 - a0 < _SHORTEST_KEPT):
            pieces.append(("=", "".join(a[a0:a1])))
        else:
            pieces += [("-", "".join(a[a0:a1])), ("+", "".join(b[b0:b1]))]
    return pieces


def _merged(pieces: Sequence[tuple[Mark, str]]) -> list[tuple[Mark, str]]:
    """Neighbours of one kind as one; of neighbouring changes first what went, then what came."""
    out: list[tuple[Mark, str]] = []
    for equal, run in groupby(pieces, key=lambda piece: piece[0] == "="):
        texts = list(run)
        marks: tuple[Mark, ...] = ("=",) if equal else ("-", "+")
        out += [(mark, text) for mark in marks if (text := "".join(t for m, t in texts if m == mark))]
    return out
