"""Late interaction: each token of a question against the nearest token of each sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFault
from index.late import LateHead, QueryTokens, SentenceTokens, join_tokens, load_head, no_tokens, save_head

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def rows(*vectors: list[float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(vectors, np.float32)


@pytest.fixture
def sentences() -> SentenceTokens:
    return join_tokens([rows(EAST), rows(EAST, NORTH), rows([0.6, 0.8])])


def test_each_token_counts_with_its_nearest(sentences: SentenceTokens) -> None:
    query = QueryTokens(rows(EAST, NORTH), np.array([0.75, 0.25], np.float32))
    assert np.allclose(sentences.matches(query), [[1, 1, 0.6], [0, 1, 0.8]])
    assert np.allclose(sentences.score(query), [0.75, 1.0, 0.65])


def test_log_odds_are_a_line_of_the_score(sentences: SentenceTokens) -> None:
    query = QueryTokens(rows(EAST), np.ones(1, np.float32), scale=10.0, shift=-4.0)
    assert np.allclose(sentences.score(query), [6.0, 6.0, 2.0])


def test_a_question_without_tokens_scores_nothing(sentences: SentenceTokens) -> None:
    assert np.array_equal(sentences.score(no_tokens()), np.zeros(3))


def test_sentences_keep_their_rows(sentences: SentenceTokens) -> None:
    assert sentences.starts.tolist() == [0, 1, 3]
    assert sentences.vectors.shape == (4, 2)


@pytest.fixture
def head() -> LateHead:
    return LateHead(
        mean=np.array([1.0, 0.0, 0.0], np.float32),
        projection=rows([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
        weight=np.array([0.0, 5.0, 0.0], np.float32),
        bias=0.0,
        scale=9.0,
        shift=-3.0,
        model="abc",
    )


def test_states_are_centred_projected_and_scaled(head: LateHead) -> None:
    assert np.allclose(head.tokens(rows([3.0, 0.0, 7.0], [1.0, 4.0, 0.0])), [EAST, NORTH])


def test_a_token_that_bears_on_the_question_has_the_larger_share(head: LateHead) -> None:
    query = head.query(rows([2.0, 0.0, 0.0], [1.0, 2.0, 0.0]))
    assert query.shares.sum() == pytest.approx(1.0)
    assert query.shares[1] > 0.9 and query.shares[0] > 0
    assert (query.scale, query.shift) == (9.0, -3.0)


def test_a_head_is_read_as_it_was_written(head: LateHead, tmp_path: Path) -> None:
    save_head(tmp_path / "head.npz", head)
    again = load_head(tmp_path / "head.npz")
    assert again.sha256 == head.sha256
    assert np.array_equal(again.projection, head.projection)
    other = LateHead(head.mean, head.projection, head.weight, 0.5, head.scale, head.shift, head.model)
    assert other.sha256 != head.sha256


@pytest.mark.parametrize("data", [b"", b"not an archive"])
def test_a_head_that_does_not_read_names_what_mends_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "late_head.npz"
    path.write_bytes(data)
    with pytest.raises(IndexFault, match="late_head.npz does not read .*eval.calibrate"):
        load_head(path)
