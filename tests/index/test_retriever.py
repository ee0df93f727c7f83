"""Fusion of rankings, by hand."""

from __future__ import annotations

import pytest

from index.retriever import reciprocal_rank_fusion


def test_scores_add_up_over_rankings() -> None:
    fused = reciprocal_rank_fusion([["a", "b"], ["b", "c"]], k=60)
    assert [item for item, _ in fused] == ["b", "a", "c"]
    assert dict(fused)["b"] == pytest.approx(1 / 62 + 1 / 61)
    assert dict(fused)["c"] == pytest.approx(1 / 62)


def test_ties_go_by_id_and_nothing_gives_nothing() -> None:
    assert [item for item, _ in reciprocal_rank_fusion([["b"], ["a"]])] == ["a", "b"]
    assert reciprocal_rank_fusion([]) == []
    assert reciprocal_rank_fusion([[], []]) == []
