"""Rendering: everything of a user or a document is text; the parts of an answer are where they belong."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering import FakeAnswering
from app.citation import official
from app.clause import clause_html
from app.conversation import Turn, ask, clean_question, refusal
from app.docpage import document_html
from app.exports.plain import plain_text
from app.markup import Element, escape, highlight
from app.measure_html import corrections, link, read_mark
from app.messages import UNFORESEEN, failure_of
from app.render import line_count, turn_html
from app.types import Answer, AnswerPart, Citation, Timing
from app.welcome import welcome_html
from app.wording import wording
from corpus import errors
from corpus.load import Corpus, load_corpus
from corpus.types import Span

HOSTILE = (
    "<img src=x onerror=alert(1)> [点](javascript:alert(2)) ${alert(3)} {{constructor}} $$\\frac{1}{2}$$ \"'`**粗**"
)
TAGS = set("article div p span a b ol ul li button mark i h2 h3 strong nav section".split())
WORDS = wording("zh-Hans")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


class _Reader(HTMLParser):
    """Collects tags, attribute names and text of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(fragment: str) -> _Reader:
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    return reader


def hostile_answer(abstained: bool = False) -> Answer:
    citation = Citation("tangshan/15", HOSTILE, HOSTILE, 0, 5, (HOSTILE,))
    parts = (AnswerPart("fact", HOSTILE), AnswerPart("quote", HOSTILE, 1, ((0, 4),)))
    timing = Timing(1, 1, 1, 1)
    return Answer(HOSTILE, parts, abstained, (citation,), (citation,), (), timing, "f", HOSTILE)


@given(st.text())
def test_escaped_text_reads_back_as_itself(text: str) -> None:
    reader = read(f"<p>{escape(text.replace(chr(13), ''))}</p>")
    assert reader.tags == ["p"]
    assert reader.text == text.replace("\r", "")


def test_escaped_text_holds_nothing_that_a_template_engine_reads() -> None:
    assert not set("<>\"'`${}\\") & set(escape(HOSTILE))


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_highlighted_text_reads_back_as_itself(text: str, spans: list[tuple[int, int]]) -> None:
    text = text.replace("\r", "")
    layers = [(Span(min(s), max(s)), Element("mark")) for s in spans]
    assert read(highlight(text, layers)).text == text


def test_highlight_wraps_exactly_the_span() -> None:
    mark, key = Element("mark"), Element("b", "key")
    assert highlight("甲乙丙丁", [(Span(1, 3), mark)]) == "甲<mark>乙丙</mark>丁"
    assert highlight("甲乙", [(Span(0, 2), mark), (Span(0, 1), key)]) == '<mark><b class="key">甲</b>乙</mark>'


def test_an_empty_span_stands_inside_what_goes_on_around_it() -> None:
    mark, note = Element("mark"), Element("i", "erratum")
    link = Element("a", "xref", (("href", "/doc/t#1"),))
    assert highlight("甲乙丙", [(Span(0, 2), mark), (Span(1, 1), note)]) == '<mark>甲<i class="erratum"></i>乙</mark>丙'
    assert highlight("甲乙", [(Span(0, 1), mark), (Span(1, 1), note)]) == '<mark>甲</mark><i class="erratum"></i>乙'
    assert highlight("甲乙", [(Span(0, 2), link), (Span(1, 1), note)]).count("<a ") == 2
    assert Element("a", "", (("href", '"<'),)).wrap("甲") == '<a href="&quot;&lt;">甲</a>'


@pytest.mark.parametrize("abstained", [False, True])
def test_hostile_words_bring_no_element_and_no_handler(abstained: bool) -> None:
    reader = read(turn_html(Turn(HOSTILE, ("x",), hostile_answer(abstained)), {"x": HOSTILE}, WORDS))
    assert set(reader.tags) <= TAGS
    assert "data-record" not in dict(reader.attributes)
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert all((value or "").startswith("/doc/") for name, value in reader.attributes if name == "href")
    assert HOSTILE in reader.text


def test_an_answer_shows_its_key_its_marks_and_its_citations(corpus: Corpus) -> None:
    answer = FakeAnswering(corpus).ask("谁负责约谈？")
    shown = turn_html(Turn("谁负责约谈？", (), answer), {}, WORDS)
    assert '<b class="key">县政府教育督导委员会</b>' in shown
    for n, citation in enumerate(answer.citations, start=1):
        assert citation.quote == corpus.measures[citation.measure_id].text[citation.start : citation.end]
        assert f">[{n}]</a>" in shown
        assert f'data-copy="{escape(citation.official)}"' in shown
        assert citation.official in plain_text(answer)
    assert "abstained" not in shown


