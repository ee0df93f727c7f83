"""Ids of documents: short, in lower-case letters, digits and hyphens; proposed from region and year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection

from pypinyin import lazy_pinyin

from corpus.errors import InputError
from corpus.script import fold

LONGEST = 40
_SLUG = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST - 1}}}")
# names that Windows keeps for devices; a folder of such a name cannot be made there
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def check_slug(slug: str) -> str:
    """Return `slug` where it can be the id of a document.

    :raises InputError: it has other characters than lower-case letters, digits and hyphens, or is too long.
    """
    if not _SLUG.fullmatch(slug) or slug in _RESERVED:
        shown = slug if len(slug) <= LONGEST else slug[:LONGEST] + "…"
        raise InputError(
            f"the id {shown!r} is refused: take a letter, then lower-case letters, digits or hyphens, "
            f"at most {LONGEST} in all, as in dazu-2021"
        )
    return slug


def suggest_slug(name: str, date: datetime.date | None, taken: Collection[str]) -> str:
    """Return a free id from the pinyin of `name`, the short name of a region or else a genre, and the year."""
    letters = re.sub("[^a-z0-9]", "", "".join(lazy_pinyin(fold(name), errors="ignore")))[: LONGEST - 10].lstrip(
        "0123456789"
    )
    base = "-".join(filter(None, (letters or "wenjian", str(date.year) if date else "")))
    n, slug = 1, base
    while slug in taken or slug in _RESERVED:
        n += 1
        slug = f"{base}-{n}"
    return slug
