"""Each rule of layout repair by a smallest example, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.check import check_document
from corpus.clean import apply_edits, clean_text
from corpus.errors import ParseError
from corpus.parse import parse_document
from corpus.types import Edit, Erratum
from tests.corpus.make import META, cleaned

WRAPPED = "县政府教育督导机构对被督导单位要及时反馈督导的结果"


def rules(raw: str) -> set[str]:
    return {edit.rule for edit in clean_text(raw).edits}


@pytest.mark.parametrize(
    ("rule", "raw", "clean"),
    [
        ("margin", "　　一、总则。  \n", "一、总则。\n"),
        ("blank-line", "一、总则。\n\n\n二、附则。\n", "一、总则。\n二、附则。\n"),
        ("wrapped-line", "（一）机构。由县教\n\n委设立总督学。\n", "（一）机构。由县教委设立总督学。\n"),
        ("page-number", "对工作优秀的，加大支\n— 4 —\n持力度。\n", "对工作优秀的，加大支持力度。\n"),
        ("page-number", f"开头。{WRAPPED * 3}。\n第12页\n结尾。\n", f"开头。{WRAPPED * 3}。\n结尾。\n"),
        ("web-furniture", "印發通知\n正式的第一句話。\n", "正式的第一句話。\n"),
        ("stray-mark", "全文完。\n|\n", "全文完。\n"),
        ("spacing", "设立总督学 1 人，比例 1:5 配备。\n", "设立总督学1人，比例1:5配备。\n"),
        (
            "glued-heading",
            f"制定本方案。一、总体思路\n{WRAPPED * 3}。\n",
            f"制定本方案。\n一、总体思路\n{WRAPPED * 3}。\n",
        ),
    ],
)
def test_each_rule_by_a_smallest_example(rule: str, raw: str, clean: str) -> None:
    assert cleaned(raw).strip("\n") == clean.strip("\n")
    assert rule in rules(raw)


@pytest.mark.parametrize(
    ("rule", "raw", "clean"),
    [
        ("contents", "办法\n目录\n第一章 总则……1\n第二章 附则……9\n第一章 总则\n甲。\n", "办法\n第一章 总则\n甲。"),
        ("contents", "办法\n目　录\n一、总则\n二、附则\n一、总则\n甲。\n二、附则\n", "办法\n一、总则\n甲。\n二、附则"),
        ("contents", "某办法\n目录\n一、总则\t1\n二、附则\t12\n一、总则\n甲。\n", "某办法\n一、总则\n甲。"),
        ("contents", "某办法\n一、总则 ········ 1\n二、附则 ········ 12\n一、总则\n甲。\n", "某办法\n一、总则\n甲。"),
        ("page-number", "开头。\n第 3 页 共 10 页\n结尾。", "开头。\n结尾。"),
        ("page-number", "开头。\n第3页/共10页\n结尾。", "开头。\n结尾。"),
        ("page-number", "开头。\n· 3 ·\n结尾。", "开头。\n结尾。"),
        ("wrapped-line", "第一条 甲。\n第二条 依照\n第一条办理。\n", "第一条 甲。\n第二条 依照第一条办理。"),
    ],
)  # fmt: skip
def test_layout_of_long_documents(rule: str, raw: str, clean: str) -> None:
    assert cleaned(raw).strip("\n") == clean
    assert rule in rules(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "某办法\n目录\n见附件，另行印发。",
        "进度……3\n其余照旧，不再列出。",
        "项目\t分值\n食堂\t20\n宿舍\t20",
        "第3页的表格，共10页。\n结尾。",
    ],
)
def test_what_only_looks_like_contents_stays(raw: str) -> None:
    assert cleaned(raw) == raw


def test_rows_of_a_table_keep_their_cells_and_their_lines() -> None:
    raw = "一、评分，见表：\n序号 \t 项目\t分值\n1\t食堂，宿舍\t20\n2\t校门\t10\n"
    assert cleaned(raw) == "一、评分，见表：\n序号\t项目\t分值\n1\t食堂，宿舍\t20\n2\t校门\t10"


def test_a_tab_behind_a_heading_number_is_no_cell() -> None:
    assert cleaned("一、\t总则\n第一条\t为了督导。") == "一、总则\n第一条 为了督导。"


def test_a_block_printed_twice_is_kept_once() -> None:
    block = "".join(f"{n}.第{n}项工作。{WRAPPED * 4}。\n" for n in range(1, 4))
    raw = "开头。\n" + block + block
    assert cleaned(raw).strip() == ("开头。\n" + block).strip()
    assert "repeat" in rules(raw)


def test_a_short_repeat_is_no_second_printing() -> None:
    raw = f"{WRAPPED * 3}。\n" + "好。\n中。\n坏。\n好。\n中。\n坏。"
    assert cleaned(raw) == raw


def test_a_page_number_on_the_first_line_stays() -> None:
    assert cleaned("2021\n正文如下。") == "2021\n正文如下。"


def test_a_space_between_two_names_stays() -> None:
    assert cleaned("县委办公室 县政府办公室\n关于印发的通知。").startswith("县委办公室 县政府办公室")


def test_a_gap_of_a_printing_note_becomes_one_space() -> None:
    assert cleaned("正文。\n教育委员会办公室          2021年3月15日印发").endswith("办公室 2021年3月15日印发")


def test_a_part_number_inside_a_sentence_is_no_glued_heading() -> None:
    raw = "制定本方案。一、总体思路\n中间。\n一、总体思路\n正文。"
    assert "glued-heading" not in rules(raw)


def test_a_finished_sentence_is_not_joined_to_the_next_line() -> None:
    raw = f"{WRAPPED * 3}。\n第一段，说完了。\n第二段，也说完了，到此为止。"
    assert cleaned(raw) == raw


def test_windows_line_ends_read_like_others() -> None:
    assert cleaned("第一段，说完了。\r\n").strip() == "第一段，说完了。"


def test_two_short_paragraphs_are_not_joined() -> None:
    assert cleaned("第一段，说完了。\n第二段，也说完了。").count("\n") == 1


def test_a_page_number_may_hold_spaces() -> None:
    assert cleaned(f"开头。{WRAPPED * 3}。\n第 12 页\n结尾。\n").strip() == f"开头。{WRAPPED * 3}。\n结尾。"


def test_an_erratum_that_does_not_stand_in_the_text_is_refused() -> None:
    with pytest.raises(ParseError, match="權騙威.*errata.toml"):
        clean_text("權威。", (Erratum("權騙威", "權威", "junk", "print"),))


def test_an_erratum_is_the_smallest_change_and_keeps_the_wording() -> None:
    clean = clean_text("結果權騙灶威，有力。", (Erratum("權騙灶威", "權威", "junk", "print"),))
    assert clean.text == "結果權威，有力。"
    assert [e for e in clean.edits if e.rule == "erratum"] == [Edit(3, 5, "", "erratum", "權騙灶威")]


@pytest.mark.parametrize("raw", ["", "\n\n", " \t\u3000"])
def test_a_source_without_text_is_refused(raw: str) -> None:
    with pytest.raises(ParseError, match="no text"):
        clean_text(raw)


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(ParseError, match="'b'.*offset 2"):
        apply_edits("一二三四五", [Edit(1, 3, "", "a"), Edit(2, 4, "", "b")])


PIECES = st.sampled_from(
    "督导 责任单位 一、 二、 （一） (二) 1. 2. 第五条 第五条规定 2021 3".split()
    + "， 。 ； ： （ ） 〔 〕 《 》 | — —4— 印发通知 ——".split()
    + [" ", "  ", "\n", "\n\n", "\u3000", "\t"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_clean_text_of_anything_is_accounted_for(raw: str) -> None:
    if not squeezed(raw):
        return
    try:
        clean = clean_text(raw)
    except ParseError as error:
        assert "no text" in str(error)
        return
    assert len(clean.text) == len(clean.raw_offsets)
    assert list(clean.raw_offsets) == sorted(clean.raw_offsets)
    assert all(0 <= offset < len(raw) for offset in clean.raw_offsets)
    kept = {e.start: raw[e.start : e.end] for e in clean.edits if e.end > e.start}
    expected = squeezed(raw)
    for text in (squeezed(kept[start]) for start in sorted(kept)):
        assert text in expected
    dropped = sum(len(squeezed(text)) for text in kept.values())
    assert len(squeezed(clean.text)) == len(expected) - dropped
    assert is_subsequence(squeezed(clean.text), expected)
    assert check_document(parse_document(META, clean), raw).unaccounted == 0


@given(st.text("督导责任0123456789 \n", min_size=1), st.data())
def test_apply_edits_keeps_offsets_consistent(raw: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(raw)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(a, b, data.draw(st.sampled_from(["", "甲"])), "r") for a, b in pairs]
    try:
        clean = apply_edits(raw, edits)
    except ParseError:
        assert not any(c.strip() for i, c in enumerate(raw) if not any(a <= i < b for a, b in pairs))
        return
    edited = {i for a, b in pairs for i in range(a, b)}
    unedited = [(raw[o], c) for o, c in zip(clean.raw_offsets, clean.text, strict=True) if o not in edited]
    assert all(before == after for before, after in unedited)
    assert len(unedited) == len(raw) - len(edited)


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
