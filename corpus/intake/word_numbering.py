"""Automatic numbering of Word: the numbers that it prints and does not store (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.intake.numbers import format_number
from corpus.intake.word_styles import Styles
from corpus.intake.wordml import child, children, number, switched, tag, value

_PLACE = re.compile(r"%([1-9])")
_DASHES = re.compile(r"[-–—―－]{1,2}")
_LONGEST = 9  # levels of a list
_WORDLIKE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]$")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    restart: int | None
    legal: bool
    gap: str
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """One w:num: the abstract list that it counts in, and where it starts or looks otherwise."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has been counted.

    unknown: formats that are not known, in which numbers were written in Arabic digits.
    """

    lists: dict[str, _List]
    abstracts: dict[str, dict[int, _Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def fresh(self) -> Numbering:
        """Return the same lists, counted from the beginning: headers and notes count for themselves."""
        return replace(self, counts={}, begun=set())

    def label(self, identity: str | None, level: int | None, style: str | None) -> str:
        """Count one paragraph and return what Word prints before it, empty where it is not numbered.

        style: the style that gives the numbering; a level that names it is meant where no level is given.
        """
        found = self.lists.get(identity or "")
        if found is None or identity == "0":
            return ""
        levels = self.abstracts.get(found.abstract, {}) | found.levels
        if level is None:
            level = next((i for i, one in levels.items() if style and one.style == style), 0)
        if level not in levels:
            return ""
        self._count(identity or "", found, levels, level)
        return self._written(found, levels, level)

    def _count(self, identity: str, found: _List, levels: dict[int, _Level], level: int) -> None:
        counts = self.counts.setdefault(found.abstract, {})
        for higher in range(level):
            if higher in levels and higher not in counts:
                counts[higher] = found.starts.get(higher, levels[higher].start)
        if level in found.starts and (identity, level) not in self.begun:
            counts.pop(level, None)
        self.begun.add((identity, level))
        first = found.starts.get(level, levels[level].start)
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in range(level + 1, _LONGEST):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts.pop(deeper, None)

    def _written(self, found: _List, levels: dict[int, _Level], level: int) -> str:
        here = levels[level]
        if here.kind == "bullet":
            return here.text if _DASHES.fullmatch(here.text) else ""

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels or at > level:
                return ""
            kind = "decimal" if here.legal and levels[at].kind != "none" else levels[at].kind
            text = format_number(self.counts[found.abstract][at], kind)
            if text is None:
                self.unknown.add(kind)
                return str(self.counts[found.abstract][at])
            return text

        text = _PLACE.sub(place, here.text).strip()
        return text + " " if _WORDLIKE.search(text) and here.gap != "nothing" else text


def read_numbering(root: etree._Element | None, styles: Styles) -> Numbering:
    """Return the lists of the part numbering.xml; root: None where the document has none."""
    abstracts, links = {}, {}
    for one in children(root, "w:abstractNum"):
        identity = value(one, "w:abstractNumId") or ""
        abstracts[identity] = {number(lvl, "w:ilvl") or 0: _level(lvl) for lvl in children(one, "w:lvl")}
        links[identity] = value(child(one, "w:numStyleLink"))
    lists = {value(one, "w:numId") or "": _list(one) for one in children(root, "w:num")}
    for identity, found in lists.items():
        # a list that only names a style counts in the list of that style
        link = links.get(found.abstract)
        target = lists.get(styles.list_identity(link) or "") if link else None
        if target is not None:
            lists[identity] = replace(found, abstract=target.abstract)
    return Numbering(lists, abstracts)


def _list(one: etree._Element) -> _List:
    starts, levels = {}, {}
    for override in children(one, "w:lvlOverride"):
        at = number(override, "w:ilvl") or 0
        start = number(child(override, "w:startOverride"))
        if start is not None:
            starts[at] = start
        own = child(override, "w:lvl")
        if own is not None:
            levels[at] = _level(own)
    return _List(value(child(one, "w:abstractNumId")) or "", starts, levels)


def _level(level: etree._Element) -> _Level:
    kind = child(level, "w:numFmt")
    if kind is None:
        # a format of one's own stands in a choice beside a plain one
        given = [e for e in level.iterdescendants() if tag(e) == "w:numFmt"]
        kind = next((e for e in given if value(e) != "custom"), None)
    start = number(child(level, "w:start"))
    pictured = child(level, "w:lvlPicBulletId") is not None
    return _Level(
        start=0 if start is None else start,
        kind="bullet" if pictured else value(kind) or "decimal",
        text="" if pictured else value(child(level, "w:lvlText")) or "",
        restart=number(child(level, "w:lvlRestart")),
        legal=bool(switched(child(level, "w:isLgl"))),
        gap=value(child(level, "w:suff")) or "tab",
        style=value(child(level, "w:pStyle")),
    )
