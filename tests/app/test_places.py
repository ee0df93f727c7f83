"""Which documents a question names, where a region has several."""

from __future__ import annotations

import dataclasses

import pytest

from app.places import PlaceFinder
from corpus.load import Corpus, load_corpus
from corpus.places import load_gazetteer
from corpus.types import PolicyDocument


def under(document: PolicyDocument, document_id: str, **changes: object) -> PolicyDocument:
    return dataclasses.replace(document, meta=dataclasses.replace(document.meta, id=document_id, **changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    """The five documents, a second one of dazu and of hainan, and one of the city around weihai's zone."""
    documents = load_corpus().documents
    by_id = {document.meta.id: document for document in documents}
    city = under(by_id["weihai"], "weihai-city", region="威海市", aliases=("威海", "Weihai"), level="city")
    more = (under(by_id["dazu"], "dazu-2022"), under(by_id["hainan"], "hainan-2023"), city)
    return PlaceFinder(Corpus((*documents, *more)), load_gazetteer())


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("大足区的督学怎么配备", ("dazu", "dazu-2022")),
        ("秀山和大足的督学怎么配备", ("xiushan", "dazu", "dazu-2022")),
        ("海口市的督学怎么配备", ("hainan", "hainan-2023")),
        ("威海经济技术开发区的督学怎么配备", ("weihai",)),
        ("威海的督学怎么配备", ("weihai", "weihai-city")),
        ("唐山的督学怎么配备", ("tangshan",)),
    ],
)
def test_all_documents_of_a_region_are_named(finder: PlaceFinder, question: str, documents: tuple[str, ...]) -> None:
    assert finder.find(question).documents == documents


def test_a_place_that_no_document_covers(finder: PlaceFinder) -> None:
    found = finder.find("丽水市的督学怎么配备")
    assert (found.documents, found.uncovered) == ((), ("丽水市",))


def test_english_names_too(finder: PlaceFinder) -> None:
    assert finder.find("how many inspectors in dazu", english=True).documents == ("dazu", "dazu-2022")


@pytest.mark.parametrize(
    ("question", "documents", "uncovered", "loose"),
    [
        ("天津经济技术开发区的督学", (), ("天津市经济技术开发区",), ()),
        ("威海经济技术开发区的督学", ("weihai",), (), ()),
        ("经开区的督学", ("weihai",), (), ()),
        ("海南州的督学", (), ("海南藏族自治州",), ()),
        ("海口的督学", ("hainan",), (), ("hainan",)),
        ("威海市的督学", ("weihai",), (), ("weihai",)),
        ("秀山的督学", ("xiushan",), (), ()),
        ("重庆的督学", (), ("重庆市本级",), ()),
        ("唐山北京路小学的督学", ("tangshan",), (), ()),
        ("北京师范大学的培训", (), (), ()),
    ],
)
def test_how_a_place_is_named(
    question: str, documents: tuple[str, ...], uncovered: tuple[str, ...], loose: tuple[str, ...]
) -> None:
    found = PlaceFinder(load_corpus(), load_gazetteer()).find(question)
    assert (found.documents, found.uncovered, found.loose) == (documents, uncovered, loose)
