"""Which words of a measure are quoted for a topic."""

from __future__ import annotations

import pytest

from app.topics.align import topic_map
from app.topics.deciding import DecidingWords
from app.topics.definitions import load_definitions
from corpus.load import load_corpus

CORPUS = load_corpus()
MAP = topic_map(CORPUS, overrides=())
WORDS = DecidingWords(load_definitions())


def quoted(topic: str, measure_id: str) -> str:
    measure = CORPUS.measures[measure_id]
    return " | ".join(s.of(measure.text) for s in WORDS.quoted(measure, topic, MAP.topics_of(measure_id)))


@pytest.mark.parametrize(
    ("topic", "measure_id", "words"),
    [
        ("interviews", "tangshan/15", "对县级政府的约谈,由市级教育督导机构会同与督导事项相关的部门联合组织开展;"),
        ("interviews", "weihai/16", "本级教育督导机构要会同教育主管部门严肃约谈相关负责人员。"),
        ("notices", "weihai/16", "及时将有关情况通报党工委管委以及上级部门"),
        ("staffing", "hainan/16", "其中專職督學占比不低於20%。"),
        ("appointment", "hainan/16", "專職督學應當按照幹部管理許可權和程式任命。"),
        ("training", "weihai/8", "督学每年参加集中培训时间累计不少于40学时"),
        ("digital", "xiushan/19", "完善教育督导信息化平台"),
        ("conditions", "xiushan/19", "编入教育部门预算"),
        ("rectification", "weihai/15", "被督导单位要按照“问题必整改，整改必到位”原则落实整改要求。"),
        ("recheck", "weihai/15", "教育督导机构要建立对整改问题的“回头看”机制"),
        ("reports", "tangshan/5", "督导结果须向市政府教育督导委员会办公室报告。"),
    ],
)
def test_the_words_that_decide_are_quoted(topic: str, measure_id: str, words: str) -> None:
    assert words in quoted(topic, measure_id)


@pytest.mark.parametrize(
    ("topic", "measure_id", "words"),
    [
        ("conditions", "xiushan/19", "信息化平台"),
        ("interviews", "weihai/16", "通报党工委"),
        ("training", "xiushan/17", "回避"),
        ("governments", "tangshan/p2", "督学方面"),
    ],
)
def test_words_of_another_topic_are_not(topic: str, measure_id: str, words: str) -> None:
    assert words not in quoted(topic, measure_id)


def test_every_placement_has_words_to_quote_that_stand_in_the_measure_and_keep_to_a_length() -> None:
    for placed in MAP.placements:
        measure = CORPUS.measures[placed.measure]
        spans = WORDS.quoted(measure, placed.topic, MAP.topics_of(placed.measure))
        assert spans and all(0 <= s.start < s.end <= len(measure.text) for s in spans)
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
        assert all(s.of(measure.text) == s.of(measure.text).strip() for s in spans)
        assert not measure.note or all(s.end <= measure.note.start for s in spans)
        assert sum(s.end - s.start for s in spans) <= 230, placed


def test_a_sentence_of_two_topics_belongs_to_both_and_others_to_one() -> None:
    measure = CORPUS.measures["dazu/2"]
    serves = MAP.topics_of("dazu/2")
    training = WORDS.own(measure, "training", serves)
    assert [s.of(measure.text)[:8] for s in training] == ["适时开展督学任职"]
    assert set(training).isdisjoint(WORDS.own(measure, "appointment", serves))
