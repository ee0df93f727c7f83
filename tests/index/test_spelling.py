"""Homophone slips are put right; words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.glossary import load_glossary, load_taiwan_words
from corpus.load import Corpus, load_corpus
from corpus.wordlist import everyday_words
from index.concepts import Concepts
from index.search_text import SearchText
from index.spelling import Spelling

SMALL = Spelling(["加强督学责任区建设", "重要意义"], ["责任区", "约谈", "意义"])


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="module")
def spelling(corpus: Corpus) -> Spelling:
    """As app.assemble makes it."""
    search_text = SearchText(load_taiwan_words())
    official = Concepts(load_glossary(), search_text).official
    texts, terms = (search_text(m.text) for m in corpus.measures.values()), (f for forms in official for f in forms)
    return Spelling(texts, terms, everyday_words())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("督导责认区", "督导责任区"), ("责任区", "责任区"), ("异议", "异议"), ("约坛", "约谈"), ("谁", "谁"), ("", ""),
        ("abc 责认区 12", "abc 责任区 12"), ("天气预报", "天气预报"),
    ],
)  # fmt: skip
def test_slips(typed: str, meant: str) -> None:
    assert SMALL.correct(typed) == meant


@pytest.mark.parametrize(
    "word", ["异议", "食堂", "彩票", "校车", "天气", "放假", "工资", "军训", "自己", "平时", "之后", "现任"]
)
def test_words_that_the_documents_do_not_use_are_left_alone(spelling: Spelling, word: str) -> None:
    assert spelling.correct(word) == word


def test_a_slip_in_the_field_is_put_right(spelling: Spelling) -> None:
    assert spelling.correct("督导责认区怎么划分") == "督导责任区怎么划分"


def test_the_documents_need_no_correction(spelling: Spelling, corpus: Corpus) -> None:
    search_text = SearchText(load_taiwan_words())
    for measure in corpus.measures.values():
        text = search_text(measure.text)
        assert spelling.correct(text) == text, measure.id


@given(st.text("督导责认任区约坛谈异意议义的在，a1", max_size=30))
def test_the_length_stays(text: str) -> None:
    assert len(SMALL.correct(text)) == len(text)


def test_names_stay_as_they_are() -> None:
    slip = "约坛"
    assert SMALL.correct(slip) == "约谈"
    assert SMALL.correct(slip, [(0, 1)]) == SMALL.correct(slip, [(1, 2)]) == slip
