"""Exports: each format says the same, with date, index version and access label, and text stays text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from app.answering import FakeAnswering
from app.conversation import Turn
from app.exports.docx import docx as to_docx
from app.exports.markdown import markdown
from app.exports.rich import rich_text
from app.exports.sheet import Sheet, make_sheet
from app.feedback import ListedFeedback
from app.record import to_record
from app.server import create_app
from app.types import Answer, AnswerPart
from app.wording import wording
from corpus.load import Corpus, load_corpus
from tests.app.test_render import HOSTILE, hostile_answer, read

NOW = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))
WORDS = wording("zh-Hans")
ATTACKS = (
    HOSTILE,
    '=HYPERLINK("http://attacker.example")',
    "<img src=x onerror=alert(1)>",
    "![](http://attacker.example/?q=1) [点](javascript:alert(2))",
    "www.attacker.example http://attacker.example mail@attacker.example",
    "# 标题\n- 列\n1. 甲\n> 引\n```\n---\n| a | b |",
    "MERGEFIELD \x00\x0b\ufffe\ud800 &amp; ]]>",
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="module")
def client(corpus: Corpus) -> Iterator[TestClient]:
    with TestClient(create_app(FakeAnswering(corpus), ListedFeedback()), base_url="http://127.0.0.1") as client:
        yield client


def turn_of(corpus: Corpus, question: str, history: tuple[str, ...] = ()) -> Turn:
    return Turn(question, (), FakeAnswering(corpus).ask(question, history), None, "0a1b", "2026-07-01T09:28:11+08:00")


def sheet_of(corpus: Corpus, *questions: str) -> Sheet:
    return make_sheet([turn_of(corpus, q) for q in questions], corpus, WORDS, NOW)


def words_in(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def reads_as(text: str) -> str:
    """What a reader of the Markdown sees, without any element."""
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert not re.search("<(a|img|script|code|pre|table|input|em|del)\\b", html), html
    return read(html).text


@pytest.mark.parametrize("question", ["谁负责约谈？", "食堂几点开饭？"])
def test_both_files_hold_the_answer_its_citations_and_what_it_was_made_from(corpus: Corpus, question: str) -> None:
    sheet = sheet_of(corpus, question)
    answer = sheet.turns[0].answer
    assert answer is not None
    for text in (words_in(to_docx(sheet)), reads_as(markdown(sheet))):
        for wanted in (question, "2026-07-01 09:30", "2026-07-01 09:28", "fake", *facts_of(answer)):
            assert wanted in text


def facts_of(answer: Answer) -> list[str]:
    shown = [*answer.citations, *answer.nearest]
    return [*(c.official for c in shown), *(c.quote for c in shown), *(["未见规定"] if answer.abstained else [])]


def test_the_strictest_label_is_printed(corpus: Corpus) -> None:
    assert sheet_of(corpus, "大足的评估监测有哪些？").access == "internal"
    assert sheet_of(corpus, "督学按什么比例配备？").access == "internal"
    assert sheet_of(corpus, "谁负责约谈？").access == "unmarked"
    public = sheet_of(corpus, "海南的工作目标是什么？")
    assert public.access == "public"
    assert "公开发布" in words_in(to_docx(public)) and "公开发布" in markdown(public)
    footer = docx.Document(io.BytesIO(to_docx(sheet_of(corpus, "大足的评估监测有哪些？")))).sections[0].footer
    assert "此件不公开" in footer.paragraphs[0].text


def test_a_correction_is_told(corpus: Corpus) -> None:
    sheet = sheet_of(corpus, "海南的工作目标是什么？")
    for text in (words_in(to_docx(sheet)), reads_as(markdown(sheet))):
        assert "勘误：来源文本此处作「“長定良擊牙齒”」" in text


def test_deciding_words_are_bold(corpus: Corpus) -> None:
    document = docx.Document(io.BytesIO(to_docx(sheet_of(corpus, "谁负责约谈？"))))
    bold = [run.text for p in document.paragraphs for run in p.runs if run.bold]
    assert "县政府教育督导委员会" in bold
    answer = FakeAnswering(corpus).ask("谁负责约谈？")
    assert "<b>县政府教育督导委员会</b>" in rich_text(answer, WORDS)


def test_failed_turns_are_left_out_and_versions_named_once(corpus: Corpus) -> None:
    turn = turn_of(corpus, "谁负责约谈？")
    assert turn.answer is not None
    newer = replace(turn, answer=replace(turn.answer, index_fingerprint="020875edf1fdd916"))
    sheet = make_sheet([turn, Turn("问", (), None, "failure_model"), newer, newer], corpus, WORDS, NOW)
    assert len(sheet.turns) == 3
    assert sheet.indexes == ("fake", "020875edf1fdd916")
    assert "fake、020875edf1fd" in sheet.facts[1]


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(corpus: Corpus, attack: str) -> None:
    answer = replace(hostile_answer(), question=attack, parts=(AnswerPart("phrase", attack),), understood=attack)
    sheet = Sheet((Turn(attack, (), answer),), WORDS, NOW, None, ("f",))
    data = to_docx(sheet)
    document = docx.Document(io.BytesIO(data))
    xml = document.element.xml
    assert not re.search("<w:(hyperlink|fldSimple|fldChar|instrText|object|drawing)\\b", xml)
    kept = [line.strip() for line in re.sub("[\x00\x0b\ufffe\ud800]", "", attack).split("\n")]
    assert all(line in words_in(data) for line in kept)
    shown = re.sub("[\x00\x0b\ufffd\ufffe\ud800]", "", reads_as(markdown(sheet)))
    assert all(re.sub(r"\s+", "", line) in re.sub(r"\s+", "", shown) for line in kept)


@given(st.text(alphabet=st.sampled_from("甲1.-+*_#>`~|![](){}<>&\\\n =:@$^w/hpts"), min_size=1, max_size=40))
def test_any_text_reads_back_from_markdown(text: str) -> None:
    answer = replace(hostile_answer(), parts=(AnswerPart("phrase", text),), citations=(), nearest=(), understood=None)
    shown = reads_as(markdown(Sheet((Turn("问", (), answer),), WORDS, NOW, None, ("f",))))
    assert re.sub(r"\s+", "", text) in re.sub(r"\s+", "", shown)


def test_rich_text_is_text_and_style_alone() -> None:
    reader = read(rich_text(hostile_answer(abstained=True), WORDS))
    assert set(reader.tags) <= {"div", "p", "b", "br"}
    assert {name for name, _ in reader.attributes} == {"style"}
    assert HOSTILE in reader.text


def body(corpus: Corpus, *questions: str) -> dict[str, Any]:
    return {"turns": [to_record(turn_of(corpus, q)).model_dump() for q in questions]}


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_files_have_chinese_names_with_the_date(client: TestClient, corpus: Corpus, kind: str) -> None:
    one = client.post(f"/export/{kind}", json=body(corpus, "谁负责约谈？"))
    assert one.status_code == 200
    name = unquote(one.headers["content-disposition"].split("UTF-8''")[1])
    assert re.fullmatch(rf"督导问策 谁负责约谈？ \d{{4}}-\d\d-\d\d\.{kind}", name)
    many = client.post(f"/export/{kind}", json=body(corpus, "谁负责约谈？", "食堂几点开饭？"))
    assert "对话" in unquote(many.headers["content-disposition"])


def test_exports_speak_the_language_of_the_page(client: TestClient, corpus: Corpus) -> None:
    client.cookies.set("dudao_language", "en")
    shown = client.post("/export/md", json=body(corpus, "食堂几点开饭？")).text
    client.cookies.clear()
    assert "Index version: fake" in shown and "No rule found" in shown


def test_a_forged_quote_is_not_exported(client: TestClient, corpus: Corpus) -> None:
    forged = body(corpus, "谁负责约谈？")
    forged["turns"][0]["answer"]["citations"][0]["quote"] = "由校长负责"
    assert client.post("/export/docx", json=forged).status_code == 409
    assert client.post("/clipboard", json=forged["turns"][0]).status_code == 409


@pytest.mark.parametrize("sent", [{}, {"turns": []}, {"turns": [{"question": "问"}] * 201}, {"turns": "x"}])
def test_what_is_no_conversation_is_refused(client: TestClient, sent: dict[str, object]) -> None:
    assert client.post("/export/docx", json=sent).status_code == 422


def test_an_unknown_format_is_refused(client: TestClient, corpus: Corpus) -> None:
    assert client.post("/export/exe", json=body(corpus, "谁负责约谈？")).status_code == 422


def test_the_clipboard_gets_both_forms(client: TestClient, corpus: Corpus) -> None:
    forms = client.post("/clipboard", json=body(corpus, "谁负责约谈？")["turns"][0]).json()
    assert forms["plain"].startswith("问：谁负责约谈？\n答：") and "[4]" in forms["plain"]
    assert forms["html"].startswith("<div style=")


def test_a_comparison_is_a_table_in_every_format(corpus: Corpus) -> None:
    turn = turn_of(corpus, "督学配备比例有什么不同？")
    sheet = make_sheet([turn], corpus, WORDS, NOW)
    assert turn.answer is not None
    regions = [corpus.by_id[c.measure_id.split("/")[0]].meta.region for c in turn.answer.citations]
    table = docx.Document(io.BytesIO(to_docx(sheet))).tables[0]
    assert [row.cells[0].text for row in table.rows] == regions
    quotes = [f"{c.quote}[{n}]" for n, c in enumerate(turn.answer.citations, 1)]
    assert [row.cells[1].text for row in table.rows] == quotes
    html = MarkdownIt("commonmark").enable("table").render(markdown(sheet))
    assert html.count("<tr>") == 1 + len(regions)
    assert rich_text(turn.answer, WORDS).count("<tr>") == len(regions)
