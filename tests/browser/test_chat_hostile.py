"""Markup in questions and in documents shows as text and does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from app.types import Answer, AnswerPart, Citation
from corpus.load import Corpus, load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]

ATTACKS = (
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "[点这里](javascript:window.hacked=1)",
    "![](http://attacker.example/?q=1)",
    "<svg onload=window.hacked=1>",
    "${window.hacked=1} {{constructor}} `window.hacked=1`",
    "$$\\frac{1}{2}$$ \\(x\\)",
    '" onmouseover="window.hacked=1" x="',
)
PAYLOAD = "约谈" + " ".join(ATTACKS)


class HostileAnswering:
    """Answers with a clause of a document whose text is an attack, in every field that the page shows."""

    def __init__(self, corpus: Corpus) -> None:
        documents = []
        for document in corpus.documents:
            first = replace(document.measures[1], text=PAYLOAD, heading=ATTACKS[0], units=(), note=None)
            documents.append(replace(document, measures=(document.measures[0], first, *document.measures[2:])))
        self.corpus = Corpus(tuple(documents))
        self._fake = FakeAnswering(corpus)

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        measure = self.corpus.by_id["dazu"].measures[1]
        citation = Citation(measure.id, PAYLOAD, PAYLOAD, 0, len(PAYLOAD), (PAYLOAD,))
        parts = (AnswerPart("quote", PAYLOAD, 1, ((0, 9),)),)
        answer = self._fake.ask("谁负责约谈？")
        return replace(answer, parts=parts, citations=(citation,), nearest=(citation,), understood=PAYLOAD)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(HostileAnswering(load_corpus())) as url:
        yield url


def test_attacks_in_question_and_document_show_as_text(page: Page, url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    open_chat(page, url)
    ask(page, PAYLOAD)
    expect(page.locator(f"{LAST} .question")).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .line .quote")).to_have_text(PAYLOAD)
    page.locator(f"{LAST} a.ref").click()
    expect(page.locator("#clause .clause-text")).to_have_text(PAYLOAD)
    page.locator("#clause").hover()
    ask(page, "第二个问题")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".turn img, .turn svg, .turn script, .turn math, .turn .katex, #clause img").count() == 0
    assert not [u for u in asked if "attacker" in u]
    assert page.locator("[href^='javascript:']").count() == 0


def test_attacks_do_nothing_on_the_document_page(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/dazu?mark=1:0-<script>window.hacked=1</script>#1")
    expect(page.locator("main")).to_contain_text(ATTACKS[0])
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script").count() == 0


def test_even_markup_that_got_through_would_not_run(page: Page, url: str) -> None:
    """The second line of defence: the page's Content-Security-Policy."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    open_chat(page, url)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/none onerror=\"window.hacked=1\">')")
    expect(page.locator("img[src='/none']")).to_be_attached()
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.hacked=1'}))")
    page.wait_for_function("true")
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in text for text in refused)
