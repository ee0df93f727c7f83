"""The first screen's own words: names of documents, and examples."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import replace

import pytest

from app.assistant import Assistant
from app.welcome import examples_html, short_names
from app.wording import wording
from corpus.load import load_corpus
from corpus.types import PolicyDocument


def like(document: PolicyDocument, name: str, **facts: object) -> PolicyDocument:
    return replace(document, meta=replace(document.meta, id=name, **facts))  # type: ignore[arg-type]


def test_a_region_with_one_document_is_named_alone() -> None:
    names = short_names(load_corpus().documents)
    assert names == {
        "dazu": "大足区",
        "hainan": "海南",
        "tangshan": "唐山",
        "weihai": "威海经开区",
        "xiushan": "秀山县",
    }


def test_documents_of_one_region_are_told_apart() -> None:
    hainan = load_corpus().by_id["hainan"]
    later = datetime.date(2024, 5, 1)
    assert short_names((hainan, like(hainan, "b", date=later))) == {"hainan": "海南 2021", "b": "海南 2024"}
    genres = short_names((hainan, like(hainan, "b", genre="办法", date=None)))
    assert genres == {"hainan": "海南 实施方案", "b": "海南 办法"}
    three = (hainan, like(hainan, "b", date=later), like(hainan, "c", genre="办法", date=later))
    assert short_names(three) == {"hainan": "海南 实施方案 2021", "b": "海南 实施方案 2024", "c": "海南 办法 2024"}
    titles = short_names((hainan, like(hainan, "b", title="另一份")))
    assert titles == {"hainan": f"海南 {hainan.meta.title}", "b": "海南 另一份"}
    assert short_names((hainan, like(hainan, "b"))) == {"hainan": "海南 hainan", "b": "海南 b"}


def examples() -> list[str]:
    return [html.unescape(q) for q in re.findall("data-ask>(.*?)<", examples_html(wording("zh-Hans")))]


@pytest.mark.integration
def test_every_example_is_answered(assistant: Assistant) -> None:
    asked = {question: assistant.ask(question) for question in examples()}
    assert len(asked) == 8
    assert [question for question, answer in asked.items() if answer.abstained] == []
    assert any(answer.compared for answer in asked.values())
