"""Proposed metadata of a new text, each value with its wording; what the text does not state is None."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.intake.access import find_access, strictest
from corpus.intake.imprint import find_date, find_issuer, find_number
from corpus.intake.lines import Found, Lines, fields, read_lines
from corpus.intake.region import Region, RegionFinder
from corpus.intake.title import find_draft, find_genre, find_title
from corpus.intake.types import FileKind
from corpus.script import fold
from corpus.types import Access, CleanText, Status

_OF_THE_DOCUMENT = re.compile(r"[此本该]\s*[件文]|[:：\t]")
_INVALID = re.compile(r"(?:已)?(?:失效|废止)")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a text states of itself.

    access, status: always proposed, `unmarked` and `in force` where the text says nothing; their quote is then empty.
    """

    title: Found[str] | None
    issuer: Found[str] | None
    number: Found[str] | None
    date: Found[datetime.date] | None
    region: Found[Region] | None
    genre: Found[str] | None
    access: Found[Access]
    status: Found[Status]


def propose(raw: str, clean: CleanText, margins: Sequence[str], kind: FileKind, regions: RegionFinder) -> Proposed:
    """Return what the text states. raw: the text that `clean` repairs; margins: what stood around it."""
    lines = read_lines(clean.text, margins)
    title, issuer = find_title(lines), find_issuer(lines)
    return Proposed(
        title=title,
        issuer=issuer,
        number=find_number(lines),
        date=find_date(lines),
        region=_region(title, issuer, lines, regions),
        genre=find_genre(title, lines),
        access=_access(raw, clean, margins, kind),
        status=_status(title, lines),
    )


def _region(
    title: Found[str] | None, issuer: Found[str] | None, lines: Lines, regions: RegionFinder
) -> Found[Region] | None:
    for stated in (issuer, title):
        region = regions.of_issuer(stated.value) if stated else None
        if stated and region:
            return Found(region, stated.quote, stated.start)
    return regions.of_text(lines.body)


def _access(raw: str, clean: CleanText, margins: Sequence[str], kind: FileKind) -> Found[Access]:
    """The label from the raw text, so that no layout rule can take a mark away, and from the margins.

    The margins of a web page hold the menu of its site, where 依申请公开 is the name of a page: there only notes and
    fields count.
    """
    marks = [Found(m.access, m.text, bisect_left(clean.raw_offsets, m.start)) for m in find_access(raw)]
    around = [m for m in margins if kind != "html" or _OF_THE_DOCUMENT.search(m)]
    marks += [Found(m.access, m.text, None) for m in find_access("\n".join(around))]
    label = strictest(mark.value for mark in marks)
    return next((mark for mark in marks if mark.value == label), Found(label, "", None))


def _status(title: Found[str] | None, lines: Lines) -> Found[Status]:
    draft = find_draft(title, lines)
    if draft:
        return Found("draft", draft.quote, draft.start)
    for stated in fields((*lines.head, *lines.margins), "有效性|时效性|文件状态|效力状态"):
        if _INVALID.match(fold(stated.value)):
            return Found("repealed", stated.quote, stated.start)
    return Found("in force", "", None)
