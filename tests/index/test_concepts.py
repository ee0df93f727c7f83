"""Concepts of a small glossary in questions and in texts."""

from __future__ import annotations

import pytest

from corpus.glossary import Entry
from index.concepts import NESTED_WEIGHT, Concepts
from index.search_text import SearchText


def entry(
    term: str, *, synonyms: str = "", colloquial: str = "", en: str = "", taiwan: str = "", typos: str = ""
) -> Entry:
    words = [tuple(w for w in text.split("|") if w) for text in (synonyms, colloquial, taiwan, en, typos)]
    return Entry(term, words[0], words[1], words[2], words[3], words[4], "topic")


ENTRIES = (
    entry("督学", en="inspector|school inspector", typos="督雪"),
    entry("专职督学", en="full-time inspector"),
    entry("约谈", synonyms="约请谈话", colloquial="叫去谈话", en="summons|called in for a talk"),
    entry("互联网", taiwan="网际网路"),
    entry("职责", en="duty"),
)


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return Concepts(ENTRIES, SearchText({"网际网路": "互联网"}))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("谁负责约谈", [2]), ("什么时候叫去谈话", [2]), ("约请谈话", [2]), ("督雪怎么配", [0]), ("网际网路", [3]),
        ("食堂怎么管", []), ("", []),
    ],
)  # fmt: skip
def test_concepts_of_a_question(concepts: Concepts, question: str, found: list[int]) -> None:
    assert [hit.concept for hit in concepts.in_question(question)] == found


def test_a_concept_inside_a_longer_one_weighs_less(concepts: Concepts) -> None:
    hits = concepts.in_question("专职督学的比例")
    assert [(h.concept, h.start, h.end, h.weight) for h in hits] == [(1, 0, 4, 1.0), (0, 2, 4, NESTED_WEIGHT)]


def test_the_same_concept_beside_a_longer_one_is_named_once(concepts: Concepts) -> None:
    assert [h.concept for h in concepts.in_question("督学和督学")] == [0]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("how many inspectors are there?", [0]), ("the school inspector", [0]), ("full-time inspectors", [1, 0]),
        ("who is called in for a talk?", [2]), ("inspectorate", []), ("what are their duties?", [4]), ("canteen", []),
    ],
)  # fmt: skip
def test_concepts_of_an_english_question(concepts: Concepts, question: str, found: list[int]) -> None:
    assert [h.concept for h in concepts.in_english(question)] == found


def test_texts_are_matched_with_official_wordings_alone(concepts: Concepts) -> None:
    found = concepts.in_texts(["严肃约谈", "叫去谈话", "约请谈话和专职督学", "互联网"])
    assert found.shape == (4, len(ENTRIES))
    assert [[i for i, hit in enumerate(row) if hit] for row in found.tolist()] == [[2], [], [0, 1, 2], [3]]


def test_wordings(concepts: Concepts) -> None:
    assert concepts.wordings([2, 3]) == ["约谈", "约请谈话", "互联网"]
