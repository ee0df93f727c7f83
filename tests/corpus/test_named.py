"""Other documents of the corpus that a text names, and units of theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.clean import clean_text
from corpus.load import Corpus, load_corpus
from corpus.named import named_documents
from corpus.parse import parse_document
from corpus.types import PolicyDocument
from tests.corpus.make import META

RULES = "督学管理办法\n第一章 总则\n第一条 甲，依法办理。\n第二条 乙，依法办理。\n第二章 附则\n第三条 丙，依法办理。\n"
PLAN = "某市实施方案\n一、甲\n（一）子。做好子。\n（二）丑。做好丑。\n"


def document(name: str, text: str, **facts: str) -> PolicyDocument:
    return parse_document(replace(META, id=name, **facts), clean_text(text))  # type: ignore[arg-type]


CITING = document("citing", "某县办法\n第一条 甲，依法办理。\n", region="某县", title="某县办法")
CORPUS = Corpus(
    (
        CITING,
        document("national", RULES, region="中国", level="nation", title="督学管理办法", number="教督〔2016〕2号"),
        document("city", PLAN, region="乙市", level="city", title="乙市實施方案"),
        document("a", PLAN, region="丙省", level="province", title="实施方案", number="丙办发〔2021〕1号"),
        document("b", PLAN, region="丁省", level="province", title="实施方案", number="丁办发〔2021〕1号"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依据《督学管理办法》执行。", [("《督学管理办法》", "national")]),
        ("依据《督学管理办法》第三条执行。", [("《督学管理办法》", "national"), ("第三条", "national/3")]),
        ("依据《督學管理 辦法》中的第二章执行。", [("《督學管理 辦法》", "national"), ("第二章", "national/p2")]),
        (
            "依据《督学管理办法》（教督〔2016〕2号）第三条。",
            [("《督学管理办法》", "national"), ("第三条", "national/3")],
        ),
        ("依据《督学管理办法》（教督〔2011〕9号）第三条。", []),
        ("依据《督学管理办法》（以下简称《办法》）执行。", [("《督学管理办法》", "national")]),
        ("依据《督学管理办法》第九条执行。", [("《督学管理办法》", "national")]),
        ("按《乙市实施方案》第（二）项办。", [("《乙市实施方案》", "city"), ("第（二）项", "city/p1.2")]),
        ("按《乙市实施方案》第二项办。", [("《乙市实施方案》", "city"), ("第二项", "city/p1.2")]),
        ("按《实施方案》第（一）项办。", []),
        ("按《实施方案》（丁办发〔2021〕1号）第（一）项办。", [("《实施方案》", "b"), ("第（一）项", "b/p1.1")]),
        ("按《某县办法》第一条办，见《别的办法》第一条。", []),
        ("依据《督学管理办法》《乙市实施方案》。", [("《督学管理办法》", "national"), ("《乙市实施方案》", "city")]),
    ],
)
def test_documents_and_units_that_are_named(text: str, expected: list[tuple[str, str]]) -> None:
    found = named_documents(text, CITING, CORPUS.titles)
    assert [(r.span.of(text), r.target) for r in found] == expected


def test_a_document_never_names_itself() -> None:
    national = CORPUS.by_id["national"]
    assert named_documents("《督学管理办法》第三条", national, CORPUS.titles) == ()


def test_a_number_behind_the_title_keeps_its_unit_from_the_citing_text() -> None:
    cited = document("c", "某办法\n第一条 甲。\n第二条 依照《某条例》（国发〔2012〕6号）第一条办理。\n")
    assert [r.target for r in cited.measures[-1].references] == [None]


def test_the_documents_held_name_none_of_each_other() -> None:
    corpus = load_corpus()
    found = [
        (measure.id, reference.target)
        for document in corpus.documents
        for measure in document.measures
        for reference in named_documents(measure.text, document, corpus.titles)
    ]
    assert found == []
