"""Documents that are not in force: said wherever one of them is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.answering import FakeAnswering
from app.clause import clause_html
from app.conversation import Turn
from app.docpage import document_html
from app.exports.plain import plain_text
from app.render import turn_html
from app.welcome import welcome_html
from app.wording import wording
from corpus.load import Corpus, load_corpus
from corpus.types import Status
from tests.app.test_render import read

WORDS = wording("zh-Hans")


def not_in_force(**status: tuple[Status, str | None]) -> Corpus:
    documents = []
    for document in load_corpus().documents:
        standing, successor = status.get(document.meta.id, ("in force", None))
        meta = replace(document.meta, status=standing, superseded_by=successor)
        documents.append(replace(document, meta=meta))
    return Corpus(tuple(documents))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return not_in_force(tangshan=("superseded", "hainan"), weihai=("repealed", None), xiushan=("draft", None))


def shown(corpus: Corpus, question: str) -> str:
    return turn_html(Turn(question, (), FakeAnswering(corpus).ask(question)), {}, WORDS)


def test_an_answer_says_which_of_its_documents_are_not_in_force(corpus: Corpus) -> None:
    text = read(shown(corpus, "谁负责约谈？")).text
    for words in ("[1] 征求意见稿，引用前请核对", "[2] 已被《關於深化", "[4] 已废止，引用前请核对"):
        assert words in text
    assert "[3] " not in text.split("秀山土家族苗族自治县：")[0]
    assert "〔已废止〕" in text


def test_documents_in_force_bring_no_banner() -> None:
    assert 'class="banner"' not in shown(load_corpus(), "谁负责约谈？")


def test_the_nearest_clauses_of_an_abstention_say_it_too(corpus: Corpus) -> None:
    near = shown(corpus, "食堂几点开饭？")
    assert "〔已被《關於深化" in near and "〔已废止〕" in near and 'class="banner"' not in near


def test_the_panel_and_the_document_page_name_the_successor(corpus: Corpus) -> None:
    for html in (
        clause_html(corpus, corpus.measures["tangshan/15"], None, WORDS),
        document_html(corpus, "tangshan", WORDS),
    ):
        assert "<strong>已被取代</strong>" in html and 'href="/doc/hainan"' in html
    repealed = clause_html(corpus, corpus.measures["weihai/16"], None, WORDS)
    assert "<strong>已废止</strong>" in repealed and "现行：" not in repealed
    assert 'class="banner"' not in clause_html(corpus, corpus.measures["hainan/13"], None, WORDS)
    assert "<dd>已废止</dd>" in document_html(corpus, "weihai", WORDS)
    assert "<strong>repealed</strong>" in document_html(corpus, "weihai", wording("en"))


def test_a_pasted_citation_says_it(corpus: Corpus) -> None:
    assert "〔已废止〕" in plain_text(FakeAnswering(corpus).ask("谁负责约谈？"))


def test_the_first_screen_says_it(corpus: Corpus) -> None:
    assert welcome_html(corpus, WORDS).count('class="badge"') == 3
    assert 'class="badge"' not in welcome_html(load_corpus(), WORDS)
