"""Plain text files, and characters that carry no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableFileError
from corpus.intake.characters import blank, shorten, tidy
from corpus.intake.plain import read_plain


def test_a_text_is_read_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("一、总体要求\r\n　　甲\t乙\n".encode("gb18030"))
    found = read_plain(file)
    assert (found.text, found.kind, found.warnings) == ("一、总体要求\n　　甲\t乙\n", "txt", ())


@pytest.mark.parametrize("content", [b" \r\n \n", "\ufeff".encode(), "——。，".encode()])
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "leer.txt"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"'leer.txt' holds no text"):
        read_plain(file)


def test_mute_characters_go_with_a_warning() -> None:
    text, warnings = tidy("督\u200b导\u202e办\x00法\ufeff")
    assert text == "督导办法"
    assert warnings == ("4 control characters were left out, the first of them U+200B",)


def test_line_ends_of_every_kind_are_line_feeds() -> None:
    assert tidy("甲\r\n乙\r丙\f丁\u2028戊\x85己") == ("甲\n乙\n丙\n丁\n戊\n己", ())


def test_characters_of_private_use_stay_and_are_named() -> None:
    text, warnings = tidy("督\ue000导")
    assert text == "督\ue000导"
    assert "1 characters of private use" in warnings[0]


def test_what_counts_as_text() -> None:
    assert blank(" \n—。") and not blank("督") and not blank("1")


def test_a_quote_in_a_warning_is_one_short_line() -> None:
    assert shorten("甲\n乙 " * 20, 5) == "甲 乙 甲…"
    assert shorten(" 甲 ") == "甲"