def test_streaming_shows_more_lines_each_time_and_citations_at_the_end(corpus: Corpus) -> None:
    turn = Turn("谁负责约谈？", (), FakeAnswering(corpus).ask("谁负责约谈？"))
    assert turn.answer is not None
    steps = [turn_html(turn, {}, WORDS, n).count('class="line"') for n in range(1, line_count(turn.answer) + 1)]
    assert steps == [1, 2, 3, 4]
    assert 'class="cited"' not in turn_html(turn, {}, WORDS, 4)
    assert 'class="cited"' in turn_html(turn, {}, WORDS)


def test_an_abstention_looks_different_and_lists_the_nearest_as_nearest(corpus: Corpus) -> None:
    shown = turn_html(Turn("食堂", (), FakeAnswering(corpus).ask("食堂几点开饭？")), {}, WORDS)
    assert 'class="reply abstained"' in shown
    assert "不是答案" in shown and 'class="cited"' not in shown


DIFFERENCE = "督学配备比例有什么不同？"


def test_a_comparison_is_a_table_with_one_row_a_place(corpus: Corpus) -> None:
    turn = ask(FakeAnswering(corpus), DIFFERENCE, (), ())
    page = turn_html(turn, {}, WORDS)
    assert page.count('<th scope="row">') == 5
    assert page.count("<td>") == 5 == page.count('class="ref"')
    assert "<table" not in turn_html(ask(FakeAnswering(corpus), "督学按什么比例配备？", (), ()), {}, WORDS)


def test_a_comparison_streams_row_by_row(corpus: Corpus) -> None:
    turn = ask(FakeAnswering(corpus), DIFFERENCE, (), ())
    assert [turn_html(turn, {}, WORDS, shown=n).count("<tr>") for n in (1, 2, 5)] == [1, 2, 5]


def test_quotes_can_be_read_in_the_script_of_the_page(corpus: Corpus) -> None:
    turn = ask(FakeAnswering(corpus), "海南的工作目标是什么？", (), ())
    assert turn.answer is not None
    page = turn_html(turn, {}, wording("zh-Hans"))
    assert "data-script" in page
    source, reader = page.index('<span class="in-source">'), page.index('<span class="in-reader" hidden>')
    assert read(page[source:reader]).text == turn.answer.citations[0].quote
    assert "习近平" in page[reader:]


def test_quotes_in_the_script_of_the_page_have_no_switch(corpus: Corpus) -> None:
    hans = ask(FakeAnswering(corpus), "督学培训多少学时？", (), ())
    assert "data-script" not in turn_html(hans, {}, wording("zh-Hans"))
    assert "data-script" in turn_html(hans, {}, wording("zh-Hant"))


def test_a_follow_up_shows_what_was_understood(corpus: Corpus) -> None:
    answer = FakeAnswering(corpus).ask("那威海呢？", ["谁负责约谈？"])
    assert "按上文理解为：</span>威海：谁负责约谈？" in turn_html(Turn("那威海呢？", (), answer), {}, WORDS)


def test_a_clause_shows_its_whole_text_its_path_its_units_and_its_neighbours(corpus: Corpus) -> None:
    measure = corpus.measures["hainan/13"]
    shown = read(clause_html(corpus, measure, Span(0, 12), WORDS))
    assert measure.text in shown.text
    assert "二、工作措施" in shown.text and "強化結果運用" in shown.text
    assert all(span.of(measure.text) in shown.text for span in measure.units)
    neighbours = [v for n, v in shown.attributes if n == "data-clause"]
    assert neighbours == ["hainan/13", "hainan/12", "hainan/14"]


def test_every_clause_reads_back_whole_with_any_mark(corpus: Corpus) -> None:
    for measure in corpus.measures.values():
        for mark in (None, Span(3, 9), Span(0, len(measure.text) + 5)):
            assert measure.text in read(clause_html(corpus, measure, mark, WORDS)).text


def test_errata_show_the_wording_of_the_source(corpus: Corpus) -> None:
    document = corpus.by_id["hainan"]
    fixes = {m.id: corrections(document, m) for m in document.measures}
    assert sum(len(f) for f in fixes.values()) == 7
    assert fixes["hainan/p1.1"][0].raw == "“長定良擊牙齒”"
    assert "長定良擊牙齒" in clause_html(corpus, corpus.measures["hainan/p1.1"], None, WORDS)


