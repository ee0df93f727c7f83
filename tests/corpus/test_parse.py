"""Numbering of documents that are not among the five: regulations, restarts, no numbering, hostile text."""

from __future__ import annotations

import pytest

from corpus.check import check_document
from corpus.load import load_corpus
from corpus.markers import read_marker
from tests.corpus.make import parsed

REGULATION = """教育督导办法

第一章 总则

第一条 为了加强教育督导工作，制定本办法。
第二条 县级以上人民政府依照
第五条规定的程序设立教育督导机构，并报上一级备案。
第三条 督学应当具备下列条件：
（一）坚持党的教育方针；
（二）熟悉教育法律、法规。

第二章 附则

第四条 本办法由教育督导机构解释。
第五条 本办法自2022年1月1日起施行。
"""


def test_articles_are_the_measures_of_a_regulation() -> None:
    document = parsed(REGULATION)
    assert [(m.id, m.label) for m in document.measures if m.kind == "measure"] == [
        (f"t/{n}", f"第{c}条") for n, c in enumerate("一二三四五", start=1)
    ]
    assert [(p.label, p.title, p.measure_ids) for p in document.parts] == [
        ("第一章", "总则", ("t/1", "t/2", "t/3")),
        ("第二章", "附则", ("t/4", "t/5")),
    ]


def test_a_line_that_begins_with_a_reference_is_not_a_new_measure() -> None:
    second = next(m for m in parsed(REGULATION).measures if m.id == "t/2")
    assert "第五条规定的程序" in second.text
    third = next(m for m in parsed(REGULATION).measures if m.id == "t/3")
    assert "（二）熟悉教育法律" in third.text


@pytest.mark.parametrize(
    ("line", "level", "number"),
    [
        ("第十三条 对", "article", 13), ("第五条规定的", None, None), ("第三条、第四条", None, None),
        ("一、总则", "han", 1), ("（十三）严肃", "paren", 13), ("(四) 强化", "paren", 4), ("〔二〕加强", "paren", 2),
        ("（三）项所列", None, None), ("15.严肃", "digit", 15), ("1．总则", "digit", 1), ("1.5倍", None, None),
        ("（1）教师", "round", 1), ("——在督政方面", "dash", None), ("⑬教师", "circled", 13), ("2021年，", None, None),
        ("第二章 附则", "chapter", 2), ("", None, None),
    ],
)  # fmt: skip
def test_markers(line: str, level: str | None, number: int | None) -> None:
    marker = read_marker(line)
    assert (marker and marker.level, marker and marker.number) == (level, number)


def test_circled_digits_below_ten_are_items() -> None:
    marker = read_marker("①教师")
    assert marker and (marker.level, marker.number) == ("circled", 1)


@pytest.mark.parametrize("heading", ["一、总则。", "一、健全机构；完善机制"])
def test_a_heading_with_a_mark_in_it_loses_nothing(heading: str) -> None:
    text = f"通知如下\n{heading}\n1.甲。\n2.乙。\n3.丙。\n"
    assert check_document(parsed(text), text).outside_tree == 0


def test_numbers_that_restart_under_each_part_do_not_repeat_an_id() -> None:
    text = "通知\n一、甲部分\n1.甲一。\n2.甲二。\n3.甲三。\n二、乙部分\n1.乙一。\n2.乙二。\n3.乙三。\n"
    document = parsed(text)
    ids = [m.id for m in document.measures]
    assert len(ids) == len(set(ids))
    assert [p.label for p in document.parts] == ["一、", "二、"]
    joined = "".join(m.text for m in document.measures)
    assert all(word in joined for word in ("甲一", "甲三", "乙一", "乙三"))


def test_sections_count_where_digits_restart_below_them() -> None:
    text = "一、甲\n（一）甲一。\n1.细目。\n2.细目。\n（二）甲二。\n二、乙\n（三）乙一。\n1.细目。\n2.细目。\n"
    assert [m.id for m in parsed(text).measures if m.kind == "measure"] == ["t/1", "t/2", "t/3"]


def test_without_any_numbering_each_paragraph_is_a_unit_with_a_warning() -> None:
    paragraphs = [
        "这是第一段，讲机构。",
        "这一段长得多，" + "讲督学怎样聘用和管理，" * 8 + "到此为止。",
        "末段，讲经费。",
    ]
    document = parsed("\n\n".join(paragraphs))
    assert [m.text for m in document.measures] == paragraphs
    assert [m.id for m in document.measures] == ["t/p1", "t/p2", "t/p3"]
    assert document.warnings == ("no numbering found: one unit for each paragraph",)


def test_a_number_that_does_not_follow_is_text_and_is_warned_of() -> None:
    document = parsed("1.甲。\n2.乙。\n3.丙。\n95.丁。\n4.戊。\n")
    assert [m.id for m in document.measures if m.kind == "measure"] == ["t/1", "t/2", "t/3", "t/4"]
    assert any("95." in warning for warning in document.warnings)


def test_a_missing_number_is_warned_of() -> None:
    assert any("'4.' after number 2" in w for w in parsed("1.甲。\n2.乙。\n4.丁。\n5.戊。\n").warnings)


def test_weihai_uses_part_five_twice_and_says_so() -> None:
    document = load_corpus().by_id["weihai"]
    assert [p.label for p in document.parts][-2:] == ["五、", "五、"]
    assert len({p.id for p in document.parts}) == 6
    assert any("'五、'" in warning for warning in document.warnings)


def test_what_follows_the_last_measure_is_the_closing() -> None:
    text = "一、甲\n（一）甲。做。\n（二）乙。做。\n（三）丙。做。（责任单位：县教委）\n各单位要落实。\n"
    last = parsed(text).measures[-1]
    assert (last.id, last.kind, last.text) == ("t/end", "closing", "各单位要落实。")


def test_every_item_span_begins_with_its_mark() -> None:
    measures = load_corpus().measures
    tangshan = measures["tangshan/p2"]
    assert [i.span.of(tangshan.text)[:6] for i in tangshan.items] == ["——在督政方", "——在督学方", "——在评估监"]
