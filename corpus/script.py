"""The search layer: text folded for matching only, never shown."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    # t2s, never tw2sp: vocabulary conversion turns mainland 文件 into 文档 and 程序 into 进程
    return OpenCC("t2s")


# RATIO SIGN is a colon to a reader; NFKC leaves it alone
_LOOKALIKES = str.maketrans({"∶": ":"})


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower().translate(_LOOKALIKES)
    if len(folded) != 1:
        return char
    return folded


def fold_aligned(text: str) -> str:
    """Fold to simplified, half-width and lower case, one code point out for each one in.

    Code points whose normal form is longer stay as they are, so that offsets in the result are offsets
    in `text`.
    """
    narrow = "".join(map(_fold_char, text))
    if narrow.isascii():
        return narrow
    folded: str = _converter().convert(narrow)
    if len(folded) == len(narrow):
        return folded
    return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in narrow)


def fold(text: str) -> str:
    """Fold for comparison: NFKC, simplified, lower case, no white space. Length may change."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_LOOKALIKES)
    return "".join(_converter().convert(text).split())
