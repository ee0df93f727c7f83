"""The fixed wording of answers, in the script or language of the question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from corpus.types import Metadata


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every fixed phrase that an answer may hold; {} takes names from the metadata or from the question's places."""

    not_ruled: str
    not_covered: str
    no_year: str
    covered: str
    silent: str
    lapsed: str
    otherwise: str
    colon: str
    separator: str
    gap: str
    also: str
    lead: str
    lead_first: str
    lead_rule: str
    nothing: str
    rules: str


_SIMPLIFIED = Phrases(
    not_ruled="本库文件未见规定。",
    not_covered="本库没有{}的文件。",
    no_year="本库没有{}年的规定。",
    covered="本库现有：{}。",
    silent="未见规定：{}。",
    lapsed="本库中{}的文件已被取代或废止；要查旧文件，请在问题中写明“旧文件”。",
    otherwise="所问与文件不符，文件写的是：",
    colon="：",
    separator="、",
    gap="……",
    also="又：",
    lead="牵头单位：",
    lead_first="牵头单位（依文件，第一单位为牵头单位）：",
    lead_rule="，依文件：",
    nothing="未见规定",
    rules="",
)
_ENGLISH = Phrases(
    not_ruled="本库文件未见规定 (the documents held here do not rule on this).",
    not_covered=" No document of {} is held here.",
    no_year=" Nothing held here is about {}.",
    covered=" Held here: {}.",
    silent="No rule found (未见规定): {}.",
    lapsed=" The documents of {} held here are superseded or repealed; ask for the old document to search them.",
    otherwise="The document says otherwise: ",
    colon=": ",
    separator=", ",
    gap=" … ",
    also=" Also: ",
    lead="Lead unit: ",
    lead_first="Lead unit (the document makes the first unit lead): ",
    lead_rule=", as the document rules: ",
    nothing="no rule found",
    rules="{} rules: ",
)


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")


def phrases_for(traditional: bool, english: bool) -> Phrases:
    """Return the phrases in the question's script or language."""
    if english:
        return _ENGLISH
    if not traditional:
        return _SIMPLIFIED
    convert = _to_traditional().convert
    return Phrases(*(convert(getattr(_SIMPLIFIED, name)) for name in Phrases.__slots__))


def in_traditional(text: str) -> str:
    """Return Chinese text in traditional script, as OpenCC has it."""
    return str(_to_traditional().convert(text))


def place_name(meta: Metadata, traditional: bool, english: bool) -> str:
    """Return a document's region as the question's script or language has it: 唐山市, Tangshan City.

    A region without an English alias keeps its Chinese name.
    """
    if english:
        return next((name for name in meta.aliases if name.isascii()), meta.region)
    return in_traditional(meta.region) if traditional else meta.region


def both_names(meta: Metadata, traditional: bool, english: bool) -> str:
    """Return a region's name with the Chinese one behind an English one: Tangshan City (唐山市)."""
    name = place_name(meta, traditional, english)
    return f"{name} ({meta.region})" if name.isascii() else name
