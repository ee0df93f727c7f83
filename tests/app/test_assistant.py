"""The whole path with the real model: quotes, citations, abstentions, the same answer twice, bad input."""

from __future__ import annotations

import dataclasses

import pytest
from threadpoolctl import threadpool_info

from app.assistant import QUESTION_CAP, Assistant
from app.citation import official
from app.phrases import both_names, phrases_for
from app.types import Answer, Citation, Timing
from corpus.errors import InputError
from corpus.load import Corpus
from corpus.places import load_gazetteer
from corpus.script import fold

pytestmark = pytest.mark.integration

WHO = "谁负责约谈？"
RATIO = "督学按什么比例配备？"
QUESTIONS = (
    WHO, RATIO, "誰負責約談？", "Who is responsible for admonition talks?",
    "What ratio of inspectors to schools is required?",
    "秀山谁牵头约谈？", "威海（五）的责任单位是谁？", "唐山督学每年培训多少学时？", "挂牌督学每月要去学校几次？",
    "综合督导几年一轮？",
    "专职督学占比不低于多少？", "退休几年内可以聘为督学？", "学校超过多少人按1:1配备？", "大足哪一年达到优质均衡标准？",
    "大足什么时候接受市级评估？", "秀山设立几个教育督导责任区？", "教育督导经费由谁出？", "整改不力怎么办？",
    "督导报告要公开吗？",
    "海南省教督委主任由谁担任？", "各地怎么建立回头看机制？", "秀山第十三条", "大足的文号是什么？",
    "大足的文件公开吗？",
    "学校食堂的菜价谁来定？", "教师工资每月多少钱？", "广州谁负责约谈？", "秀山和广州的约谈有什么不同？",
)  # fmt: skip


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {question: assistant.ask(question) for question in QUESTIONS}


def stable(answer: Answer) -> Answer:
    return dataclasses.replace(answer, timing_ms=Timing(total=0, embed=0, search=0, answer=0))


def check(citation: Citation, corpus: Corpus) -> None:
    measure = corpus.measures[citation.measure_id]
    assert 0 <= citation.start < citation.end <= len(measure.text)
    assert citation.quote == measure.text[citation.start : citation.end]
    assert citation.official == official(corpus, measure)
    document = corpus.by_id[measure.document_id]
    assert citation.quote == document.clean.text[measure.start + citation.start : measure.start + citation.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_stands_in_its_measure(answers: dict[str, Answer], corpus: Corpus, question: str) -> None:
    answer = answers[question]
    for citation in (*answer.citations, *answer.nearest):
        check(citation, corpus)
    quotes = [part for part in answer.parts if part.kind == "quote"]
    assert [part.mark for part in quotes] == list(range(1, len(answer.citations) + 1))
    assert [part.text for part in quotes] == [c.quote for c in answer.citations]
    for part in quotes:
        assert all(0 <= start < end <= len(part.text) for start, end in part.key)
    assert answer.abstained == (not answer.citations)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_quotes_and_fixed_phrases_alone(answers: dict[str, Answer], corpus: Corpus, question: str) -> None:
    parts = answers[question].parts
    names = {
        both_names(document.meta, traditional, english)
        for document in corpus.documents
        for traditional, english in ((False, False), (True, False), (False, True))
    }
    assert {part.text for part in parts if part.kind == "fact"} <= names
    rest = "".join(part.text for part in parts if part.kind == "phrase").replace("\n", "")
    gazetteer = load_gazetteer()
    named = [hit.place.name for hit in (*gazetteer.find(fold(question)), *gazetteer.find_english(question.lower()))]
    fixed = [*names, *named]
    for traditional, english in ((False, False), (True, False), (False, True)):
        phrases = phrases_for(traditional, english)
        for name in phrases.__slots__:
            fixed += [piece for piece in getattr(phrases, name).split("{}") if piece.strip()]
    for piece in sorted(fixed, key=len, reverse=True):
        rest = rest.replace(piece, "")
    assert rest.strip(" ，、。：:.,") == ""


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_retrieved_exists_once(answers: dict[str, Answer], corpus: Corpus, question: str) -> None:
    retrieved = answers[question].retrieved
    assert len(set(retrieved)) == len(retrieved) <= 20 and set(retrieved) <= set(corpus.measures)
    assert {c.measure_id for c in answers[question].citations} <= set(retrieved)


def test_the_same_question_gets_the_same_answer(assistant: Assistant, answers: dict[str, Answer]) -> None:
    for question in QUESTIONS[:8]:
        assert stable(assistant.ask(question)) == stable(answers[question])


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        (WHO, {"xiushan/13", "tangshan/15", "hainan/13", "weihai/16"}),
        (RATIO, {"xiushan/16", "tangshan/18", "hainan/16", "dazu/14"}),
    ],
)
def test_the_two_questions_of_the_first_day(answers: dict[str, Answer], question: str, measures: set[str]) -> None:
    answer = answers[question]
    assert not answer.abstained
    assert measures <= {c.measure_id for c in answer.citations}


