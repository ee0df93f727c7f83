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
