"""Two versions of a document: every unit is accounted for, and the pieces of a change join to both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.load import Corpus, load_corpus
from corpus.numerals import format_numeral
from corpus.revise import Change, compare, difference
from corpus.types import PolicyDocument
from tests.corpus.make import parsed

SUBJECTS = (
    "入校督导每月不少于一次",
    "督学每年培训四十学时",
    "整改情况在十五日内报告",
    "责任区按学校布局划分",
    "聘期三年可以续聘一次",
)


def document(*measures: str, front: str = "某办法", end: str = "") -> PolicyDocument:
    """A text whose measures are numbered as they come."""
    lines = [f"（{format_numeral(n)}）{text}。" for n, text in enumerate(measures, start=1)]
    return parsed("\n".join([front, *lines, end]))


def kinds(changes: tuple[Change, ...]) -> list[tuple[str, str | None, str | None]]:
    """What became of the numbered measures: kind, old number, new number."""
    return [
        (c.kind, c.old.number if c.old else None, c.new.number if c.new else None)
        for c in changes
        if "measure" in {unit.kind for unit in (c.old, c.new) if unit}
    ]


def shown(change: Change) -> str:
    brackets = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(brackets[mark].format(text) for mark, text in change.pieces)


def test_the_same_text_is_unchanged() -> None:
    changes = compare(document(*SUBJECTS), document(*SUBJECTS))
    assert {c.kind for c in changes} == {"unchanged"} and len(changes) == 6


def test_one_changed_number() -> None:
    new = document(*(s.replace("四十", "五十") for s in SUBJECTS))
    changes = compare(document(*SUBJECTS), new)
    assert [k for k in kinds(changes) if k[0] != "unchanged"] == [("changed", "2", "2")]
    (changed,) = [c for c in changes if c.kind == "changed"]
    assert shown(changed) == "督学每年培训[-四-]{+五+}十学时。"


def test_a_measure_put_in_moves_the_later_ones() -> None:
    changes = compare(document(*SUBJECTS), document(SUBJECTS[0], "建立督学考核档案制度", *SUBJECTS[1:]))
    assert kinds(changes) == [
        ("unchanged", "1", "1"), ("new", None, "2"), ("moved", "2", "3"), ("moved", "3", "4"), ("moved", "4", "5"),
        ("moved", "5", "6"),
    ]  # fmt: skip


def test_a_measure_taken_out() -> None:
    changes = compare(document(*SUBJECTS), document(*SUBJECTS[:1], *SUBJECTS[2:]))
    assert kinds(changes)[:3] == [("unchanged", "1", "1"), ("gone", "2", None), ("moved", "3", "2")]
    assert shown(next(c for c in changes if c.kind == "gone")) == "[-督学每年培训四十学时。-]"


def test_a_reworded_measure_under_another_number_is_one_change() -> None:
    changes = compare(
        document(*SUBJECTS), document("建立督学考核档案制度", SUBJECTS[0], "督学每年培训五十学时", *SUBJECTS[2:])
    )
    assert ("changed", "2", "3") in kinds(changes) and ("new", None, "1") in kinds(changes)


def test_another_text_under_the_same_number_is_gone_and_new() -> None:
    changes = compare(document(*SUBJECTS), document(*SUBJECTS[:4], "经费列入本级预算予以保障"))
    assert [k for k in kinds(changes) if k[0] != "unchanged"] == [("gone", "5", None), ("new", None, "5")]


def test_two_measures_that_change_places() -> None:
    swapped = (SUBJECTS[1], SUBJECTS[0], *SUBJECTS[2:])
    assert kinds(compare(document(*SUBJECTS), document(*swapped)))[:2] == [("moved", "2", "1"), ("moved", "1", "2")]


def test_layout_alone_is_no_change() -> None:
    old = parsed("某办法\n（一）督学每年培训四十学时。\n（二）整改情况在十五日内报告。\n（三）聘期三年。\n")
    new = parsed("某办法\n\n(一) 督学每年培训四十学时。\n\n(二) 整改情况在十五日内报告。\n\n(三) 聘期三年。\n")
    assert {c.kind for c in compare(old, new)} == {"unchanged"}


def test_headings_are_compared() -> None:
    body = "（一）督学每年培训四十学时。\n（二）整改情况在十五日内报告。\n（三）聘期三年。\n"
    changes = compare(parsed(f"某办法\n一、总体要求\n{body}"), parsed(f"某办法\n一、总体目标和要求\n{body}"))
    (changed,) = [c for c in changes if c.kind != "unchanged"]
    assert changed.new and changed.new.kind == "heading" and shown(changed) == "总体{+目标和+}要求"


def test_the_five_documents_are_unchanged_against_themselves() -> None:
    corpus: Corpus = load_corpus()
    for each in corpus.documents:
        assert {c.kind for c in compare(each, each)} == {"unchanged"}


def test_two_real_documents_are_accounted_for_whole() -> None:
    corpus = load_corpus()
    check_whole(corpus.by_id["xiushan"], corpus.by_id["weihai"])


def check_whole(old: PolicyDocument, new: PolicyDocument) -> None:
    changes = compare(old, new)
    before, after = compare(old, old), compare(new, new)
    assert sorted(c.old.number for c in changes if c.old) == sorted(c.old.number for c in before if c.old)
    assert [c.new for c in changes if c.new] == [c.new for c in after]
    for change in changes:
        old_text = "".join(text for mark, text in change.pieces if mark != "+")
        new_text = "".join(text for mark, text in change.pieces if mark != "-")
        if change.old and change.kind not in ("moved", "unchanged"):
            assert old_text == change.old.text
        if change.new:
            assert new_text == change.new.text


_measures = st.lists(
    st.sampled_from([*SUBJECTS, *(s.replace("每", "各") for s in SUBJECTS), "附则"]), min_size=3, max_size=9
)


@given(_measures, _measures)
def test_every_unit_is_accounted_for_once(old: list[str], new: list[str]) -> None:
    check_whole(document(*old), document(*new))


@given(st.text(alphabet="督学每月12次。；a ", max_size=60), st.text(alphabet="督学每月13次。；a ", max_size=60))
def test_the_pieces_of_a_change_join_to_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(text for mark, text in pieces if mark != "+") == old
    assert "".join(text for mark, text in pieces if mark != "-") == new
    assert all(text for _, text in pieces)
    assert all(a[0] != b[0] for a, b in zip(pieces, pieces[1:], strict=False))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("每月不少于1次。", "每月不少于12次。", "每月不少于[-1-]{+12+}次。"),
        ("比例不低于20%。", "比例不低于30%。", "比例不低于[-20%-]{+30%+}。"),
        ("甲乙丙丁戊。", "甲子丙丑戊。", "甲[-乙丙丁-]{+子丙丑+}戊。"),
        ("第一句。第二句。", "第一句。", "第一句。[-第二句。-]"), ("", "新增。", "{+新增。+}"), ("同。", "同。",
        "同。"),
    ],
)  # fmt: skip
def test_words_of_a_change(old: str, new: str, line: str) -> None:
    assert shown(Change("changed", None, None, difference(old, new))) == line


def test_five_hundred_measures_all_reworded_and_moved() -> None:
    old = [f"第{n}类学校的督导事项第{n * 7 % 501}号由责任督学负责并按要求逐项报告到位" for n in range(500)]
    new = ["新增的开头一条内容"] + [text.replace("报告", "反馈") for text in old]
    changes = compare(document(*old), document(*new))
    assert sum(c.kind == "changed" for c in changes) >= 499


def test_a_very_long_measure_ends() -> None:
    old, new = "督" * 60_000 + "甲。", "督" * 60_000 + "乙。"
    assert difference(old, new) == (("-", old), ("+", new))
