"""Wordings made comparable: an answer holds a nugget where the normal form of one holds that of the other."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold

_NUMERAL = f"[{NUMERAL_CHARS}]+|[0-9]+"
_PERCENT = re.compile(rf"百分之({_NUMERAL})(?:点({_NUMERAL}))?")
_FRACTION = re.compile(rf"({_NUMERAL})分之({_NUMERAL})")
_CHINESE_RUN = re.compile(f"[{NUMERAL_CHARS}]+")
_SPOKEN_RATIO = re.compile(r"(?<=[0-9])比(?=[0-9])")
_MARK = re.compile(r"\[[0-9]{1,3}\]")


@lru_cache(maxsize=16384)
def normalise(text: str) -> str:
    """Return the form in which wordings are compared.

    In this order: NFKC, OpenCC to simplified, lower case, no white space (`corpus.script.fold`); the circle that
    stands for zero (二○二一) as zero; percentages and fractions in Arabic digits (百分之二十 is 20%, 三分之一 is 1/3);
    every other Chinese numeral up to 9999 in digits (四十学时 is 40学时); ratios with a colon (1∶5, 1：5 and 一比五
    are 1:5).
    """
    text = _PERCENT.sub(_percent, fold(text).replace("○", "〇"))
    text = _FRACTION.sub(_fraction, text)
    text = _CHINESE_RUN.sub(lambda run: _digits(run.group()), text)
    return _SPOKEN_RATIO.sub(":", text)


def holds(text: str, wording: str) -> bool:
    """Tell whether `text` holds `wording` after `normalise`.

    A number at an edge of the wording is a whole number of the text: 9个 is not held by 19个, nor 1:5 by 1:50, nor 5%
    by 2.5%.
    """
    needle = normalise(wording)
    if not needle:
        return False
    before = "(?<![0-9])(?<![0-9][.:])" if needle[0].isdigit() else ""
    after = "(?![0-9])(?![.:][0-9])" if needle[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(needle)}{after}", normalise(text)) is not None


def without_marks(text: str) -> str:
    """Return an answer's text without its [n] marks."""
    return _MARK.sub("", text)


def _digits(numeral: str) -> str:
    value = parse_numeral(numeral)
    return numeral if value is None else str(value)


def _percent(match: re.Match[str]) -> str:
    whole, decimals = match.groups()
    return f"{_digits(whole)}.{_decimals(decimals)}%" if decimals else f"{_digits(whole)}%"


def _decimals(digits: str) -> str:
    return "".join(map(_digits, digits))


def _fraction(match: re.Match[str]) -> str:
    below, above = match.groups()
    return f"{_digits(above)}/{_digits(below)}"
