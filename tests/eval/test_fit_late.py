"""What is learned from a made-up language in which a third of every token is noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.fit_late import LateExample, LateSentences, fit_late
from index.late import LateHead, join_tokens

WORDS, MEANING, NOISE = 300, 16, 8
DOCUMENTS, EACH, LENGTH = 2, 60, 5
Floats = NDArray[np.float32]


class Language:
    """Words have a meaning, and each use of one adds noise that is as loud."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(7)
        self.meanings = self.rng.standard_normal((WORDS, MEANING)).astype(np.float32)

    def states(self, words: list[int]) -> Floats:
        noise = self.rng.standard_normal((len(words), NOISE)).astype(np.float32)
        return np.concatenate([self.meanings[words], noise], axis=1)


@pytest.fixture(scope="module")
def language() -> Language:
    return Language()


@pytest.fixture(scope="module")
def texts(language: Language) -> list[list[int]]:
    return [language.rng.choice(WORDS, LENGTH, replace=False).tolist() for _ in range(DOCUMENTS * EACH)]


@pytest.fixture(scope="module")
def sentences(language: Language, texts: list[list[int]]) -> LateSentences:
    return LateSentences([language.states(t) for t in texts], np.repeat(np.arange(DOCUMENTS), EACH))


def questions(language: Language, texts: list[list[int]], count: int) -> list[tuple[LateExample, int]]:
    """Three words of a sentence, answered by it in its own document; the other document rules on nothing."""
    out = []
    for _ in range(count):
        gold = int(language.rng.integers(len(texts)))
        own = gold // EACH
        states = language.states(texts[gold][:3])
        judged = ((own, True), (1 - own, False))
        out.append((LateExample(states, np.array([gold]), np.array([], np.int64), judged), gold))
    return out


@pytest.fixture(scope="module")
def head(language: Language, texts: list[list[int]], sentences: LateSentences) -> LateHead:
    return fit_late(sentences, [e for e, _ in questions(language, texts, 200)], "made-up", steps=200)


def test_noise_is_learned_away(
    head: LateHead, language: Language, texts: list[list[int]], sentences: LateSentences
) -> None:
    table = join_tokens([head.tokens(s) for s in sentences.states])
    right = [
        int(table.score(head.query(e.states)).order.argmax()) == gold for e, gold in questions(language, texts, 60)
    ]
    assert np.mean(right) > 0.9
    meaning, noise = (np.linalg.norm(part) for part in np.split(head.projection, [MEANING], axis=1))
    assert meaning > noise


def test_scores_are_log_odds_that_a_document_rules(
    head: LateHead, language: Language, texts: list[list[int]], sentences: LateSentences
) -> None:
    table = join_tokens([head.tokens(s) for s in sentences.states])
    gaps = []
    for example, gold in questions(language, texts, 60):
        scores = table.score(head.query(example.states)).rules.reshape(DOCUMENTS, EACH).max(axis=1)
        gaps.append(scores[gold // EACH] - scores[1 - gold // EACH])
    assert np.mean(np.array(gaps) > 0) > 0.9


def test_the_same_seed_learns_the_same(language: Language, texts: list[list[int]], sentences: LateSentences) -> None:
    examples = [e for e, _ in questions(language, texts, 20)]
    one, two = (fit_late(sentences, examples, "made-up", seed=3, steps=5) for _ in range(2))
    assert one.sha256 == two.sha256
    assert one.sha256 != fit_late(sentences, examples, "made-up", seed=4, steps=5).sha256


def test_questions_that_nothing_answers_are_learned_from_alone(language: Language, sentences: LateSentences) -> None:
    none = LateExample(language.states([1, 2]), np.array([], np.int64), np.array([], np.int64), ((0, False),))
    assert np.isfinite(fit_late(sentences, [none], "made-up", steps=3).projection).all()