def test_the_official_string(answers: dict[str, Answer]) -> None:
    found = {c.measure_id: c.official for c in answers[WHO].citations}
    assert found["xiushan/13"] == "《深化新时代教育督导体制机制改革具体落实措施》（秀山委办发〔2021〕19号）（十三）"
    assert found["tangshan/15"] == "唐山市实施方案（原文无标题）第15项"


@pytest.mark.parametrize(
    ("question", "document", "word"),
    [
        ("唐山督学每年培训多少学时？", "tangshan", "40学时"), ("大足什么时候接受市级评估？", "dazu", "2022年4月"),
        ("秀山设立几个教育督导责任区？", "xiushan", "9个"), ("大足的文号是什么？", "dazu", "大足教发〔2021〕20号"),
        ("大足的文件公开吗？", "dazu", "不公开"), ("秀山第十三条", "xiushan", "约谈"),
    ],
)  # fmt: skip
def test_a_named_place_is_answered_from_its_document(
    answers: dict[str, Answer], question: str, document: str, word: str
) -> None:
    answer = answers[question]
    assert {c.measure_id.split("/")[0] for c in answer.citations} == {document}
    assert word in answer.text


def test_an_uncovered_place_abstains_and_names_what_is_covered(answers: dict[str, Answer], corpus: Corpus) -> None:
    answer = answers["广州谁负责约谈？"]
    assert answer.abstained and answer.citations == () and answer.nearest == ()
    assert "本库文件未见规定" in answer.text and "广州" in answer.text
    assert all(document.meta.region in answer.text for document in corpus.documents)


def test_what_nothing_rules_on_lists_the_nearest_as_nearest(answers: dict[str, Answer]) -> None:
    answer = answers["学校食堂的菜价谁来定？"]
    assert answer.abstained and "本库文件未见规定" in answer.text and answer.citations == ()
    assert answer.nearest and not any(c.quote in answer.text for c in answer.nearest)


def test_narrowing_to_a_document(assistant: Assistant) -> None:
    answer = assistant.ask(WHO, policies=["tangshan"])
    assert {c.measure_id for c in answer.citations} == {"tangshan/15"}
    assert all(measure.startswith("tangshan/") for measure in answer.retrieved)
    with pytest.raises(InputError, match="'nowhere'.*tangshan"):
        assistant.ask(WHO, policies=["nowhere"])


def test_a_follow_up(assistant: Assistant) -> None:
    answer = assistant.ask("那唐山呢？", [RATIO])
    assert "tangshan/18" in {c.measure_id for c in answer.citations} and answer.understood
    assert {c.measure_id.split("/")[0] for c in answer.citations} == {"tangshan"}


@pytest.mark.parametrize(
    "question", ["", "   ", "\n\t\u3000", "\x00\x07\x1b", "🙂🙂", "？！", "督" * 10_000, "a" * (QUESTION_CAP + 1)]
)  # fmt: skip
def test_refused_questions(assistant: Assistant, question: str) -> None:
    with pytest.raises(InputError) as caught:
        assistant.ask(question)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>", "<script>alert('约谈')</script>", "**约谈** [x](javascript:1) `$\\frac{1}{2}$`",
        "约\x00谈\u200b由\u202e谁\ufeff负责", "督" * QUESTION_CAP, "1" * QUESTION_CAP, "\ud800约谈", "' OR 1=1 --",
        "第九千九百九十九条", "1",
    ],
)  # fmt: skip
def test_odd_questions_get_an_ordinary_answer(assistant: Assistant, corpus: Corpus, question: str) -> None:
    answer = assistant.ask(question)
    for citation in (*answer.citations, *answer.nearest):
        check(citation, corpus)
    assert answer.text


def test_history_of_any_size_is_taken(assistant: Assistant) -> None:
    history = ["", "\x00", "督" * 10_000, *(["秀山督学按什么比例配备？"] * 30)]
    answer = assistant.ask("那大足呢？", history)
    assert {c.measure_id for c in answer.citations} == {"dazu/14"}


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        ("秀山和大足的督学配备比例有什么不同？", True),
        ("督学按什么比例配备？", False),
        ("大足和以前有什么不同？", False),
    ],
)
def test_an_answer_that_compares_places_says_so(assistant: Assistant, question: str, compared: bool) -> None:
    answer = assistant.ask(question)
    assert answer.compared == compared
    if compared:
        regions = [assistant.corpus.by_id[i].meta.region for i in ("xiushan", "dazu")]
        assert {part.text for part in answer.parts if part.kind == "fact"} == set(regions)


def test_what_joined_the_places_of_a_comparison_is_not_carried_over(assistant: Assistant) -> None:
    answer = assistant.ask("那唐山呢？", ["海南和大足的督学配备比例有什么不同？"])
    assert answer.understood == "唐山市：督学配备比例有什么不同"


def test_the_threads_of_numpy_leave_the_cores_to_the_model(assistant: Assistant) -> None:
    assistant.ask(WHO)
    assert [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert all(pool["num_threads"] == 1 for pool in threadpool_info() if pool["user_api"] == "blas")
