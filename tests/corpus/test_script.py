"""Folding: what is matched, never what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.load import load_corpus
from corpus.script import fold, fold_aligned


@given(st.text())
def test_aligned_folding_keeps_the_length(text: str) -> None:
    assert len(fold_aligned(text)) == len(text)


@given(st.text("督導体體制機乾干后後發髮复複№㍿ﬁ①½（）ＡＢ１∶"))
def test_aligned_folding_of_hard_characters_keeps_the_length(text: str) -> None:
    assert len(fold_aligned(text)) == len(text)


def test_the_five_documents_keep_every_offset() -> None:
    for document in load_corpus().documents:
        text = document.clean.text
        folded = fold_aligned(text)
        assert len(folded) == len(text)
        assert [i for i, c in enumerate(folded) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@given(st.text("督導體制機乾後髮複（）ＡＢc１∶：， \n\u3000"))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert not any(c.isspace() for c in once)
    assert fold(once) == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("教育督導體制", "教育督导体制"), ("（十三）", "(十三)"), ("ＡＢＣ １２", "abc12"), ("1∶5", "1:5"),
        ("1：5", "1:5"),
        ("檔案 程式 檔", "档案程式档"), ("約談\n督學", "约谈督学"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
