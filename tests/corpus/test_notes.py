"""The responsibility note: brackets inside it, separators, and who leads."""

from __future__ import annotations

import pytest

from corpus.load import load_corpus
from corpus.notes import read_note
from tests.corpus.make import parsed


def units(text: str) -> list[str]:
    note = read_note(text)
    assert note is not None
    return [span.of(text) for span in note.units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("做。（责任单位：县教委）", ["县教委"]),
        ("做。(责任单位:县教委、县财政局)", ["县教委", "县财政局"]),
        (
            "做。〔责任单位：县级有关部门和乡镇（街道），县政府教育督导室〕",
            ["县级有关部门和乡镇（街道）", "县政府教育督导室"],
        ),
        ("做。(責任單位:省委編辦、省教育廳,各市縣)", ["省委編辦", "省教育廳", "各市縣"]),
        ("做。（责任单位：乡镇（含甲、乙（丙、丁）），县教委）", ["乡镇（含甲、乙（丙、丁））", "县教委"]),
        ("做。（责任单位：县教委", ["县教委"]),
        ("前（责任单位：甲）后（责任单位：乙）", ["乙"]),
    ],
)
def test_units_in_printed_order(text: str, expected: list[str]) -> None:
    assert units(text) == expected


def test_no_note() -> None:
    assert read_note("责任单位要按时反馈（见附件）。") is None


def test_the_span_covers_the_note_and_nothing_after_it() -> None:
    text = "做。（责任单位：县教委）另起。"
    note = read_note(text)
    assert note is not None and note.span.of(text) == "（责任单位：县教委）"


LEAD = "（责任单位：财政局、办公室、教育分局，第一单位为牵头单位{}）"


def test_the_lead_rule_is_no_unit() -> None:
    text = "做。" + LEAD.format("，下同")
    note = read_note(text)
    assert note is not None and note.first_leads and note.holds_on
    assert units(text) == ["财政局", "办公室", "教育分局"]


@pytest.mark.parametrize(("rule", "leads"), [("，下同", [0, 1, 1, 1]), ("", [0, 1, 0, 0])])
def test_the_lead_rule_holds_on_only_where_it_says_so(rule: str, leads: list[int]) -> None:
    text = (
        "1.甲。做。（责任单位：甲局）\n2.乙。做。" + LEAD.format(rule) + "\n"
        "3.丙。做。（责任单位：丙局、丁局）\n4.丁。做。（责任单位：丁局）\n"
    )
    assert [len(m.leads) for m in parsed(text).measures if m.kind == "measure"] == leads


def test_a_measure_without_a_note_has_no_lead() -> None:
    text = "1.甲。做。" + LEAD.format("，下同") + "\n2.乙。只做。\n3.丙。做。（责任单位：丙局）\n"
    assert [len(m.leads) for m in parsed(text).measures if m.kind == "measure"] == [1, 0, 1]


def test_leads_of_the_five_documents() -> None:
    measures = load_corpus().measures.values()
    assert [m.id for m in measures if m.leads] == [f"weihai/{n}" for n in range(5, 21)]
    assert not [m.id for m in measures if m.document_id in ("tangshan", "dazu") and m.units]
    assert all(unit.of(m.text).strip() for m in measures for unit in m.units)
