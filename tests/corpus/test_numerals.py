"""Numerals of headings."""

from __future__ import annotations

import pytest

from corpus.numerals import format_numeral, parse_numeral


def test_every_numeral_comes_back() -> None:
    assert [parse_numeral(format_numeral(n)) for n in range(1, 10_000)] == list(range(1, 10_000))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１３", 13), ("13", 13), ("十", 10), ("十三", 13), ("二十", 20), ("一百零二", 102), ("一千零一十", 1010),
        ("两百", 200),
        ("二〇二一", 2021), ("九千九百九十九", 9999),
        ("", None), ("十十", None), ("百千", None), ("零百", None), ("一二十", None), ("督", None), ("1a", None),
        ("一" * 10, None),
    ],
)  # fmt: skip
def test_values(text: str, value: int | None) -> None:
    assert parse_numeral(text) == value


@pytest.mark.parametrize("value", [0, -1, 10_000])
def test_numbers_that_no_heading_has_are_refused(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        format_numeral(value)


@pytest.mark.parametrize(("value", "text"), [(10, "十"), (12, "十二"), (102, "一百零二"), (1010, "一千零一十")])
def test_wording(value: int, text: str) -> None:
    assert format_numeral(value) == text
