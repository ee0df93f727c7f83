"""What frames the quotes of an answer: names of places, who is silent, who is not covered, who leads."""

from __future__ import annotations

import re

import pytest

from app.assistant import Assistant
from app.lines import comparison
from app.types import Answer


def facts(answer: Answer) -> list[str]:
    return [part.text for part in answer.parts if part.kind == "fact"]


def phrases(answer: Answer) -> str:
    return "".join(part.text for part in answer.parts if part.kind == "phrase")


def marked(answer: Answer) -> list[str]:
    return [part.text[start:end] for part in answer.parts for start, end in part.key]


def test_a_place_that_no_document_covers_is_named_beside_one_that_rules(assistant: Assistant) -> None:
    answer = assistant.ask("浙江和威海经开区专职督学占多大比例？")
    assert facts(answer) == ["威海经济技术开发区"]
    assert "本库没有浙江省的文件。" in phrases(answer)


def test_the_silence_of_one_of_two_places_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("秀山和大足设立几个教育督导责任区？")
    said = {citation.measure_id.split("/")[0] for citation in answer.citations}
    assert said == {"xiushan"}
    regions = {i: assistant.corpus.by_id[i].meta.region for i in ("xiushan", "dazu")}
    assert set(facts(answer)) == {regions[i] for i in said}
    for document, region in regions.items():
        assert document in said or f"未见规定：{region}。" in phrases(answer)


def test_where_no_place_is_named_the_one_that_rules_and_the_silent_ones_are(assistant: Assistant) -> None:
    answer = assistant.ask("教育督导责任区设立几个？")
    said = {citation.measure_id.split("/")[0] for citation in answer.citations}
    for document in assistant.corpus.documents:
        named = facts(answer) if document.meta.id in said else phrases(answer)
        assert document.meta.region in named


def test_one_place_alone_has_no_name_before_its_quotes(assistant: Assistant) -> None:
    answer = assistant.ask("秀山设立几个教育督导责任区？")
    assert facts(answer) == [] and "未见规定" not in phrases(answer)


def test_who_acts_is_marked_and_who_is_responsible_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("秀山由谁约谈？责任单位是谁？")
    assert marked(answer).count("县政府教育督导委员会") == 2
    assert any("责任单位" in citation.quote for citation in answer.citations)


def test_a_long_sentence_is_cut_around_who_acts(assistant: Assistant) -> None:
    answer = assistant.ask("秀山谁负责约谈？")
    acting = next(part for part in answer.parts if part.kind == "quote" and "约谈" in part.text)
    assert len(acting.text) <= 110 and answer.parts[0].text == "……"


def test_a_lead_that_a_rule_for_all_notes_makes_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("威海经开区约谈由谁牵头？")
    at = next(n for n, part in enumerate(answer.parts) if part.text == "\n牵头单位：")
    assert [part.text for part in answer.parts[at + 1 :]] == ["党群工作部", "，依文件：", "第一单位为牵头单位"]
    assert answer.parts[at + 1].mark and answer.citations[-1].measure_id == "weihai/5"


def test_an_english_answer_has_an_english_frame(assistant: Assistant) -> None:
    answer = assistant.ask("What is the ratio of inspectors to schools in Tangshan?")
    assert answer.parts[0].text == "Tangshan City (唐山市) rules: "
    beside = assistant.ask("What is the ratio of inspectors to schools in Tangshan and Zhejiang?")
    assert facts(beside) == ["Tangshan City (唐山市)"] and "No document of Zhejiang is held here." in phrases(beside)


def test_names_of_places_are_in_the_script_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("督學按什麼比例配備？")
    assert "威海經濟技術開發區" in facts(answer)
    assert not re.search("经|济|区|县", "".join(facts(answer)) + phrases(answer))


@pytest.mark.parametrize(
    ("before", "now", "understood"),
    [
        (
            "How many training hours must inspectors in Tangshan have?",
            "And Dazu?",
            "How many training hours must inspectors in Dazu District have",
        ),
        ("What is the ratio of inspectors?", "And in Tangshan?", "Tangshan City: What is the ratio of inspectors"),
        ("Who conducts talks in Tangshan?", "And Zhejiang?", "Who conducts talks in Zhejiang"),
        ("唐山督學由誰聘任？", "那威海呢？", "威海經濟技術開發區：督學由誰聘任"),
        ("Who conducts talks in Tangshan?", "谁牵头？", "Who conducts talks in 唐山市——谁牵头"),
        ("海口督学按什么比例配备？", "那威海经开区呢？", "威海经济技术开发区：督学按什么比例配备"),
        ("Who conducts talks in Zhejiang?", "And Dazu?", "Who conducts talks in Dazu District"),
    ],
)
def test_a_follow_up_is_understood_in_the_language_of_the_question(
    assistant: Assistant, before: str, now: str, understood: str
) -> None:
    assert assistant.ask(now, [before]).understood == understood


@pytest.mark.parametrize(
    "question", ["威海督学每年培训多少学时？", "唐山专职督学和兼职督学按什么比例配？", "责任督学多久去一次学校？唐山"]
)
def test_what_states_the_value_stands_first(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    quotes = [part for part in answer.parts if part.kind == "quote"]
    assert quotes[0].key


def test_a_place_around_a_region_does_not_pass_for_it(assistant: Assistant) -> None:
    assert facts(assistant.ask("威海市专职督学占多大比例？")) == ["威海经济技术开发区"]
    assert facts(assistant.ask("威海经开区专职督学占多大比例？")) == []


def test_places_that_are_compared_have_a_row_each_in_the_order_asked(assistant: Assistant) -> None:
    answer = assistant.ask("大足和唐山的督学每年培训学时对比")
    assert answer.compared and facts(answer) == ["重庆市大足区", "唐山市"]
    rows, lines = comparison(answer)
    assert [row.parts[0].text for row in rows][0] == "未见规定" and lines == []


def test_a_year_that_nothing_speaks_of_is_named(assistant: Assistant) -> None:
    assert "本库没有2019年的规定。" in assistant.ask("2019年的督导报告要公开吗？").text


@pytest.mark.parametrize("question", ["秀山约谈的书面记录报给谁？", "秀山约谈记录要向哪个部门备案？"])
def test_whom_an_act_reaches_is_not_cut_away(assistant: Assistant, question: str) -> None:
    assert "报送被督导单位所在地党委和政府以及上级部门备案" in assistant.ask(question).text


def test_all_who_are_silent_are_named_also_those_that_were_not_retrieved(assistant: Assistant) -> None:
    answer = assistant.ask("约谈由谁负责？")
    said = {citation.measure_id.split("/")[0] for citation in answer.citations}
    silent = [d.meta.region for d in assistant.corpus.documents if d.meta.id not in said]
    assert silent and all(region in phrases(answer) for region in silent)


def test_a_note_is_quoted_with_what_it_is_for(assistant: Assistant) -> None:
    answer = assistant.ask("秀山的督导报告责任单位是谁？")
    assert [c for c in answer.citations if "责任单位" in c.quote] and [c for c in answer.citations if "报告" in c.quote]


def test_what_was_asked_of_all_is_compared_with_a_place_that_is_not_covered(assistant: Assistant) -> None:
    answer = assistant.ask("和浙江比呢？", ["督学按什么比例配备？"])
    assert not answer.abstained and answer.compared
    assert len(facts(answer)) == len(assistant.corpus.documents) and "本库没有浙江省的文件。" in phrases(answer)
