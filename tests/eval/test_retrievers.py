from collections.abc import Sequence

import numpy as np
import pytest

from corpus.load import DEFAULT_ROOT, load_corpus, read_raw
from eval.retrievers import EmbedOnce, bm25_only, dense_only, llama_index_defaults, raw_places
from index.embedding import HashEmbedder, Vectors
from tests.eval.fakes import TEXTS, small_corpus

CORPUS = small_corpus()


def test_bm25_alone_ranks_by_shared_bigrams() -> None:
    given = bm25_only(CORPUS).ask("督学培训多少學時？")
    assert given.retrieved[0] == "a/2"
    assert [c.measure_id for c in given.citations] == ["a/2"]
    assert given.citations[0].quote == TEXTS["a/2"]
    assert not given.abstained


def test_ties_break_by_id_and_policies_narrow() -> None:
    assert bm25_only(CORPUS).ask("毫不相干xyz").retrieved == ("a/1", "a/2", "b/1", "b/2")
    assert bm25_only(CORPUS).ask("督学", policies=["b"]).retrieved == ("b/1", "b/2")


def test_dense_alone_takes_the_best_clause_of_a_measure() -> None:
    embedder = HashEmbedder()
    rows = ["a/1", "b/1", "a/1"]
    vectors = embedder.embed_passages(["无关", "由县政府约谈", "学生比例配备"])
    assert dense_only(CORPUS, rows, vectors, embedder).ask("学生比例配备").retrieved == ("a/1", "b/1")


def test_a_follow_up_is_searched_with_its_history() -> None:
    assert bm25_only(CORPUS).ask("那呢？", ["经费占多少？"]).retrieved[0] == "b/2"


def test_queries_are_embedded_once() -> None:
    class Counting(HashEmbedder):
        calls = 0

        def embed_queries(self, texts: Sequence[str]) -> Vectors:
            self.calls += 1
            return super().embed_queries(texts)

    counting = Counting()
    once = EmbedOnce(counting)
    first = once.embed_queries(["督学", "约谈"])
    assert np.array_equal(first, once.embed_queries(["督学", "约谈"]))
    assert counting.calls == 1
    assert once.embed_queries([]).shape == (0, 64)


@pytest.mark.integration
def test_llama_index_as_it_comes_finds_the_measures_of_its_chunks() -> None:
    corpus = load_corpus()
    raw = {document.meta.id: read_raw(DEFAULT_ROOT, document.meta.id) for document in corpus.documents}
    for document in corpus.documents:
        for measure_id, (start, end) in raw_places(document).items():
            assert 0 <= start < end <= len(raw[document.meta.id]), measure_id
    given = llama_index_defaults(corpus, raw, HashEmbedder()).ask("督学培训不少于40学时")
    assert given.citations
    assert len(given.retrieved) == len(set(given.retrieved))
    assert set(given.retrieved) <= set(corpus.measures)
