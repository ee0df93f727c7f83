"""Attachments: where one begins, what a list of them is, and what their ids are."""

from __future__ import annotations

import pytest

from corpus.check import check_document
from corpus.types import PolicyDocument
from tests.corpus.golden import kind_text
from tests.corpus.make import parsed

BODY = "关于督导的通知\n一、安排。分两批进行，各区配合。\n二、要求。请按时报送，不得迟报。\n"


def ids(document: PolicyDocument) -> list[str]:
    return [m.id for m in document.measures]


def attachments(document: PolicyDocument) -> list[tuple[str, str, str]]:
    return [(p.id, p.label, p.title) for p in document.parts if p.label.startswith("附")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("附件1\n评分表\n项目\t分值\n食堂\t20\n", [("t/a1", "附件1", "评分表")]),
        ("附件1：评分表\n甲。\n附件2：名单\n乙。\n", [("t/a1", "附件1", "评分表"), ("t/a2", "附件2", "名单")]),
        ("附件一 评分表\n食堂二十分。\n", [("t/a1", "附件一", "评分表")]),
        ("附：督学名单\n张三，李四。\n", [("t/a1", "附", "督学名单")]),
        ("附件\n督学名单\n张三，李四。\n", [("t/a1", "附件", "督学名单")]),
        ("附表1\n评分表\n食堂二十分。\n", [("t/a1", "附表1", "评分表")]),
        ("附件：评分表\n市教育局\n2024年3月6日\n", []),
        ("附件：1.评分表\n2.名单\n市教育局\n2024年3月6日\n", []),
        ("附件：\n1.评分表\n2.名单\n市教育局\n2024年3月6日\n", []),
        ("附件：评分表\n市教育局\n2024年3月6日\n附件\n评分表\n食堂二十分。\n", [("t/a1", "附件", "评分表")]),
        ("附件1：评分表\n附件2：名单\n市教育局\n2024年3月6日\n", []),
        ("附件：\n1.评分表\n2.名单\n附件1\n评分表\n甲。\n", [("t/a1", "附件1", "评分表")]),
        ("附1：评分表\n甲。\n附2：名单\n乙。\n", [("t/a1", "附1", "评分表"), ("t/a2", "附2", "名单")]),
        ("附录：名词解释\n督导，指甲。\n", [("t/a1", "附录", "名词解释")]),
        ("附件所列的表，由各区填写。\n", []),
        ("附近的学校，由各区合并督导。\n", []),
    ],
)  # fmt: skip
def test_captions_and_lists(text: str, found: list[tuple[str, str, str]]) -> None:
    document = parsed(BODY + text)
    assert attachments(document) == found
    assert check_document(document, BODY + text).outside_tree == 0


def test_a_list_of_attachments_gives_no_measures() -> None:
    document = parsed(BODY + "附件：1.评分表\n2.名单\n3.办法\n市教育局\n2024年3月6日\n")
    assert ids(document) == ["t/0", "t/p1", "t/p2", "t/end"]
    assert document.measures[-1].text.startswith("附件：1.评分表\n2.名单\n3.办法\n市教育局")


def test_units_of_an_attachment_carry_its_number() -> None:
    document = parsed(kind_text("notice"))
    inside = [i for i in ids(document) if i.startswith("t/a2")]
    assert inside == ["t/a2.1", "t/a2.2", "t/a2.3"]
    assert next(m for m in document.measures if m.id == "t/a2.3").path == ("t/a2",)


def test_an_attachment_has_parts_of_its_own() -> None:
    text = (
        BODY
        + "附件1\n方案\n说明在前。\n一、目标\n（一）甲。做好甲。\n（二）乙。做好乙。\n二、保障\n（一）丙。做好丙。\n"
    )
    assert ids(parsed(text)) == ["t/0", "t/p1", "t/p2", "t/a1", "t/a1.p1.1", "t/a1.p1.2", "t/a1.p2.1"]


def test_rows_of_a_table_are_lines_of_their_unit() -> None:
    unit = next(m for m in parsed(kind_text("notice")).measures if m.id == "t/a1")
    assert "\n2\t食堂\t20\t一、证照齐全\n（三）\t宿舍\t20\t有值班\n" in unit.text
    assert unit.items == ()


def test_numbers_of_the_text_and_of_an_attachment_are_counted_apart() -> None:
    text = "办法\n第一条 甲，办理。\n第二条 乙，办理。\n附件\n细则\n第一条 丙，办理。\n第二条 丁，办理。\n"
    document = parsed(text)
    assert ids(document) == ["t/0", "t/1", "t/2", "t/a1.1", "t/a1.2"]
    assert document.warnings == ()


def test_the_record_of_copies_behind_the_attachments_is_the_closing() -> None:
    text = BODY + "附件\n名单\n张三，李四。\n抄送：市政府办公室。\n市教育局办公室 2024年3月6日印发\n"
    last = parsed(text).measures[-1]
    assert (last.id, last.kind) == ("t/end", "closing")
    assert last.text.startswith("抄送：")


def test_signature_and_date_are_no_part_of_the_last_measure() -> None:
    document = parsed(BODY + "青禾市教育局\n青禾市财政局\n2024年3月6日\n（联系人：张三）\n")
    assert [m.text for m in document.measures][-2:] == [
        "二、要求。请按时报送，不得迟报。",
        "青禾市教育局\n青禾市财政局\n2024年3月6日\n（联系人：张三）",
    ]
