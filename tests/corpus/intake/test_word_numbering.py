"""Automatic numbers of Word stand in the text, since the file does not hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.intake.types import FileText
from corpus.intake.word import read_docx
from tests.corpus.intake.make_docx import abstract, level, make_docx, n, num, p, restart, row, style, table

OFFICIAL = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)
LEGAL = abstract(1, level(0, "chineseCountingThousand", "第%1章"), level(1, "chineseCountingThousand", "第%2条"))


def read(folder: Path, body: str, numbering: str, styles: str = "") -> FileText:
    return read_docx(make_docx(folder / "a.docx", body, {"numbering": numbering, "styles": styles}))


def lines(folder: Path, body: str, numbering: str, styles: str = "") -> list[str]:
    return read(folder, body, numbering, styles).text.split("\n")


def test_the_levels_of_an_official_document(tmp_path: Path) -> None:
    body = "".join(
        [
            p("总体要求", n(1)), p("目标", n(1, 1)), p("原则", n(1, 1)), p("甲", n(1, 2)), p("乙", n(1, 2)),
            p("主要措施", n(1)), p("机构", n(1, 1)), p("丙", n(1, 2)), p("子项", n(1, 3)), p("子项", n(1, 3)),
            p("不编号的一段"), p("保障", n(1)), *(p("措施", n(1, 1)) for _ in range(11)),
        ]
    )  # fmt: skip
    assert lines(tmp_path, body, OFFICIAL + num(1, 0)) == [
        "一、总体要求", "（一）目标", "（二）原则", "1.甲", "2.乙", "二、主要措施", "（一）机构", "1.丙", "（1）子项",
        "（2）子项", "不编号的一段", "三、保障", *(f"（{c}）措施" for c in [*"一二三四五六七八九十", "十一"]),
    ]  # fmt: skip


def test_articles_run_on_through_chapters_where_the_list_says_so(tmp_path: Path) -> None:
    run_on = LEGAL.replace('<w:lvlText w:val="第%2条"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="第%2条"/>')
    body = "".join([p("总则", n(1)), p("为了…", n(1, 1)), p("本办法…", n(1, 1)), p("机构", n(1)), p("督学…", n(1, 1))])
    assert lines(tmp_path, body, run_on + num(1, 1)) == [
        "第一章 总则",
        "第一条 为了…",
        "第二条 本办法…",
        "第二章 机构",
        "第三条 督学…",
    ]
    assert lines(tmp_path, body, LEGAL + num(1, 1))[-1] == "第一条 督学…"


def test_a_list_of_its_own_starts_afresh_and_the_first_goes_on(tmp_path: Path) -> None:
    numbering = OFFICIAL + num(1, 0) + num(2, 0, restart(0)) + num(3, 0) + num(4, 0, restart(0, 7))
    body = "".join(
        [p("甲", n(1)), p("乙", n(1)), p("丙", n(2)), p("丁", n(2)), p("戊", n(3)), p("己", n(4)), p("庚", n(4))]
    )
    assert lines(tmp_path, body, numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊", "七、己", "八、庚"]


def test_lists_of_different_kinds_count_apart(tmp_path: Path) -> None:
    body = "".join([p("甲", n(1)), p("乙", n(2)), p("丙", n(1)), p("丁", n(2))])
    assert lines(tmp_path, body, OFFICIAL + LEGAL + num(1, 0) + num(2, 1)) == [
        "一、甲",
        "第一章 乙",
        "二、丙",
        "第二章 丁",
    ]


def test_a_level_that_begins_deep_shows_the_starts_above_it(tmp_path: Path) -> None:
    deep = abstract(0, level(0, "decimal", "%1", "", 3), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3"))
    body = p("甲", n(1, 2)) + p("乙", n(1, 2)) + p("丙", n(1, 1)) + p("丁", n(1))
    assert lines(tmp_path, body, deep + num(1, 0)) == ["3.1.1 甲", "3.1.2 乙", "3.2 丙", "4 丁"]


def test_a_legal_level_shows_every_number_in_digits(tmp_path: Path) -> None:
    legal = abstract(0, level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "%1.%2", "<w:isLgl/>"))
    assert lines(tmp_path, p("甲", n(1)) + p("乙", n(1, 1)), legal + num(1, 0)) == ["第一章 甲", "1.1 乙"]


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("bullet", "——", "——"), ("bullet", "—", "—"), ("bullet", "●", ""), ("bullet", "\uf06c", ""), ("none", "", ""),
        ("decimalEnclosedCircle", "%1", "①"), ("decimal", "第%1", "第1 "), ("upperLetter", "%1)", "A)"),
        ("decimal", "", ""), ("decimal", "附件%1：", "附件1："),
    ],
)  # fmt: skip
def test_bullets_are_dashes_or_nothing(tmp_path: Path, kind: str, text: str, label: str) -> None:
    assert lines(tmp_path, p("甲", n(1)), abstract(0, level(0, kind, text)) + num(1, 0)) == [f"{label}甲"]


def test_a_format_that_is_not_known_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, p("甲", n(1)), abstract(0, level(0, "thaiLetters", "%1.")) + num(1, 0))
    assert found.text == "1.甲"
    assert found.warnings == ("numbers in the format thaiLetters were written in Arabic digits",)


def test_a_format_of_ones_own_has_a_plain_one_beside_it(tmp_path: Path) -> None:
    own = level(0, "decimal", "%1.").replace(
        '<w:numFmt w:val="decimal"/>',
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
    )
    assert lines(tmp_path, p("甲", n(1)), abstract(0, own) + num(1, 0)) == ["1.甲"]


GIVES = '<w:numPr><w:numId w:val="1"/></w:numPr>'
STYLES = (
    style("H1", "heading 1", GIVES)
    + style("H2", "heading 2", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', based_on="H1")
    + style("H3", "标题三", GIVES)
    + style("L", "list", GIVES, kind="numbering")
)


def test_numbering_that_styles_give(tmp_path: Path) -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3.", '<w:pStyle w:val="H3"/>'),
    ) + num(1, 0)
    body = "".join(
        [
            p("甲", '<w:pStyle w:val="H1"/>'), p("乙", '<w:pStyle w:val="H2"/>'), p("丙", '<w:pStyle w:val="H3"/>'),
            p("丁", '<w:pStyle w:val="H3"/>'), p("戊", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
            p("己", '<w:pStyle w:val="H2"/>'),
        ]
    )  # fmt: skip
    assert lines(tmp_path, body, numbering, STYLES) == ["一、甲", "（一）乙", "1.丙", "2.丁", "戊", "（二）己"]


def test_a_list_that_only_names_a_style_counts_with_it(tmp_path: Path) -> None:
    numbering = OFFICIAL + abstract(9, more='<w:numStyleLink w:val="L"/>') + num(1, 0) + num(2, 9)
    assert lines(tmp_path, p("甲", n(2)) + p("乙", n(1)), numbering, STYLES) == ["一、甲", "二、乙"]


def test_numbers_run_through_the_cells_of_a_table(tmp_path: Path) -> None:
    body = p("甲", n(1)) + table(row(p("乙", n(1)), "部门"), row(p("丙", n(1)), "部门")) + p("丁", n(1))
    assert lines(tmp_path, body, OFFICIAL + num(1, 0)) == ["一、甲", "二、乙\t部门", "三、丙\t部门", "四、丁"]


def test_an_empty_numbered_paragraph_counts_and_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, p("甲", n(1)) + p("", n(1)) + p("丙", n(1)), OFFICIAL + num(1, 0))
    assert found.text == "一、甲\n三、丙"
    assert found.warnings == ("1 numbered paragraphs hold no text: they count, but are left out",)


def test_a_hidden_paragraph_does_not_count(tmp_path: Path) -> None:
    hidden = p("暗", n(1) + "<w:rPr><w:vanish/></w:rPr>", "<w:vanish/>")
    assert lines(tmp_path, p("甲", n(1)) + hidden + p("乙", n(1)), OFFICIAL + num(1, 0)) == ["一、甲", "二、乙"]


@pytest.mark.parametrize("broken", [n(7), n(1, 8), '<w:numPr><w:numId w:val="x"/></w:numPr>', "<w:numPr/>"])
def test_numbering_that_leads_nowhere_is_no_numbering(tmp_path: Path, broken: str) -> None:
    assert lines(tmp_path, p("甲", broken), OFFICIAL + num(1, 0)) == ["甲"]
