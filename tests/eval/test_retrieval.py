"""ir-measures and the functions by hand agree to 1e-9."""

import random

import pytest

from eval.metrics import hit, ndcg, recall, reciprocal_rank
from eval.retrieval import retrieval_figures

POOL = [f"d/{n}" for n in range(30)]


def by_hand(retrieved: list[str], gold: list[str], ok: list[str]) -> dict[str, float]:
    hits = {f"hit_{k}": hit(retrieved, gold, k) for k in (1, 3, 5, 10)}
    return hits | {
        "recall_5": recall(retrieved, gold, 5),
        "rr_10": reciprocal_rank(retrieved, gold, 10),
        "ndcg_10": ndcg(retrieved, gold, ok, 10),
    }


@pytest.mark.parametrize("seed", range(60))
def test_agreement_on_random_lists(seed: int) -> None:
    draw = random.Random(seed)
    retrieved = draw.choices(POOL, k=draw.randint(0, 20))  # with repeats
    gold = draw.sample(POOL, draw.randint(1, 6))
    ok = draw.sample(POOL, draw.randint(0, 6))
    assert retrieval_figures(retrieved, gold, ok) == pytest.approx(by_hand(retrieved, gold, ok), abs=1e-9)


@pytest.mark.parametrize("retrieved", [[], ["x"], ["a"], ["a", "a", "b"]])
def test_agreement_on_edge_cases(retrieved: list[str]) -> None:
    assert retrieval_figures(retrieved, ["a"], ["b"]) == pytest.approx(by_hand(retrieved, ["a"], ["b"]), abs=1e-9)


def test_without_gold_all_is_nothing() -> None:
    assert set(retrieval_figures(["a"], [], ["a"]).values()) == {0.0}
