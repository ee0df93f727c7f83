"""The fixed wording of answers, in the script or language of the question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from opencc import OpenCC


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every fixed phrase that an answer may hold; {} takes names from the metadata or from the question's places."""

    not_ruled: str
    not_covered: str
    covered: str
    silent: str
    lapsed: str
    otherwise: str
    colon: str
    separator: str
    gap: str
    also: str


_SIMPLIFIED = Phrases(
    not_ruled="本库文件未见规定。",
    not_covered="本库没有{}的文件。",
    covered="本库现有：{}。",
    silent="未见规定：{}。",
    lapsed="本库中{}的文件已被取代或废止；要查旧文件，请在问题中写明“旧文件”。",
    otherwise="\n所问与文件不符，文件写的是：",
    colon="：",
    separator="、",
    gap="……",
    also="又：",
)
_ENGLISH = Phrases(
    not_ruled="本库文件未见规定 (the documents held here do not rule on this).",
    not_covered=" No document of {} is held here.",
    covered=" Held here: {}.",
    silent="No rule found (未见规定): {}.",
    lapsed=" The documents of {} held here are superseded or repealed; ask for the old document to search them.",
    otherwise="\nThe document says otherwise: ",
    colon=": ",
    separator=", ",
    gap=" … ",
    also=" Also: ",
)


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def phrases_for(traditional: bool, english: bool) -> Phrases:
    """Return the phrases in the question's script or language."""
    if english:
        return _ENGLISH
    if not traditional:
        return _SIMPLIFIED
    convert = _to_traditional().convert
    return Phrases(*(convert(getattr(_SIMPLIFIED, name)) for name in Phrases.__slots__))
