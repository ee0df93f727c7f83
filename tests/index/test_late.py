"""Late interaction: each token of a question against the nearest token of each sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFault
from index.late import (
    TEMPERATURE,
    LateHead,
    SentenceTokens,
    equal_tokens,
    join_tokens,
    load_head,
    no_tokens,
    save_head,
)

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def rows(*vectors: list[float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(vectors, np.float32)


@pytest.fixture
def sentences() -> SentenceTokens:
    return join_tokens([rows(EAST), rows(EAST, NORTH), rows([0.6, 0.8])])


def test_each_token_counts_with_its_nearest(sentences: SentenceTokens) -> None:
    query = replace(equal_tokens(rows(EAST, NORTH)), shares=np.array([0.75, 0.25], np.float32))
    assert np.allclose(sentences.matches(query), [[1, 1, 0.6], [0, 1, 0.8]])
    scores = sentences.score(query)
    assert np.allclose(scores.order, np.array([0.75, 1.0, 0.65]) / TEMPERATURE)
    assert np.allclose(scores.rules, [0.5, 1.0, 0.7])


def test_log_odds_are_a_line_of_the_mean(sentences: SentenceTokens) -> None:
    query = replace(equal_tokens(rows(EAST)), scale=10.0, shift=-4.0)
    assert np.allclose(sentences.score(query).rules, [6.0, 6.0, 2.0])


def test_a_token_below_its_bar_costs_its_price(sentences: SentenceTokens) -> None:
    query = replace(
        equal_tokens(rows(NORTH)), prices=np.array([3.0], np.float32), bars=np.array([0.8], np.float32), scale=0.0
    )
    scores = sentences.score(query)
    assert np.allclose(scores.rules, [-3.0, -0.25, -1.5], atol=0.01)
    assert np.allclose(scores.order, np.array([0.0, 1.0, 0.8]) / TEMPERATURE)


def test_a_question_without_tokens_scores_nothing(sentences: SentenceTokens) -> None:
    scores = sentences.score(no_tokens())
    assert np.array_equal(scores.order, np.zeros(3))
    assert np.array_equal(scores.rules, np.zeros(3))


def test_sentences_keep_their_rows(sentences: SentenceTokens) -> None:
    assert sentences.starts.tolist() == [0, 1, 3]
    assert sentences.vectors.shape == (4, 2)


@pytest.fixture
def head() -> LateHead:
    return LateHead(
        mean=np.array([1.0, 0.0, 0.0], np.float32),
        projection=rows([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]),
        readings=rows([0.0, 5.0, 0.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.5, 0.0]),
        biases=np.array([0.0, 0.0, 2.0, 0.25], np.float32),
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
    assert query.ruling_shares.sum() == pytest.approx(1.0)
    assert query.ruling_shares[0] > query.ruling_shares[1]
    assert np.allclose(query.prices, np.log1p(np.exp(2.0)))
    assert np.allclose(query.bars, [0.25, 1.25])
    assert (query.scale, query.shift) == (9.0, -3.0)


def test_a_head_is_read_as_it_was_written(head: LateHead, tmp_path: Path) -> None:
    save_head(tmp_path / "head.npz", head)
    again = load_head(tmp_path / "head.npz")
    assert again.sha256 == head.sha256
    assert np.array_equal(again.projection, head.projection)
    assert np.array_equal(again.readings, head.readings)
    assert replace(head, biases=head.biases + 1).sha256 != head.sha256
    assert replace(head, shift=0.0).sha256 != head.sha256


def test_a_head_that_reads_fewer_things_of_a_token_is_refused(head: LateHead, tmp_path: Path) -> None:
    save_head(tmp_path / "late_head.npz", replace(head, readings=head.readings[:3], biases=head.biases[:3]))
    with pytest.raises(IndexFault, match="3 readings of a token .*eval.calibrate"):
        load_head(tmp_path / "late_head.npz")


@pytest.mark.parametrize("data", [b"", b"not an archive"])
def test_a_head_that_does_not_read_names_what_mends_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "late_head.npz"
    path.write_bytes(data)
    with pytest.raises(IndexFault, match="late_head.npz does not read .*eval.calibrate"):
        load_head(path)
