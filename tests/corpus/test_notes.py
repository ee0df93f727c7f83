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


@pytest.mark.parametrize(
    "text",
    [
        "责任单位要按时反馈（见附件）。",
        "做。（由校长负责）",
        "建立牵头单位负责的机制。",
        "做（校长负责）。",
        "本款所称（牵头单位）是指市教育局。",
        "做。\n责任单位：是指承担任务的单位。这里不列。",
    ],
)
def test_no_note(text: str) -> None:
    assert read_note(text) is None


@pytest.mark.parametrize(
    ("text", "expected", "leads"),
    [
        ("做。（牵头单位：甲局；责任单位：乙局、丙局）", ["甲局", "乙局", "丙局"], ["甲局"]),
        ("做。（责任单位：乙局、丙局；牵头单位：甲局）", ["乙局", "丙局", "甲局"], ["甲局"]),
        ("做。【牵头部门：甲局、乙局，配合部门：丙局】", ["甲局", "乙局", "丙局"], ["甲局", "乙局"]),
        ("做。\n牵头单位：甲局\n配合单位：乙局、丙局", ["甲局", "乙局", "丙局"], ["甲局"]),
        ("做。（牵头单位：甲局）（责任单位：乙局）", ["甲局", "乙局"], ["甲局"]),
        ("做。（甲局牵头，乙局、丙局配合）", ["甲局", "乙局", "丙局"], ["甲局"]),
        ("做。（甲局、乙局牵头负责，丙局等部门按职责分工负责）", ["甲局", "乙局", "丙局等部门"], ["甲局", "乙局"]),
        ("做（甲局牵头，乙局参与）。", ["甲局", "乙局"], ["甲局"]),
        ("做。（甲局、乙局按职责分工负责）", ["甲局", "乙局"], []),
        ("做。（责任单位：甲局（牵头）、乙局）", ["甲局", "乙局"], ["甲局"]),
        ("做。（责任单位：甲局；完成时限：2025年底前）", ["甲局"], []),
        ("做。（责任部门：甲局（含乙所、丙所）、丁局）", ["甲局（含乙所、丙所）", "丁局"], []),
        ("做。（牽頭單位：甲局；責任單位：乙局）", ["甲局", "乙局"], ["甲局"]),
    ],
)
def test_lead_units_are_those_that_the_note_names(text: str, expected: list[str], leads: list[str]) -> None:
    note = read_note(text)
    assert note is not None
    assert [span.of(text) for span in note.units] == expected
    assert [span.of(text) for span in note.leads] == leads


def test_notes_on_lines_of_their_own_are_one_span() -> None:
    text = "做。\n牵头单位：甲局\n配合单位：乙局"
    note = read_note(text)
    assert note is not None and note.span.of(text) == "牵头单位：甲局\n配合单位：乙局"


def test_a_lead_that_is_named_goes_before_the_rule_of_the_first_unit() -> None:
    text = (
        "1.甲。做。（责任单位：甲局、乙局，第一单位为牵头单位，下同）\n2.乙。做。（责任单位：丙局；牵头单位：丁局）\n"
        "3.丙。做。（责任单位：戊局、己局）\n"
    )
    found = [[s.of(m.text) for s in m.leads] for m in parsed(text).measures]
    assert found == [["甲局"], ["丁局"], ["戊局"]]


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
