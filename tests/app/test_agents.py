"""Who acts, read from clauses as such texts are worded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agents import agents_in

CASES = [
    ("对学校的约谈，由区教育督导室组织开展。", ["区教育督导室"]),
    ("问题严重的，由县督导办会同组织部门联合约谈其主要负责人。", ["县督导办会同组织部门"]),
    ("委员会主任由分管教育的副县长担任，副主任由教育局局长担任。", ["分管教育的副县长", "教育局局长"]),
    ("管委会分管领导任委员会主任，教育局局长任副主任。", ["管委会分管领导", "教育局局长"]),
    ("教育督导机构将督导结果通报所在地政府。", []),
    ("督导结果由教育督导机构将有关情况通报所在地政府。", ["教育督导机构"]),
    ("學校由縣督導室負責督導。", ["縣督導室"]),
    ("各级政府应将督导经费纳入预算。", ["各级政府"]),
    ("要安排专人负责，严肃追究相关单位负责人的责任。", []),
    ("督学应当每年参加培训，培训不少于40学时。", []),
]


@pytest.mark.parametrize(("text", "agents"), CASES)
def test_who_acts(text: str, agents: list[str]) -> None:
    assert [span.of(text) for span in agents_in(text)] == agents


@given(st.text("由会同组织开展负责担任主任要督导机构县政府，。、；:\n", max_size=80))
def test_spans_stand_in_the_text_in_order_and_apart(text: str) -> None:
    spans = agents_in(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
