"""A document's text in the script that a reader asks for: display alone; what is quoted stays in its own script."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from opencc import OpenCC

Script = Literal["source", "hans", "hant"]
_CONVERSIONS = {"hans": "t2s", "hant": "s2t"}


def read_script(value: str | None) -> Script:
    """Return the script that a link names; the source's own where it names none."""
    return next((s for s in get_args(Script) if s == value), "source")


def in_script(text: str, script: Script) -> str:
    """Return `text` in `script`, one code point for each of `text`, so that spans stay where they are."""
    if script == "source":
        return text
    shown = _convert(text, script)
    if len(shown) == len(text):
        return shown
    return "".join(c if len(s := _convert(c, script)) != 1 else s for c in text)


def fold_pairs() -> str:
    """Return every traditional character that has one simplified form, each followed by it."""
    characters = [chr(i) for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for i in range(first, last + 1)]
    pairs = ((c, _convert(c, "hans")) for c in characters)
    return "".join(c + s for c, s in pairs if s != c and len(s) == 1)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _convert(text: str, script: Script) -> str:
    converted: str = _converter(_CONVERSIONS[script]).convert(text)
    return converted
