"""Facts that a text states: value, unit, bound and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import extract_facts, own_facts
from corpus.load import Corpus, load_corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def of_kind(text: str, kind: str) -> list[tuple[str, str, str, str]]:
    return [(f.value, f.unit, f.comparator, f.span.of(text)) for f in extract_facts(text) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "comparator", "words"),
    [
        ("按与学校数1:5的比例配备", "ratio", "1:5", "", "=", "1:5"),
        ("按與學校數1∶5的比例", "ratio", "1:5", "", "=", "1∶5"),
        ("按1：1的比例", "ratio", "1:1", "", "=", "1：1"),
        ("按照不低于1∶10的比例", "ratio", "1:10", "", ">=", "不低于1∶10"),
        ("专职督学占比不低于20%", "percent", "20", "%", ">=", "不低于20%"),
        ("占百分之二十以上", "percent", "20", "%", ">=", "百分之二十以上"),
        ("每年培训不少于40学时", "count", "40", "学时", ">=", "不少于40学时"),
        ("每年不得少于四十学时", "count", "40", "学时", ">=", "不得少于四十学时"),
        ("督导每月不得少于1次", "frequency", "1", "次/月", ">=", "每月不得少于1次"),
        ("每年组织一次综合督导", "frequency", "1", "次/年", "=", "每年组织一次"),
        ("退休时间不超过5年", "duration", "5", "年", "<=", "不超过5年"),
        ("以3~5年为一个周期", "duration", "3~5", "年", "~", "3~5年"),
        ("设立9个教育督导责任区", "count", "9", "个", "=", "9个"),
        ("在校生1800人以上的学校", "count", "1800", "人", ">=", "1800人以上"),
        ("到2022年，基本建成", "date", "2022", "", "<=", "到2022年"),
        ("2025年底前完成", "date", "2025", "", "<=", "2025年底前"),
        ("于2022年4月接受评估", "date", "2022-04", "", "=", "2022年4月"),
        ("2021年12月22日印发", "date", "2021-12-22", "", "=", "2021年12月22日"),
        ("二〇二一年工作", "date", "2021", "", "=", "二〇二一年"),
        ("根据《教育督导条例》等", "document", "《教育督导条例》", "", "=", "《教育督导条例》"),
    ],
)  # fmt: skip
def test_values(text: str, kind: str, value: str, unit: str, comparator: str, words: str) -> None:
    assert of_kind(text, kind) == [(value, unit, comparator, words)]


def test_a_cited_document_keeps_its_number() -> None:
    text = "《关于深化改革的意见》（厅字〔2020〕1号，以下简称《意见》）"
    words = [f.span.of(text) for f in extract_facts(text) if f.kind == "document"]
    assert words == ["《关于深化改革的意见》（厅字〔2020〕1号", "《意见》"]


@pytest.mark.parametrize("text", ["第五条", "一个周期", "一项工作", "新时代", "十九届二中全会以来的第一单位"])
def test_what_counts_nothing(text: str) -> None:
    assert not [f for f in extract_facts(text) if f.kind == "count" and f.span.of(text) in ("一个", "一项", "五条")]


def test_own_facts_of_front_matter(corpus: Corpus) -> None:
    meta = corpus.by_id["dazu"].meta
    text = corpus.measures["dazu/0"].text
    assert meta.date is not None
    found = own_facts(text, meta.number, meta.date.isoformat())
    assert [(f.kind, f.span.of(text)) for f in found] == [
        ("own_number", "大足教发〔2021〕20号"),
        ("own_date", "2021年3月15日"),
        ("openness", "此件不公开"),
    ]
    closing = corpus.measures["dazu/end"].text
    assert [f.kind for f in own_facts(closing, meta.number, "2021-03-15")] == ["copies", "own_date"]
    assert own_facts("没有这些。", None, None) == ()


@pytest.mark.parametrize(
    ("measure_id", "kind", "values"),
    [
        ("xiushan/16", "ratio", ["1:5", "1:1"]), ("hainan/16", "ratio", ["1:5", "1:1"]),
        ("hainan/16", "percent", ["20"]),
        ("tangshan/18", "ratio", ["1:5", "1:1", "1:10"]), ("tangshan/18", "count", ["1800"]),
        ("tangshan/18", "duration", ["5", "5"]), ("tangshan/7", "duration", ["3~5"]), ("tangshan/20", "count", ["40"]),
        ("weihai/6", "duration", ["3"]), ("weihai/6", "percent", ["30"]), ("weihai/8", "count", ["40"]),
        ("dazu/14", "ratio", ["1:5", "1:1"]), ("dazu/9", "date", ["2025"]), ("dazu/10", "date", ["2022-04", "2022-09"]),
        ("xiushan/1", "count", ["1", "1", "9"]), ("tangshan/19", "count", ["6"]), ("tangshan/2", "date", []),
    ],
)  # fmt: skip
def test_values_of_the_five_documents(corpus: Corpus, measure_id: str, kind: str, values: list[str]) -> None:
    assert [v for v, *_ in of_kind(corpus.measures[measure_id].text, kind)] == values


@given(st.text("每年月不少于得超过12345十第个次人%:∶~至以上《》〈〉〔〕号。，学时", max_size=40))
def test_spans_are_in_order_and_do_not_cross(text: str) -> None:
    facts = extract_facts(text)
    spans = [f.span for f in facts]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in facts)


def test_a_bound_after_the_verb_is_kept(corpus: Corpus) -> None:
    assert ("1", "次/年", ">=", "每年至少召开1次") in of_kind(corpus.measures["tangshan/3"].text, "frequency")


def test_a_value_does_not_begin_with_a_space() -> None:
    assert of_kind("设立 9 个责任区", "count") == [("9", "个", "=", "9 个")]


def test_a_very_long_number_is_no_fault() -> None:
    assert isinstance(extract_facts("1" * 5000 + ":1"), tuple)
