"""Likely junk: what is found in the five documents and in strings put into them, and how a string is scored."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from corpus.clean import clean_text
from corpus.load import DEFAULT_ROOT, Corpus, load_corpus, read_raw
from corpus.parse import parse_document
from corpus.surprise import CharacterModel, strange_strings
from corpus.suspects import LEAST_SCORE, USUAL_SURPRISE, Suspect, find_suspects, strange
from corpus.types import Erratum
from corpus.wordlist import known_words
from tests.corpus.junk import least_score, recall
from tests.corpus.make import META

JUNK = ("定良擊", "斷殼艱", "騙灶嬸轎", "戀櫃煉晚", "膠項習", "和禁", "愉院微")
SOURCES = Path(__file__).parents[2] / "docs/sources.md"
MOST_FALSE_ALARMS = 20
FRESH_SEEDS = (100, 101)  # the constants were chosen on others


@pytest.fixture(scope="module")
def suspects() -> tuple[Suspect, ...]:
    corpus = load_corpus()
    return find_suspects(corpus, {i: read_raw(DEFAULT_ROOT, i) for i in corpus.by_id}, known_words())


def test_every_string_that_the_site_put_into_hainan_is_found(suspects: tuple[Suspect, ...]) -> None:
    found = [s for s in suspects if s.document_id == "hainan"]
    for junk in JUNK:
        assert any(junk in s.text for s in found), junk
        assert all(s.reviewed for s in found if junk in s.text)


def test_false_alarms_are_few(suspects: tuple[Suspect, ...]) -> None:
    assert sum(not s.reviewed for s in suspects) <= MOST_FALSE_ALARMS
    assert sum(s.reviewed for s in suspects) == len(JUNK)


def test_the_false_alarms_are_those_that_the_documentation_lists(suspects: tuple[Suspect, ...]) -> None:
    section = SOURCES.read_text(encoding="utf-8").split("\n## Suspects\n")[1]
    rows = dict(re.findall(r"^\| `([a-z]+)` \| (`[^|]+`) \|", section, flags=re.M))
    listed = {(i, text) for i, cell in rows.items() for text in re.findall("`([^`]+)`", cell)}
    assert listed == {(s.document_id, s.text) for s in suspects if not s.reviewed}
    assert f"raises {len(listed)} false alarms over the five documents" in section


def test_a_suspect_says_where_it_stands(suspects: tuple[Suspect, ...]) -> None:
    lines = {i: read_raw(DEFAULT_ROOT, i).split("\n") for i in {s.document_id for s in suspects}}
    for suspect in suspects:
        printed = lines[suspect.document_id][suspect.line - 1]
        assert suspect.text[0] in printed
    first = next(s for s in suspects if s.text == "騙灶嬸轎")
    assert (first.line, first.before, first.after) == (15, "運轉高效、結果權", "威、問責有力的教")


def test_suspects_come_by_document_and_the_likeliest_first(suspects: tuple[Suspect, ...]) -> None:
    keys = [(s.document_id, -s.score) for s in suspects]
    assert keys == sorted(keys)


def test_strings_put_into_the_other_documents_are_found() -> None:
    assert recall(USUAL_SURPRISE, LEAST_SCORE, FRESH_SEEDS) >= 0.95
    assert recall(USUAL_SURPRISE, LEAST_SCORE, FRESH_SEEDS, [2]) >= 0.8


def test_the_least_score_is_near_the_one_that_the_other_documents_give() -> None:
    """A changed glossary moves it a little; far off, `python -m tests.corpus.junk` is to be read anew."""
    assert abs(least_score(USUAL_SURPRISE) - LEAST_SCORE) <= 1.0


MODEL = CharacterModel(["督导机构设置", "督导机构独立行使职能", "机构设置完善", "学校机构", "骗", "灶"])


def test_a_string_inside_a_word_is_cut_out_of_it() -> None:
    run = "督导机构骗灶设置"
    ((start, end, _),) = strange_strings(MODEL, run, 1.5, 2.0)
    assert run[start:end] == "骗灶"


def test_a_string_scores_higher_where_a_word_closes_without_it() -> None:
    inside = strange_strings(MODEL, "督导机骗灶构设置", 1.5, 0.5)
    between = strange_strings(MODEL, "督导骗灶设置", 1.5, 0.5)
    assert max(s for _, _, s in inside) > max(s for _, _, s in between)


def test_known_text_holds_no_suspect() -> None:
    assert strange_strings(MODEL, "督导机构设置完善", 1.5, 2.0) == []


def test_a_character_alone_between_marks_is_no_suspect() -> None:
    assert list(strange(MODEL, "骗，灶。")) == []


def test_strings_do_not_touch_one_another() -> None:
    found = strange_strings(MODEL, "骗灶轿婶督导机构骗灶轿婶设置", 1.5, 2.0)
    assert len(found) == 2
    assert all(a[1] < b[0] for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("broken", ["\ufffd", "\ue000", "\x01"])
def test_characters_that_cannot_be_read_are_suspects(broken: str) -> None:
    ((at, score),) = strange(MODEL, f"督导{broken}机构")
    assert (at.start, at.end) == (2, 3)
    assert score >= LEAST_SCORE


STRANGE = "完善学校的教育督导机构设蔓瓷哉置，做好工作。\n其次，加强督瓷哉蔓导工作。"


def test_a_document_is_not_explained_by_itself() -> None:
    text = "\n".join([STRANGE] * 3)
    first = parse_document(META, clean_text(text))
    second = dataclasses.replace(first, meta=dataclasses.replace(META, id="u"))
    alone = find_suspects(Corpus((first,)), {"t": text}, known_words())
    assert sorted(s.text for s in alone) == sorted(["蔓瓷哉", "瓷哉蔓"] * 3)
    assert find_suspects(Corpus((first, second)), {"t": text, "u": text}, known_words()) == ()


def test_an_erratum_that_corrects_a_suspect_is_told() -> None:
    errata = (Erratum("设蔓瓷哉置", "设置", "junk", "print"),)
    document = parse_document(META, clean_text(STRANGE, errata))
    found = find_suspects(Corpus((document,)), {"t": STRANGE}, known_words())
    assert {(s.line, s.text, s.reviewed) for s in found} == {(1, "蔓瓷哉", True), (2, "瓷哉蔓", False)}
