"""Sentences and clauses join back to the text they were cut from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.load import Corpus, load_corpus
from corpus.sentences import MAX_CLAUSE_CHARS, split_clauses, split_sentences
from corpus.types import Measure


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def measure(text: str) -> Measure:
    return Measure("t/1", "t", "measure", "", "", (), 7, text)


@given(st.text("督导，。；！？!?;\n ”）)（责任单位：", max_size=80))
def test_sentences_join_back(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(s.of(text) for s in spans) == text
    assert all(a.end == b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(s.start < s.end for s in spans)


@given(st.text("督导，。；\n ）", min_size=1, max_size=300), st.integers(5, 60))
def test_clauses_join_back_and_never_cut_a_sentence(text: str, most: int) -> None:
    clauses = split_clauses(measure(text), most)
    assert "".join(c.text for c in clauses) == text
    assert [c.id for c in clauses] == [f"t/1#{n}" for n in range(1, len(clauses) + 1)]
    starts = {s.start for s in split_sentences(text)}
    assert all(c.span.start in starts and c.text for c in clauses)


def test_clauses_of_the_five_documents_join_back_to_their_measures(corpus: Corpus) -> None:
    for one in corpus.measures.values():
        clauses = split_clauses(one)
        assert "".join(c.text for c in clauses) == one.text, one.id
        assert {c.measure_id for c in clauses} == {one.id}
        assert [c.span.start for c in clauses] == [0, *(c.span.end for c in clauses[:-1])], one.id
        assert len(clauses) == 1 or len(one.text) > MAX_CLAUSE_CHARS, one.id


def test_a_responsibility_note_stands_alone(corpus: Corpus) -> None:
    for one in corpus.measures.values():
        if one.note:
            assert one.note.start in {s.start for s in split_sentences(one.text)}, one.id


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙；丙", ["甲。", "乙；", "丙"]),
        ("他说“好。”再说。", ["他说“好。”", "再说。"]),
        ("甲\n乙", ["甲\n", "乙"]),
        ("做。（责任单位：县教委）", ["做。", "（责任单位：县教委）"]),
        ("做。(責任單位:省教育廳)", ["做。", "(責任單位:省教育廳)"]),
        ("甲。 \n", ["甲。 \n"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [s.of(text) for s in split_sentences(text)] == sentences
