"""Questions as understood: places, years, what is asked for, and what a follow-up carries over."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ask_kinds import ask_kinds, wanted_values
from app.assemble import build_parser
from app.read_question import QuestionParser
from corpus.glossary import load_glossary, load_taiwan_words
from corpus.load import load_corpus
from index.concepts import Concepts
from index.open import OpenIndex
from index.search_text import SearchText


def made() -> QuestionParser:
    search_text = SearchText(load_taiwan_words())
    index = cast(OpenIndex, SimpleNamespace(search_text=search_text))  # all that a parser takes from an index
    return build_parser(load_corpus(), index, Concepts(load_glossary(), search_text))


PARSER = made()
DOCUMENTS = {document.meta.id for document in load_corpus().documents}


@pytest.mark.parametrize(
    ("question", "documents", "uncovered"),
    [
        ("谁负责约谈？", (), ()), ("秀山谁负责约谈？", ("xiushan",), ()),
        ("大足和唐山的督学比例", ("dazu", "tangshan"), ()),
        ("重庆市大足区怎么配督学", ("dazu",), ()), ("威海经开区每年培训多少学时", ("weihai",), ()),
        ("威海经济技术开发区的约谈", ("weihai",), ()), ("海口市谁约谈", ("hainan",), ()), ("瓊的督學", ("hainan",), ()),
        ("What is the ratio in Dazu?", ("dazu",), ()), ("广州谁负责约谈？", (), ("广州市",)),
        ("廣州市誰負責約談？", (), ("广州市",)), ("北京和上海的约谈", (), ("北京市", "上海市")),
        ("Who holds talks in Guangzhou?", (), ("Guangzhou",)), ("重庆的督学怎么配", (), ("重庆市本级",)),
        ("威海市环翠区的督学", (), ("环翠区",)), ("秀山和广州的约谈", ("xiushan",), ("广州市",)),
        ("《威海市实施意见》是什么", (), ()), ("县里和镇里谁来管", (), ()),
    ],
)  # fmt: skip
def test_places(question: str, documents: tuple[str, ...], uncovered: tuple[str, ...]) -> None:
    parsed = PARSER.parse(question)
    assert (parsed.documents, parsed.uncovered) == (documents, uncovered)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("大足2021年的工作", (2021,)), ("二〇二二年的目标", (2022,)), ("22年的工作", (2022,)),
        ("2021年和2022年的工作", (2021, 2022)),
        ("厅字〔2020〕1号是什么", (2020,)), ("约谈", ()), ("退休5年内", ()), ("1800人以上的学校", ()),
    ],
)  # fmt: skip
def test_years(question: str, years: tuple[int, ...]) -> None:
    assert PARSER.parse(question).years == years


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("谁负责约谈？", "who"), ("主任由何人担任", "who"), ("约谈谁牵头", "lead"), ("责任单位是哪家", "responsible"),
        ("督学按什么比例配备", "ratio"),
        ("多久督导一次", "frequency"), ("什么时候完成", "date"), ("有多少学时", "number"), ("文号是什么", "docfact"),
        ("包括哪些部门", "list"), ("有哪三项", "list"), ("什么情况下约谈", "condition"),
        ("不整改会怎样", "consequence"),
        ("怎么复查", "procedure"),
        ("要不要公开", "yes_no"), ("两地有什么不同", "compare"), ("什么是挂牌督导", "definition"),
        ("为什么要约谈", "why"),
        ("who is in charge?", "who"), ("how often?", "frequency"), ("what is the ratio?", "ratio"),
        ("how many hours?", "number"),
    ],
)  # fmt: skip
def test_kinds(question: str, kind: str) -> None:
    assert kind in PARSER.parse(question).kinds


@pytest.mark.parametrize(
    ("question", "kinds", "units"),
    [
        ("每年培训多少学时", {"count", "frequency"}, {"学时"}), ("专职督学占百分之几", {"percent"}, set()),
        ("按什么比例配", {"ratio", "percent"}, set()),
        ("督学年龄有什么要求", {"count"}, {"岁"}), ("督学工资多少钱", {"count", "frequency"}, {"元", "万元"}),
        ("扣多少补贴", {"count", "frequency"}, {"元", "万元"}),
        ("which budget amount did Xiushan set aside?", {"count", "frequency"}, {"元", "万元"}),
        ("大足文号是什么", {"own_number"}, set()), ("得有多少学生才算大校", {"count", "frequency"}, {"人", "名"}),
        ("what is the reference number of the notice that it was drawn up to implement?", {"document"}, {"〔"}),
        ("What is the Weihai document's own number?", {"own_number"}, set()),
        ("hainan implementation plan document number", {"own_number"}, set()),
        ("至少几次", {"frequency", "count"}, {"次", "轮"}),
        ("秀山哪天印发的", {"own_date"}, set()), ("大足的文件公开吗", {"openness"}, set()),
        ("大足抄送给谁", {"copies"}, set()),
        ("哪一年完成", {"date", "own_date"}, set()),
        ("how many hours of training?", {"count", "frequency"}, {"学时"}),
        ("what is the minimum number of inspectors?", {"count", "frequency"}, {"人", "名"}),
        ("what satisfaction rate must schools reach?", {"percent"}, set()), ("满意度要达到多少", {"percent"}, set()),
        ("约谈要提前几天通知", {"duration"}, {"天", "日"}), ("收到通知后几个工作日内答复", {"duration"}, {"天", "日"}),
        ("这份落实措施的文号是什么", {"own_number"}, set()), ("落实的是哪份文件，文号是什么", {"document"}, {"〔"}),
    ],
)  # fmt: skip
def test_wanted_values(question: str, kinds: set[str], units: set[str]) -> None:
    (want,) = PARSER.parse(question).wants
    assert (set(want.kinds), set(want.units)) == (kinds, units)


@pytest.mark.parametrize(
    "question",
    ["几所学校配一名督学", "每所学校配几名督学", "一个专职督学管几所学校", "how many inspectors per school?",
     "one inspector for how many schools?"],
)  # fmt: skip
def test_so_many_for_each_may_be_said_as_a_ratio(question: str) -> None:
    kinds = [set(want.kinds) for want in PARSER.parse(question).wants]
    assert len(kinds) == 2 and "count" in kinds[0] and kinds[1] == {"ratio"}


@pytest.mark.parametrize("question", ["how many times per year?", "每年督导几次", "一学期几次"])
def test_so_often_is_no_ratio(question: str) -> None:
    assert not any("ratio" in want.kinds for want in PARSER.parse(question).wants)


@pytest.mark.parametrize(
    "question",
    ["要改的几条没改会怎样", "整改拖了几个月没弄完会怎样", "十几个人来督导合适吗",
     "a number of inspectors", "who decides the number of inspectors in each zone?", "查疫情是抽几所学校看看还是全查",
     "是抽查几所学校,还是所有学校都查", "几个地方的说法都给我看看", "什么样的单位会被约谈?列几条给我",
     "一个人兼管好几所学校行吗", "常委会第几次会议通过的", "评幼儿园看哪几块",
     "督导能占用上课时间吗",
     "专职督学的比例要不要提高", "what is checked when the province inspects schools?",
     "who holds the talk when a school fails?",
     "do good results pay off?", "who bears the costs of inspectors?", "do departments share data?"],
)  # fmt: skip
def test_words_that_only_sound_like_a_value_want_none(question: str) -> None:
    assert PARSER.parse(question).wants == ()


@pytest.mark.parametrize(
    "question", ["When was it adopted?", "Since when has it been in force?", "Who and when?", "when?"]
)
def test_when_asks_for_a_date_where_it_asks(question: str) -> None:
    (want,) = PARSER.parse(question).wants
    assert "date" in want.kinds


@pytest.mark.parametrize("question", ["谁负责约谈？", "怎么复查", "有哪些措施"])
def test_nothing_of_a_kind_is_wanted_where_no_value_is_asked_for(question: str) -> None:
    assert PARSER.parse(question).wants == ()


@pytest.mark.parametrize(("question", "numbers"), [("秀山第十三条", (13,)), ("唐山（十五）", (15,)), ("约谈", ())])
def test_measure_numbers(question: str, numbers: tuple[int, ...]) -> None:
    assert PARSER.parse(question).numbers == numbers


def test_language_and_script() -> None:
    assert PARSER.parse("誰負責約談？").traditional and not PARSER.parse("谁负责约谈？").traditional
    assert PARSER.parse("Who holds talks?").english and not PARSER.parse("谁负责约谈？").english
    assert PARSER.parse("誰負責約談？").text == PARSER.parse("谁负责约谈？").text
    assert PARSER.parse("督导责认区有几个").text.startswith("督导责任区")


def test_a_place_alone_puts_the_question_again_for_that_place() -> None:
    parsed = PARSER.parse("那威海呢？", ["秀山督学按什么比例配备？"])
    assert (parsed.documents, "ratio" in parsed.kinds, parsed.wants != ()) == (("weihai",), True, True)
    assert "比例" in parsed.topic and parsed.understood and "威海" in parsed.understood


def test_a_comparison_holds_both_places() -> None:
    parsed = PARSER.parse("和大足比呢？", ["秀山督学按什么比例配备？"])
    assert parsed.documents == ("xiushan", "dazu") and {"compare", "ratio"} <= parsed.kinds


def test_a_short_question_keeps_place_and_topic() -> None:
    parsed = PARSER.parse("谁牵头？", ["威海怎么约谈？"])
    assert parsed.documents == ("weihai",) and "约谈" in parsed.context and "lead" in parsed.kinds


def test_a_follow_up_for_an_uncovered_place_stays_uncovered() -> None:
    parsed = PARSER.parse("那广州呢？", ["威海怎么约谈？"])
    assert (parsed.documents, parsed.uncovered) == ((), ("广州市",))


def test_a_new_topic_carries_nothing_over() -> None:
    parsed = PARSER.parse("另外问一下，经费谁出？", ["威海怎么约谈？"])
    assert (parsed.documents, parsed.context, parsed.understood) == ((), "", None)


def test_a_chain_of_follow_ups() -> None:
    parsed = PARSER.parse("那大足呢？", ["秀山谁负责约谈？", "那威海呢？"])
    assert parsed.documents == ("dazu",) and "约谈" in parsed.topic and "who" in parsed.kinds


def test_what_is_shown_as_understood_names_the_new_place_alone() -> None:
    understood = PARSER.parse("那大足呢？", ["秀山谁负责约谈？", "那威海呢？"]).understood or ""
    assert "大足" in understood and "威海" not in understood and "秀山" not in understood


WORDS = (
    "谁 约谈 督学 比例 秀山 威海 广州 那 呢 和 比 2021年 第 十三 条 的 ？ 《 》 who talks in dazu 　 😀 \u200b".split(
        " "
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), st.lists(st.sampled_from(WORDS), max_size=4))
def test_anything_is_parsed_the_same_way_twice(question: str, history: list[str]) -> None:
    parsed = PARSER.parse(question, history)
    assert parsed == PARSER.parse(question, history)
    assert set(parsed.documents) <= DOCUMENTS and parsed.raw == question


@pytest.mark.parametrize(
    ("question", "openness"),
    [
        ("大足的文件公开吗", True),
        ("这份要点能不能对外公开", True),
        ("督导报告要公开吗", False),
        ("挂牌督学的联系方式要公开吗", False),
        ("问责结果是否对外公布", False),
    ],
)
def test_what_a_document_lays_open_is_not_the_document(question: str, openness: bool) -> None:
    wants = wanted_values(question, ask_kinds(question))
    assert any("openness" in want.kinds for want in wants) == openness


@pytest.mark.parametrize(("question", "place"), [("青岛督学的退休年限", "青岛市"), ("青岛 督学 聘用", "青岛市")])
def test_a_place_is_no_slip_of_a_word_of_the_field(question: str, place: str) -> None:
    parsed = PARSER.parse(question)
    assert "青岛" in parsed.text
    assert place in parsed.uncovered


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("帮我写一首赞美督学的诗", True), ("请帮忙起草一份约谈通知书", True), ("写整改报告", True),
        ("把这条翻译成英文", True), ("Write a Python function that sorts inspectors", True),
        ("Please draft a letter to the principal", True),
        ("帮我看看督导工作一年几次？", False), ("整改报告谁写？", False), ("督导报告由谁起草", False),
        ("写一份督导报告要几天", False),
        ("Code of conduct for inspectors", False), ("draft reports: who approves them", False),
    ],
)  # fmt: skip
def test_what_is_to_be_written_is_no_question(question: str, written: bool) -> None:
    assert ("write" in PARSER.parse(question).kinds) == written


@pytest.mark.parametrize(
    ("question", "years"),
    [("退休10年的专家", ()), ("一所1900名学生的学校", ()), ("21年的工作要点", (2021,)), ("2019年的报告", (2019,))],
)
def test_what_is_no_year(question: str, years: tuple[int, ...]) -> None:
    assert PARSER.parse(question).years == years


def test_a_follow_up_without_a_place_has_no_colon() -> None:
    assert PARSER.parse("专职的呢", ["督学按什么比例配备？"]).understood == "督学按什么比例配备——专职的呢"


@pytest.mark.parametrize(
    ("question", "uncovered"),
    [("杭洲的挂牌督学一个月进校几次？", ("杭州市",)), ("永穿区怎么督导", ("永川区",)), ("掌声的比例", ())],
)
def test_a_place_slipped_over_at_the_beginning_is_that_place(question: str, uncovered: tuple[str, ...]) -> None:
    assert PARSER.parse(question).uncovered == uncovered


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Quick one before the meeting: who heads it? What do the various documents say?", "who heads it"),
        ("Quick question how many hours of training?", "how many hours of training"),
        ("What does the document say about talks?", "what does the document say about talks"),
    ],
)
def test_what_is_said_around_an_english_question_is_left_out(question: str, asked: str) -> None:
    assert PARSER.parse(question).asked == asked


@pytest.mark.parametrize(
    ("before", "now", "carried"),
    [
        ("威海经开区退休几年内的人能当督学？", "唐山放宽到几年？", True),
        ("海南专职督学占比不能低于多少？", "唐山也有个最低线吗？", True),
        ("海南专职督学占比不能低于多少？", "唐山今天天气怎样？", False),
    ],
)  # fmt: skip
def test_a_few_words_about_another_place_carry_the_matter_over(before: str, now: str, carried: bool) -> None:
    parsed = PARSER.parse(now, [before])
    assert parsed.documents == ("tangshan",) and ("督学" in parsed.query) == carried


@pytest.mark.parametrize(
    ("question", "kind"),
    [("写在哪一条里", "list"), ("任何人都能参加吗", "who"), ("理由何在", "who"), ("为何人手不足", "who")],
)
def test_kinds_that_only_sound_alike(question: str, kind: str) -> None:
    assert kind not in PARSER.parse(question).kinds
