"""Cross references: which words are one, where it ends, and what it leads to."""

from __future__ import annotations

import pytest

from corpus.clean import clean_text
from corpus.load import load_corpus
from corpus.parse import parse_document
from corpus.types import PolicyDocument
from tests.corpus.make import META, parsed

ARTICLES = """某办法
第一章 总则
第一条 甲，依法办理。
第二条 乙，依法办理：
（一）子；
（二）丑。
有前款第（二）项情形的，从其规定。
第三条 {}
第二章 附则
第四条 丁，依法办理。
"""
NOTICE = "某方案\n一、甲\n（一）子。做好子。\n（二）丑。做好丑。\n二、乙\n（三）寅。{}\n（四）卯。做好卯。\n"


def found(document: PolicyDocument, unit: str) -> list[tuple[str, str | None]]:
    measure = next(m for m in document.measures if m.id == unit)
    return [(r.span.of(measure.text), r.target) for r in measure.references]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("按第一条办理。", [("第一条", "t/1")]),
        ("依照本办法第二条第二款办理。", [("本办法第二条第二款", "t/2")]),
        ("依照第二条第三款办理。", [("第二条第三款", None)]),
        ("依照第二条第一款第（二）项办理。", [("第二条第一款第（二）项", "t/2")]),
        ("依照第二条第二项办理。", [("第二条第二项", "t/2")]),
        ("依照第二条第（五）项办理。", [("第二条第（五）项", None)]),
        ("依照第九条办理。", [("第九条", None)]),
        ("依照第一条、第二条和第四条办理。", [("第一条", "t/1"), ("第二条", "t/2"), ("第四条", "t/4")]),
        ("依照《教育法》第一条、第二条办理。", [("第一条", None), ("第二条", None)]),
        ("依照《某条例》（国务院令第1号）第一条，按第二条办理。", [("第一条", None), ("第二条", "t/2")]),
        ("依照《某办法》第一条办理。", [("第一条", "t/1")]),
        ("依照教育督导条例第一条办理。", [("第一条", None)]),
        ("依照前条办理。", [("前条", "t/2")]),
        ("依照前两条办理。", [("前两条", "t/1"), ("前两条", "t/2")]),
        ("依照前三条办理。", [("前三条", None)]),
        ("依照前款办理。", [("前款", None)]),
        ("丙，办理。\n依照前款办理。", [("前款", "t/3")]),
        ("本条和本章所称督学，见第二章。", [("本条", "t/3"), ("本章", "t/p1"), ("第二章", "t/p2")]),
        ("符合第一条件的，以前条件不变，目前项目照旧，本条例施行。", []),
        ("第一款项目和第三节课不变。", []),
    ],
)
def test_references_of_a_text_by_articles(words: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(parsed(ARTICLES.format(words)), "t/3") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("按本方案第（二）项办理。", [("本方案第（二）项", "t/2")]),
        ("按第（四）条办理。", [("第（四）条", "t/4")]),
        ("按（一）项、（二）项办理。", [("（一）项", "t/1"), ("（二）项", "t/2")]),
        ("按第（九）项办理。", [("第（九）项", None)]),
        ("按本方案第四条办理。", [("本方案第四条", "t/4")]),
        ("按《教育法》第（二）项办理。", [("第（二）项", None)]),
        ("按第四条办理。", [("第四条", None)]),
        ("按本方案第二部分办理。", [("本方案第二部分", "t/p2")]),
        ("（一）项目建设和（二）款待不变。", []),
    ],
)
def test_references_of_a_notice(words: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(parsed(NOTICE.format(words)), "t/3") == expected


@pytest.mark.parametrize(
    ("words", "attached", "expected"),
    [
        ("见附件2。", "附件1\n甲表\n甲。\n附件2\n乙表\n乙。\n", [("附件2", "t/a2")]),
        ("见附件3。", "附件1\n甲表\n甲。\n附件2\n乙表\n乙。\n", [("附件3", None)]),
        ("见附件。", "附件\n甲表\n甲。\n", [("附件", "t/a1")]),
        ("填写评分表（附件）。", "附件\n甲表\n甲。\n", [("附件", "t/a1")]),
        ("见附件。", "附件1\n甲表\n甲。\n附件2\n乙表\n乙。\n", [("附件", None)]),
        ("附件由各区填写。", "附件\n甲表\n甲。\n", []),
        ("按附件1第二条办理。", "附件1\n办法\n第一条 甲。\n第二条 乙。\n", [("附件1", "t/a1"), ("第二条", "t/a1.2")]),
        ("按附件1第三条办理。", "附件1\n办法\n第一条 甲。\n第二条 乙。\n", [("附件1", "t/a1"), ("第三条", None)]),
    ],
)  # fmt: skip
def test_references_to_attachments(words: str, attached: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(parsed(NOTICE.format(words) + attached), "t/3") == expected


def test_a_section_is_named_by_its_part_where_numbers_restart() -> None:
    text = (
        "方案\n一、甲\n（一）子。做子。\n（二）丑。做丑。\n"
        "二、乙\n（一）寅。按第一部分第（二）项做，按第（二）项做。\n（二）卯。做。\n"
    )
    assert found(parsed(text), "t/p2.1") == [("第一部分第（二）项", "t/p1.2"), ("第（二）项", "t/p2.2")]


def test_a_number_that_two_units_bear_leads_nowhere() -> None:
    text = (
        "方案\n一、甲\n（一）子。做子。\n（二）丑。做丑。\n"
        "二、乙。按第（二）项做，办好。\n三、丙\n（一）寅。做。\n（二）卯。做。\n"
    )
    assert found(parsed(text), "t/p2") == [("第（二）项", None)]


def test_an_attachment_refers_to_its_own_articles() -> None:
    text = "办法\n第一条 甲。\n第二条 乙。\n附件\n细则\n第一条 丙。\n第二条 按本细则第一条办理。\n"
    assert found(parsed(text), "t/a1.2") == [("本细则第一条", "t/a1.1")]


def test_the_documents_own_title_is_no_other_document() -> None:
    document = parse_document(META, clean_text("《某办法》\n第一条 甲。\n第二条 按照《某办法》第一条办理。\n"))
    assert found(document, "t/2") == [("第一条", "t/1")]


def test_every_reference_leads_to_a_unit_or_heading_that_is_there() -> None:
    corpus = load_corpus()
    for measure in corpus.measures.values():
        for reference in measure.references:
            assert reference.target is None or reference.target in corpus.measures | corpus.headings
