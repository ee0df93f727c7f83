"""What holds of the tree of any text: nothing is lost, every id stands once, every span lies where it says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.check import check_document
from corpus.errors import ParseError
from corpus.types import PolicyDocument, Span
from tests.corpus.make import parsed

OPENINGS = (
    "一、 二、 三、 （一） （二） (三) 1. 2. 3. （1） （2） ① ② —— 1) 第一编 第一章 第二章 第一节 第一条 第二条 第三条 "
    "第二条之一 第三条规定 附件 附件1 附件2： 附：名单 附件：1.甲表 2.乙表 抄送： 目录 2024年3月6日 市教育局 "
    "（责任单位： 牵头单位："
).split()
WORDS = (
    "督导 学校 依照第二条 前款 前条 本方案第（二）项 见附件1 《教育法》第一条 一是 二是 （1） （2） "
    "甲局牵头，乙局配合 （甲局牵头，乙局配合） （责任单位：甲、乙；配合单位：丙） 第一单位为牵头单位，下同 "
    "。 ； ， ： ） 】 、 …… 3 \t 1:5"
).split(" ")
LINES = st.tuples(st.sampled_from(["", *OPENINGS]), st.lists(st.sampled_from(WORDS), max_size=5).map("".join))
TEXTS = st.lists(LINES.map("".join), min_size=1, max_size=25).map("\n".join)


def tree(raw: str) -> PolicyDocument | None:
    try:
        return parsed(raw)
    except ParseError as error:
        assert "no text" in str(error)
        return None


@given(TEXTS)
@example("第一条 甲\n第一条 乙\n附件1\n附件1\n附件1：甲")
@example("一、甲\n一、甲\n（一）甲\n（一）甲\n抄送：甲\n附件\n甲\n抄送：乙")
def test_the_tree_of_any_text(raw: str) -> None:
    document = tree(raw)
    if document is None:
        return
    account = check_document(document, raw)
    assert (account.unaccounted, account.outside_tree) == (0, 0)
    ids = [m.id for m in document.measures]
    headings = [h for part in document.parts for h in part.walk()]
    assert len(ids) == len(set(ids))
    assert len(headings) == len({h.id for h in headings})
    assert {i for h in headings for i in h.measure_ids} <= set(ids)
    assert {i for m in document.measures for i in m.path} <= {h.id for h in headings}
    end = 0
    for measure in document.measures:
        assert measure.start >= end, "measures follow one another"
        end = measure.start + len(measure.text)
        assert document.clean.text[measure.start : end] == measure.text
        assert measure.text.strip()


@given(TEXTS)
def test_spans_lie_within_their_measure(raw: str) -> None:
    document = tree(raw)
    if document is None:
        return
    targets = {m.id for m in document.measures} | {h.id for part in document.parts for h in part.walk()}
    for measure in document.measures:
        length = len(measure.text)
        spans = [*measure.units, *(i.span for i in measure.items), *(r.span for r in measure.references)]
        assert all(0 <= s.start < s.end <= length for s in spans)
        assert set(measure.leads) <= set(measure.units)
        if measure.note:
            assert all(measure.note.start <= s.start and s.end <= measure.note.end for s in measure.units)
        assert {r.target for r in measure.references if r.target} <= targets
        for item in measure.items:
            assert item.span.of(measure.text).startswith(item.label)
            around = [o for o in measure.items if o.span != item.span and holds(o.span, item.span)]
            assert item.depth == len(around) + 1
            assert not any(crosses(o.span, item.span) for o in measure.items)


def holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def crosses(a: Span, b: Span) -> bool:
    return not (a.end <= b.start or b.end <= a.start or holds(a, b) or holds(b, a))


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("（", 1_000_000), ("一", 1_000_000), ("1", 1_000_000), ("(责任单位:", 150_000), ("《", 200_000),
        ("（）", 100_000), ("①", 100_000), ("第一条", 50_000), ("见附件1", 50_000), ("（1）甲（2）乙。", 20_000),
        ("前款、", 50_000), ("依照《", 60_000),
    ],
)  # fmt: skip
def test_one_piece_over_and_over_in_a_line_is_read(piece: str, times: int) -> None:
    """Work in the square of the length would not end."""
    raw = f"1.甲。\n2.乙。\n3.丙{piece * times}"
    assert [len(m.text) for m in parsed(raw).measures] == [4, 4, 3 + len(piece) * times]


@pytest.mark.parametrize(
    "line",
    ["（一", "一、甲", "1.甲", "第一条 甲", "第一章 甲", "附件1", "(责任单位:甲", "甲……1", "2024年3月6日", "一、\t甲"],
)
def test_one_line_over_and_over_is_read(line: str) -> None:
    raw = "开头的话。\n" + f"{line}\n" * 4_000 + "末尾的话。"
    document = parsed(raw)
    assert check_document(document, raw).outside_tree == 0
    assert len({m.id for m in document.measures}) == len(document.measures)
