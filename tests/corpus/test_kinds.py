"""Kinds of documents beyond the five, written for the tests: a regulation by articles, a notice with attachments."""

from __future__ import annotations

import json

import pytest

from corpus.check import check_document
from tests.corpus.golden import KINDS, kind_text, kinds, tree
from tests.corpus.make import parsed


@pytest.mark.parametrize("name", kinds())
def test_a_fresh_parse_gives_the_golden_tree(name: str) -> None:
    golden = json.loads((KINDS / f"{name}.json").read_text(encoding="utf-8"))
    assert tree(parsed(kind_text(name))) == golden, "see tests/corpus/regenerate_golden.py"


@pytest.mark.parametrize("name", kinds())
def test_no_character_is_lost(name: str) -> None:
    raw = kind_text(name)
    account = check_document(parsed(raw), raw)
    assert (account.unaccounted, account.outside_tree) == (0, 0)


def test_the_kinds_are_those_that_the_design_names() -> None:
    assert kinds() == ["notice", "regulation"]


def test_articles_are_cited_below_their_chapters_and_divisions() -> None:
    paths = {m.id: m.path for m in parsed(kind_text("regulation")).measures}
    assert paths["t/6-1"] == ("t/p2", "t/p2.1")
    assert paths["t/9"] == ("t/p3",)


def test_paragraphs_stay_inside_their_article() -> None:
    third = next(m for m in parsed(kind_text("regulation")).measures if m.id == "t/3")
    assert third.text.startswith("第三条") and third.text.endswith("不包括依法应当保密的内容。")


def test_a_line_that_begins_with_an_article_referred_to_is_joined_to_its_sentence() -> None:
    fourth = next(m for m in parsed(kind_text("regulation")).measures if m.id == "t/4")
    assert "区人民政府依照第三条的要求设立区督导机构。" in fourth.text


def test_the_table_of_contents_and_the_running_page_number_are_layout() -> None:
    document = parsed(kind_text("regulation"))
    assert "目" not in document.clean.text.split("第一章")[0]
    assert document.clean.text.count("第一章") == 1
    assert "第2页" not in "".join(document.clean.text.split())
    assert {e.rule for e in document.clean.edits} >= {"contents", "page-number"}


def test_sections_are_cited_where_numbers_restart() -> None:
    document = parsed(kind_text("notice"))
    ids = [m.id for m in document.measures if m.kind == "section"]
    assert ids == ["t/p2.1", "t/p2.2", "t/p3.1", "t/p3.2"]
    listed = next(m for m in document.measures if m.id == "t/p3.2")
    assert [i.label for i in listed.items] == ["1.", "2.", "3."]
