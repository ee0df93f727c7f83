"""The search layer's wording."""

from __future__ import annotations

import pytest

from corpus.glossary import load_taiwan_words
from corpus.load import load_corpus
from corpus.sentences import split_sentences
from index.embedding import HashEmbedder
from index.search_text import SearchText, context_of
from index.settings import IndexSettings
from index.units import make_units


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("充分利用網際網路、大數據", "充分利用互联网、大数据"), ("最佳化許可權和程式", "优化权限和程序"),
        ("1∶5 （十三）", "1:5(十三)"),
        ("幼稚園", "幼儿园"), ("", ""),
    ],
)  # fmt: skip
def test_taiwan_words_read_as_mainland_words(text: str, search: str) -> None:
    assert SearchText(load_taiwan_words())(text) == search


def test_without_a_table_text_is_only_folded() -> None:
    assert SearchText({})("最佳化 程式") == "最佳化程式"


def test_context_holds_the_headings_above() -> None:
    corpus = load_corpus()
    assert context_of(corpus, corpus.measures["tangshan/15"]) == "主要措施 深化教育督导问责机制改革 严肃约谈制度"
    assert context_of(corpus, corpus.measures["xiushan/end"]) == "文末"
    assert "2021年教育督导工作要点" in context_of(corpus, corpus.measures["dazu/0"])


def test_units_cover_every_measure_in_order() -> None:
    corpus = load_corpus()
    units = make_units(corpus, SearchText(load_taiwan_words()), IndexSettings.model_validate({}))
    assert list(dict.fromkeys(c.measure_id for c in units.clauses)) == list(corpus.measures)
    assert len(units.clauses) == len(units.clause_texts) and len(units.sentences) == len(units.sentence_texts)
    expected = [(m.id, span) for m in corpus.measures.values() for span in split_sentences(m.text)]
    assert [(s.measure_id, s.span) for s in units.sentences] == expected
    notes = [s for s in units.sentences if s.note]
    assert len(notes) == sum(m.note is not None for m in corpus.measures.values())


def test_the_fake_embedder_gives_unit_rows_and_repeats_itself() -> None:
    embedder = HashEmbedder(8)
    rows = embedder.embed_passages(["约谈制度", "督学"])
    assert rows.shape == (2, 8) and (rows**2).sum(axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert (rows == embedder.embed_queries(["约谈制度", "督学"])).all()
    assert embedder.embed_queries([]).shape == (0, 8)