def test_an_answer_with_an_erratum_has_a_banner_from_its_first_line_on(corpus: Corpus) -> None:
    turn = Turn("海南", (), FakeAnswering(corpus).ask("海南的工作目标是什么？"))
    told = "[1] 勘误：来源文本此处作「“長定良擊牙齒”」，引文已校正。"
    for shown in (1, None):
        html = turn_html(turn, {}, WORDS, shown)
        assert read(html).text.count(told) == 1
        assert html.index('class="banner"') < html.index('class="lines"')
    assert turn.answer is not None
    near = replace(turn.answer, abstained=True, citations=(), nearest=turn.answer.citations, parts=())
    html = turn_html(replace(turn, answer=near), {}, WORDS)
    assert 'class="erratum-line"' in html and 'class="banner"' not in html


def test_the_document_page_holds_every_measure_once_under_its_anchor(corpus: Corpus) -> None:
    for document in corpus.documents:
        shown = document_html(corpus, document.meta.id, WORDS)
        reader = read(shown)
        ids = [v for n, v in reader.attributes if n == "id"]
        assert len(ids) == len(set(ids))
        assert {m.id.split("/")[1] for m in document.measures} <= set(ids)
        targets = [v or "" for n, v in reader.attributes if n == "href" and (v or "").startswith("#")]
        assert {t[1:] for t in targets} <= set(ids)
        for measure in document.measures:
            assert measure.text in reader.text


def test_the_document_page_marks_the_span_of_its_link(corpus: Corpus) -> None:
    shown = document_html(corpus, "tangshan", WORDS, "15:10-20")
    text = corpus.measures["tangshan/15"].text
    assert re.findall("<mark>(.*?)</mark>", shown) == [text[10:20]]
    assert "<mark>" not in document_html(corpus, "tangshan", WORDS, "15:20-10")


@pytest.mark.parametrize("value", [None, "", "1", "5-2", "-1-3", "1-2-3", "a-b", "1-99999999"])
def test_a_mark_that_does_not_read_is_no_mark(value: str | None) -> None:
    assert read_mark(value) is None


def test_links_and_official_strings(corpus: Corpus) -> None:
    assert link("hainan/p1.1", Span(1, 9)) == "/doc/hainan?mark=p1.1:1-9#p1.1"
    measure = corpus.measures["xiushan/13"]
    expected = "《深化新时代教育督导体制机制改革具体落实措施》（秀山委办发〔2021〕19号）（十三）"
    assert official(corpus, measure) == expected


def test_the_first_screen_names_every_document_with_its_date(corpus: Corpus) -> None:
    shown = read(welcome_html(corpus, WORDS)).text
    for document in corpus.documents:
        assert document.meta.name in shown
    assert "2021-12-22" in shown and "文中未注明" in shown and "108 条措施" in shown


@pytest.mark.parametrize("value", ["", "  \n", "？！…", "😀", None, 5, ["谁"], "\x00\u202e\ufeff"])
def test_an_empty_question_is_refused_kindly(value: object) -> None:
    assert refusal(clean_question(value)) == "failure_empty"


def test_the_length_cap_is_stated() -> None:
    assert refusal("问" * 2000) is None
    assert refusal("问" * 2001) == "failure_too_long"
    assert "2000" in WORDS("failure_too_long") and "2000" in WORDS("js_too_long")


def test_control_characters_are_stripped() -> None:
    assert clean_question("谁\x1b[31m负\x00责\n约\u202e谈\ud800？") == "谁[31m负责 约谈？"


def test_every_error_becomes_one_chinese_sentence(corpus: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.DudaoError)]
    # which sentence is chosen depends on the kind alone
    made = [kind.__new__(kind, "secret detail") for kind in kinds if kind is not errors.DudaoError]
    sentences = [WORDS(failure_of(error)) for error in made]
    assert all(s.endswith("。") and s.count("。") == 1 and "secret" not in s for s in sentences)
    fake = FakeAnswering(corpus)
    foreseen = ask(fake, "错误演示", (), ()).failure
    assert foreseen == failure_of(errors.IndexDamagedError(""))
    assert ask(fake, "崩溃演示", (), ()).failure == UNFORESEEN
    assert "Traceback" in caplog.text


def test_a_refused_question_is_not_asked(corpus: Corpus) -> None:
    fake = FakeAnswering(corpus)
    assert ask(fake, " \n", (), ()).failure == "failure_empty"
    assert ask(fake, "问" * 2001, (), ()).failure == "failure_too_long"
    assert fake.calls == []


def test_history_is_cleaned_and_unknown_documents_are_left_out(corpus: Corpus) -> None:
    fake = FakeAnswering(corpus)
    ask(fake, "那威海呢？", ("weihai", "nowhere"), ("谁负责\n约谈？", " ", "问" * 2001))
    assert fake.calls == [("那威海呢？", ("谁负责 约谈？",), ("weihai",))]
