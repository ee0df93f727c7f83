"""Facts that a text states: value, unit, bound, period and place, beyond the five documents."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import Fact, extract_facts, facts_of
from corpus.load import Corpus, load_corpus
from corpus.types import Measure, MeasureKind

SENTENCES = Path(__file__).resolve().parents[1] / "gold" / "fact_sentences.tsv"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def measure(text: str, kind: MeasureKind = "front") -> Measure:
    return Measure("x/0", "x", kind, "", "", (), 0, text)


def shown(fact: Fact, text: str) -> str:
    """A fact as fact_sentences.tsv writes it: kind, words, value."""
    upper = f"~{fact.to}" if fact.to else ""
    again = f"/{fact.period}" if fact.period else ""
    value = f"{fact.comparator}{fact.value}{upper}{fact.unit}{again}"
    if fact.kind == "document":
        value = f"{fact.value}#{fact.number}"
    if fact.kind == "date":
        value = f"{fact.comparator}:{fact.value}{upper}:{fact.precision}{again}"
    return f"{fact.kind} {fact.span.of(text)} {value}"


def of_kind(text: str, kind: str) -> list[str]:
    return [shown(f, text).removeprefix(kind).strip() for f in extract_facts(text) if f.kind == kind]


def sentences() -> list[tuple[str, list[str]]]:
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    return [(row[0], [fact for fact in row[1:] if fact]) for row in rows]


def test_there_are_sentences_enough() -> None:
    rows = sentences()
    assert len({text for text, _ in rows}) == len(rows) >= 100
    assert sum(not facts for _, facts in rows) >= 8, "sentences that only look as though they stated something"


@pytest.mark.parametrize(("text", "facts"), sentences())
def test_all_facts_of_a_sentence_and_no_other(text: str, facts: list[str]) -> None:
    assert sorted(shown(f, text) for f in extract_facts(text)) == sorted(facts)


def test_front_matter_states_what_the_document_is() -> None:
    text = (
        "云岭县人民政府办公室文件\n云岭府办〔2023〕8号\n云岭县人民政府办公室\n关于印发《2023年教育督导方案》的通知\n"
        "各乡镇人民政府：\n现将《2023年教育督导方案》印发给你们，请按《教育督导条例》执行。\n"
        "云岭县人民政府办公室\n2023年3月2日\n（此件公开发布）\n2023年教育督导方案\n到2023年底完成督导。"
    )
    assert [shown(f, text) for f in facts_of(measure(text))] == [
        "own_number 云岭府办〔2023〕8号 =云岭府办〔2023〕8号",
        "document 《教育督导条例》 教育督导条例#",
        "own_date 2023年3月2日 =2023-03-02",
        "openness 此件公开发布 =public",
        "date 到2023年底 by:2023:year end",
    ]


def test_a_notice_that_passes_another_one_on_cites_it() -> None:
    text = "现将《省教育厅关于开展督导的通知》（某教督〔2022〕3号）转发给你们。"
    assert [f.number for f in facts_of(measure(text)) if f.kind == "document"] == ["某教督〔2022〕3号"]


def test_closing_states_receivers_and_the_printing_date() -> None:
    text = "抄送：市委办公室，市人大常委会（教科文卫委）、市政协办公室。\n云岭县教育局办公室 2023年3月2日印发"
    assert [shown(f, text) for f in facts_of(measure(text, "closing"))] == [
        "copies 市委办公室 =市委办公室",
        "copies 市人大常委会（教科文卫委） =市人大常委会（教科文卫委）",
        "copies 市政协办公室 =市政协办公室",
        "own_date 2023年3月2日 =2023-03-02",
    ]
    assert [f.order for f in facts_of(measure(text, "closing")) if f.kind == "copies"] == [1, 2, 3]


def test_a_mark_of_access_that_is_denied_is_not_public() -> None:
    for text in ("（此件不公开）", "（此件依申请公开）"):
        assert [f.value for f in facts_of(measure(text)) if f.kind == "openness"] == ["internal"]


def test_a_measure_does_not_print_a_number_of_its_own() -> None:
    text = "1.落实要求。\n此件公开发布\n某府办〔2023〕8号"
    assert {f.kind for f in facts_of(measure(text, "measure"))} <= {"document"}


def test_units_stand_in_order_and_the_lead_is_marked(corpus: Corpus) -> None:
    def units(measure_id: str) -> list[tuple[str, int, bool]]:
        return [(f.value, f.order, f.lead) for f in facts_of(corpus.measures[measure_id]) if f.kind == "unit"]

    assert units("weihai/4") == [("教育督导委员会成员单位", 1, False)]
    assert units("weihai/18") == [("教育分局", 1, True), ("公安分局", 2, False)]
    assert units("tangshan/15") == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("设立总督学1人", "总督学"), ("划分9个督学责任区，", "督学责任区"), ("兼职督学占比不低于20%", "兼职督学"),
        ("按与学校数1：5的比例配备", "学校数"), ("从退休时间不超过5年的校长中选聘", "退休时间"),
        ("每年至少召开2次全体会议。", "全体会议"), ("每年培训不少于40学时", "培训"), ("（3名）", None),
    ],
)  # fmt: skip
def test_what_a_number_counts(text: str, subject: str | None) -> None:
    assert [f.of.of(text) if f.of else None for f in extract_facts(text)] == [subject]


def test_a_short_name_is_cited_where_it_is_used() -> None:
    text = "《关于深化改革的意见》（厅字〔2020〕1号，以下简称《意见》）印发。按照《意见》要求。"
    assert of_kind(text, "document") == [
        "《关于深化改革的意见》（厅字〔2020〕1号，以下简称《意见》） 关于深化改革的意见#厅字〔2020〕1号",
        "《意见》 意见#",
    ]


@pytest.mark.parametrize(
    "text", ["第五条", "一个周期", "一项工作", "新时代", "十九届二中全会以来的第一单位", "进一步", "十分重要"]
)
def test_what_counts_nothing(text: str) -> None:
    assert extract_facts(text) == ()


def test_a_number_that_opens_a_line_counts_nothing() -> None:
    assert of_kind("3.个别学校\n（三）个别学校\n5.所有学校配备2名督学。", "count") == ["2名 =2名"]


@given(st.text("每年月不少于得超过12345十第个次人%:∶~至以上《》〈〉〔〕号。，学时一任期到前三成分之半", max_size=40))
def test_spans_are_in_order_and_only_a_period_lies_within_another(text: str) -> None:
    facts = extract_facts(text)
    assert [f.span for f in facts] == sorted(f.span for f in facts)
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in facts)
    for before, after in pairwise(f for f in facts if f.kind != "duration"):
        assert before.span.end <= after.span.start
    for fact in facts:
        assert fact.of is None or 0 <= fact.of.start < fact.of.end <= len(text)


def test_a_value_does_not_begin_with_a_space() -> None:
    assert of_kind("设立 9 个责任区", "count") == ["9 个 =9个"]


@pytest.mark.parametrize("piece", ["1", "每年", "《a》(国发〔2020〕1号", "(", "不少于", "任期", "百分之", "《〈"])
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    facts = extract_facts(piece * (20_000 // len(piece)) + "。设立9个责任区")
    assert facts[-1].value == "9"
