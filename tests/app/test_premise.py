"""What a question takes for granted and its document states otherwise is put right with a citation."""

from __future__ import annotations

import pytest

from app.assistant import Assistant

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("question", "measure", "value"),
    [
        ("唐山退休10年的专家当督学发多少工资？", "tangshan/18", "不超过5年"),
        ("威海督学每年集中培训80学时，食宿标准多少钱一天？", "weihai/8", "不少于40学时"),
        ("唐山专职和兼职督学1:20，多出来的兼职工资谁发？", "tangshan/18", "1∶10"),
        ("秀山12个教育督导责任区各在哪里办公？", "xiushan/1", "9个"),
        ("大足督导幼儿园看八个方面，后面三个是哪三个？", "dazu/12", "五个方面"),
        ("唐山要求挂牌督学每周到校一次，是哪一条写的？", "tangshan/7", "每月不得少于1次"),  # of another period
        ("威海经开区把教育督导委员会办公室设在公安分局，是出于什么考虑？", "weihai/3", "设在教育分局"),
        ("唐山为什么取消了对学校负责人的约谈？", "tangshan/15", "进行约谈"),
        ("海南规定问责结果一律不得公开，那家长怎么知道？", "hainan/15", "向社會公布"),
        ("唐山市规定教育督导报告一律不得公开，泄露者如何处分？", "tangshan/10", "向社会公开"),
        ("唐山为啥把教育督导委员会办公室放在财政局？", "tangshan/2", "设在市教育局"),
        ("海南规定专职督学不低于一半，为啥定这么高？", "hainan/16", "不低於20%"),
        ("海南省取消了校长任期结束时的综合督导，改用什么办法来替代？", "hainan/5", "綜合督導"),
        ("秀山停掉督学回避制度以后，改用什么办法了？", "xiushan/17", "回避"),
        ("唐山为什么让市长亲自担任督导委员会主任？", "tangshan/1", "分管教育工作的副市长担任"),
        ("海南省教督委主任由省长担任，副主任是谁？", "hainan/1", "副省長擔任"),
        ("威海经开区督导委主任为什么由区长担任？", "weihai/3", "分管教育的领导同志任"),
    ],
)
def test_an_abstention_quotes_what_the_document_states_instead(
    assistant: Assistant, question: str, measure: str, value: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert [c.measure_id for c in answer.citations] == [measure]
    assert value in answer.citations[0].quote
    assert answer.nearest and measure not in [c.measure_id for c in answer.nearest]
    text = assistant.corpus.measures[measure].text
    assert text[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote
    assert answer.text == f"所问与文件不符，文件写的是：{answer.citations[0].quote}[1]" and answer.corrects


@pytest.mark.parametrize(
    ("question", "measure", "value"),
    [
        ("Xiushan set up twelve supervision districts; which one is the twelfth responsible for?", "xiushan/1", "9个"),
        ("Why did Tangshan scrap its inspector training?", "tangshan/20", "每年培训不少于40学时"),
        ("Since the Weihai zone demands 80 hours of training a year, who pays for the meals?", "weihai/8", "40学时"),
    ],
)
def test_an_english_question_is_put_right_too(assistant: Assistant, question: str, measure: str, value: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and answer.corrects
    assert [c.measure_id for c in answer.citations] == [measure] and value in answer.citations[0].quote


def test_the_frame_is_in_the_script_of_the_question(assistant: Assistant) -> None:
    answer = assistant.ask("唐山專職和兼職督學1:20，多出來的兼職工資誰發？")
    assert answer.abstained and "所問與文件不符，文件寫的是：" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "唐山专职和兼职督学1:10，兼职督学工资谁发多少钱？",  # the document's own value
        "督学每年集中培训80学时，食宿标准多少钱一天？",  # no place: nothing is contradicted for sure
        "教师工资每月5000元够不够？",  # nothing of the kind is stated
        "唐山市督学任期五年对吗？",  # years of another matter
        "唐山的督导委员会主任由副市长担任，任期几年？",  # the document's own holder
        "唐山督学办公用房设在哪栋楼？",  # asks for the seat
        "唐山：督学3年没干满能退出吗",  # years of another matter, with one word in common
        "唐山每周一次的食堂检查由哪家公司来做？",  # a frequency of another matter
        "唐山为什么让市长亲自担任消防委员会委员长？",  # of no post that is stated
    ],
)
def test_nothing_is_put_right_where_nothing_is_contradicted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained and answer.citations == ()


@pytest.mark.parametrize(
    "question",
    [
        "民办学校出现什么情况，唐山会吊销办学许可证？",  # nothing is said to be done away with
        "唐山的民办学校是不是不归督导管？",  # asks whether
        "I retired four years ago from a school in Tangshan; could I become an inspector?",  # the asker's own years
        "秀山9个督导责任区负责什么？",  # the document's own value
        "唐山教育督导委员会主任由分管教育的副市长担任，副主任有哪些人？",  # the document's holder in other words
        "唐山督导委员会办公室设在教育局里面，承担什么工作？",  # its seat in other words
        "What does one of the nine zones in Xiushan supervise?",  # one of them is no number of zones
    ],
)
def test_what_is_answerable_is_answered(assistant: Assistant, question: str) -> None:
    assert not assistant.ask(question).abstained
