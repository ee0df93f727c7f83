"""A reranker changes the order of the best measures and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.assemble import build_embedder, put_together
from app.assistant import Assistant
from app.rank import Scored
from app.reorder import reordered
from app.settings import Settings
from corpus.load import Corpus
from index.open import open_index
from index.rerank import WordReranker


def scored(rank: list[float], allowed: list[bool]) -> Scored:
    n = len(rank)
    none = np.zeros((n, 1), np.float32)
    flat = np.zeros(n, np.float32)
    return Scored(none, np.array(rank, np.float32), none, flat, flat, flat, np.array(allowed))


def test_the_order_is_that_of_both_and_the_scores_are_dealt_out_anew() -> None:
    before = scored([3.0, 2.0, 1.0], [True, True, True])
    after = reordered(before, "ab", ["", "ab", "a"], WordReranker())
    assert after.rank.tolist() == [2.0, 3.0, 1.0]
    assert before.rank.tolist() == [3.0, 2.0, 1.0]


def test_what_is_out_of_scope_keeps_its_place() -> None:
    after = reordered(scored([9.0, 2.0, 1.0], [False, True, True]), "ab", ["ab", "", "ab"], WordReranker())
    assert after.rank[0] == 9.0


def test_a_single_candidate_is_not_read() -> None:
    one = scored([1.0, 5.0], [True, False])
    assert reordered(one, "ab", ["", "ab"], WordReranker()) is one


@dataclass
class Backwards:
    """Prefers what comes last."""

    asked: int = 0

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """Return rising scores."""
        self.asked += 1
        return np.arange(len(passages), dtype=np.float32)


def test_the_assistant_asks_it_once_a_question(corpus: Corpus, ready: Settings, assistant: Assistant) -> None:
    embedder = build_embedder(ready)
    reranker = Backwards()
    index = open_index(ready.index_root, corpus, embedder.name, ready.index)
    other = put_together(corpus, index, embedder, reranker=reranker)
    plain, turned = assistant.ask("大足区督学按什么比例配备？"), other.ask("大足区督学按什么比例配备？")
    assert reranker.asked == 1
    assert sorted(plain.retrieved) == sorted(turned.retrieved)
    assert plain.retrieved != turned.retrieved
