"""BM25 by hand on three tiny texts."""

from __future__ import annotations

import numpy as np
import pytest

from index.lexical import LexicalIndex, lexical_terms

# k1 = 1.2, b = 0.6; 1, 3 and 1 terms, 5/3 on average; length factors 1.2 * (0.4 + 0.6 * length / (5/3))
TEXTS = ("约谈", "约谈制度", "督学")
IN_TWO, IN_ONE = 0.4700036, 0.9808293  # ln(1 + 1.5 / 2.5), ln(1 + 2.5 / 1.5)
SHORT, LONG = 2.2 / 1.912, 2.2 / 2.776


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    return LexicalIndex(TEXTS, k1=1.2, b=0.6)


def test_a_term_of_two_texts(lexical: LexicalIndex) -> None:
    assert lexical.score(["约谈"]) == pytest.approx([SHORT * IN_TWO, LONG * IN_TWO, 0.0], abs=1e-5)
    assert lexical.score(["约谈"])[0] == pytest.approx(0.5408, abs=1e-4)


def test_terms_add_up_and_count_once(lexical: LexicalIndex) -> None:
    expected = [SHORT * IN_TWO, LONG * (IN_TWO + IN_ONE), 0.0]
    assert lexical.score(["约谈", "制度"]) == pytest.approx(expected, abs=1e-5)
    assert lexical.score(["约谈", "制度", "约谈"]) == pytest.approx(expected, abs=1e-5)


def test_a_repeated_term_saturates() -> None:
    twice = LexicalIndex(["督学 督学", "约谈 约谈"], k1=1.2, b=0.6).score(["督学"])
    assert twice == pytest.approx([2 * 2.2 / (2 + 1.2) * np.log(1 + 1.5 / 1.5), 0.0], abs=1e-5)


def test_unknown_terms_score_nothing_and_weigh_most(lexical: LexicalIndex) -> None:
    assert lexical.score(["食堂"]).tolist() == [0.0, 0.0, 0.0]
    assert lexical.weight("食堂") == pytest.approx(np.log(1 + 3.5 / 0.5))
    assert lexical.weight("食堂") > lexical.weight("督学") > lexical.weight("约谈") > 0


def test_no_texts() -> None:
    empty = LexicalIndex([], k1=1.2, b=0.6)
    assert empty.size == 0 and empty.score(["督学"]).shape == (0,) and empty.weight("督学") == 0.0


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("督学责任区", ["督学", "学责", "责任", "任区"]), ("督", ["督"]),
        ("按1:5的比例", ["按", "1:5", "的比", "比例"]),
        ("不低于20%", ["不低", "低于", "20%"]), ("2.5倍", ["2.5", "倍"]), ("e5模型v2", ["e", "5", "模型", "v", "2"]),
        ("，。", []),
    ],
)  # fmt: skip
def test_terms(text: str, terms: list[str]) -> None:
    assert lexical_terms(text) == terms
