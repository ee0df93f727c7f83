"""Automatic numbers in the formats of word processors."""

from __future__ import annotations

import pytest

from corpus.intake.numbers import format_number
from corpus.numerals import parse_numeral


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1, "decimal", "1"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"), (3, "ordinal", "3."),
        (1, "upperLetter", "A"), (26, "lowerLetter", "z"), (27, "upperLetter", "AA"), (53, "lowerLetter", "aaa"),
        (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (49, "upperRoman", "XLIX"),
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (21, "chineseCountingThousand", "二十一"),
        (102, "chineseCountingThousand", "一百零二"), (20, "taiwaneseCounting", "二十"),
        (10, "ideographDigital", "一〇"),
        (21, "taiwaneseDigital", "二一"), (12, "chineseLegalSimplified", "拾贰"),
        (3, "ideographLegalTraditional", "參"),
        (1, "ideographTraditional", "甲"), (12, "ideographZodiac", "亥"), (13, "ideographZodiac", "13"),
        (60, "ideographZodiacTraditional", "癸亥"), (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircleChinese", "21"), (3, "decimalEnclosedParen", "⑶"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (10, "ideographEnclosedCircle", "㊉"), (5, "bullet", ""), (5, "none", ""), (2, "numberInDash", "- 2 -"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_their_format_says(value: int, kind: str, text: str) -> None:
    assert format_number(value, kind) == text


def test_a_format_that_is_not_known_has_no_number() -> None:
    assert format_number(3, "hindiVowels") is None


@pytest.mark.parametrize("value", [-1, 0, 10_000])
def test_what_a_format_cannot_write_comes_in_digits(value: int) -> None:
    for kind in ("chineseCounting", "upperRoman", "decimalEnclosedCircle", "upperLetter"):
        assert format_number(value, kind) == str(value)


def test_chinese_numbers_are_those_that_headings_are_read_with() -> None:
    for value in range(1, 10_000):
        assert parse_numeral(format_number(value, "chineseCounting") or "") == value
