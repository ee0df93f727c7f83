"""Bytes to text: the five sources, whole and in pieces, come back from every encoding."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from corpus.intake.encoding import decode, plausibility
from corpus.load import DEFAULT_ROOT, read_raw

IDS = sorted(path.parent.name for path in DEFAULT_ROOT.glob("*/source.txt"))
TEXTS = {name: read_raw(DEFAULT_ROOT, name) for name in IDS}
NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "big5": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def encodable(text: str, codec: str) -> str:
    """The characters of `text` that an encoding has."""
    return text.encode(codec, errors="ignore").decode(codec)


@pytest.mark.parametrize("codec", NAMES)
@pytest.mark.parametrize("name", IDS)
def test_whole_texts_come_back(name: str, codec: str) -> None:
    text = encodable(TEXTS[name], codec)
    found = decode(text.encode(codec))
    assert (found.text, found.encoding, found.warnings) == (text, NAMES[codec], ())


@pytest.mark.parametrize("codec", NAMES)
@given(name=st.sampled_from(IDS), at=st.integers(0, 9000), length=st.integers(20, 400))
def test_pieces_come_back(codec: str, name: str, at: int, length: int) -> None:
    text = TEXTS[name]
    piece = encodable(text[at % (len(text) - length) :][:length], codec)
    assert decode(piece.encode(codec)).text == piece


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, codec: str) -> None:
    assert decode(mark + "督导 abc".encode(codec)).text == "督导 abc"


@pytest.mark.parametrize("text", ["", "plain English, 2021", "\n \n"])
def test_ascii_is_utf8(text: str) -> None:
    assert decode(text.encode()).encoding == "UTF-8"


def test_big5_with_the_characters_of_hong_kong() -> None:
    text = "教育督導嘅安排，喺學校公佈。學校須於每年九月前提交報告，由督導室審閱。"
    assert decode(text.encode("big5hkscs")).text == text


def test_what_a_file_says_of_its_encoding_is_taken_where_it_fits() -> None:
    assert decode("督导办法".encode("gb18030"), "gb2312").text == "督导办法"
    assert decode(b"a", "no-such-thing").text == "a"


def test_what_a_file_says_of_its_encoding_is_put_right_where_it_does_not() -> None:
    found = decode(TEXTS["dazu"].encode(), "gb2312")
    assert found.text == TEXTS["dazu"]
    assert found.warnings == ("the file says its encoding is gb2312, but reads as UTF-8",)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_few_damaged_bytes_are_shown_and_named(codec: str) -> None:
    data = bytearray(TEXTS["dazu"].encode(codec))
    data[data.index("通知".encode(codec))] = 0xFF
    found = decode(bytes(data))
    assert found.text.count("\ufffd") >= 1
    assert found.text.replace("\ufffd", "")[-500:] == TEXTS["dazu"][-500:]
    assert f"damaged characters in {NAMES[codec]}, the first in line 6" in found.warnings[0]


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9, b"\xff" * 300, b"\0" * 300],
    ids=["every byte", "picture", "all ones", "all zeros"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="UTF-8, UTF-16, GB18030 or Big5"):
        decode(data)


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except UnreadableFileError:
        pass


def test_plausibility_tells_text_from_a_wrong_decoding() -> None:
    right = TEXTS["dazu"]
    wrong = right.encode("gb18030").decode("cp950", errors="ignore")
    assert plausibility(right) > 0.95
    assert plausibility(wrong) < 0.5
    assert plausibility("only ascii") == 1.0


def test_the_sources_are_those_of_the_corpus() -> None:
    assert IDS == ["dazu", "hainan", "tangshan", "weihai", "xiushan"]
    assert Path(DEFAULT_ROOT, "hainan", "source.txt").exists()
