"""Automatic numbers as text, in the formats that word processors name (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

from corpus.numerals import format_numeral

_LARGEST = 9999
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLACES = "〇一二三四五六七八九"
_LEGAL = {
    "chineseLegalSimplified": str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"),
    "ideographLegalTraditional": str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟"),
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def format_number(value: int, kind: str) -> str | None:
    """Return `value` in the format `kind`, None where the format is not known.

    A value that the format cannot write (④ has none above 20, Roman numerals none below 1) comes in Arabic digits, as
    word processors do.
    """
    if kind in ("none", "bullet"):
        return ""
    write = _WRITERS.get(kind)
    if write is None:
        return None
    return write(value) if 1 <= value <= _LARGEST else str(value)


def _letters(value: int) -> str:
    """A to Z, then AA to ZZ: one letter repeated."""
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    out = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        out += sign * count
    return out


def _by_place(value: int) -> str:
    return "".join(_PLACES[int(digit)] for digit in str(value))


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode from `first`, such as ① to ⑳."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value <= len(signs) else str(value)


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": lambda value: f"{value}.",
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "decimalEnclosedCircle": _signs("①", 20),
    "decimalEnclosedCircleChinese": _signs("①", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographDigital": _by_place,
    "japaneseDigitalTenThousand": _by_place,
    "taiwaneseDigital": _by_place,
    "chineseCounting": format_numeral,
    "chineseCountingThousand": format_numeral,
    "taiwaneseCounting": format_numeral,
    "taiwaneseCountingThousand": format_numeral,
    "japaneseCounting": format_numeral,
    "koreanDigital2": _by_place,
    "chineseLegalSimplified": lambda value: format_numeral(value).translate(_LEGAL["chineseLegalSimplified"]),
    "ideographLegalTraditional": lambda value: format_numeral(value).translate(_LEGAL["ideographLegalTraditional"]),
}
