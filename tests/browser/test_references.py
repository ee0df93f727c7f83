"""Cross references are links: in the panel to the clause or a page of its own, on the document page to its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from corpus.load import Corpus, load_corpus
from corpus.types import Measure, Reference, Span
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
CITED = "威海经济技术开发区深化新时代教育督导体制机制改革的实施意见"
BEHIND = f"按第十六项办理。依照《{CITED}》第（六）项办理。"


def referring(measure: Measure) -> Measure:
    """The measure with two references at its end: to the next one, and to a measure of another document."""
    at = len(measure.text) + 1
    return replace(measure, text=measure.text + BEHIND, references=(Reference(Span(at, at + 4), "tangshan/16"),))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    corpus = load_corpus()
    documents = [
        replace(d, measures=tuple(referring(m) if m.id == "tangshan/15" else m for m in d.measures))
        for d in corpus.documents
    ]
    with serving(FakeAnswering(Corpus(tuple(documents)))) as url:
        yield url


def test_a_reference_opens_in_the_panel_and_the_way_back_is_there(page: Page, url: str) -> None:
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    page.locator(f"{LAST} a.ref").nth(1).press("Enter")
    title = page.locator("#clause .clause-title")
    expect(title).to_have_text("15.严肃约谈制度")
    page.locator("#clause").get_by_role("link", name="第十六项").press("Enter")
    expect(title).to_have_text("16.建立通报制度")
    expect(title).to_be_focused()
    page.locator("#clause a.prev").click()
    page.locator("#clause").get_by_role("link", name="第（六）项").click()
    expect(title).to_contain_text("（六）")
    expect(page.locator("#clause .clause-doc")).to_contain_text(CITED)
    page.keyboard.press("Escape")
    expect(page.locator(f"{LAST} a.ref").nth(1)).to_be_focused()


def test_a_document_that_is_named_opens_beside_the_conversation(page: Page, url: str) -> None:
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    page.locator(f"{LAST} a.ref").nth(1).click()
    with page.context.expect_page() as opened:
        page.locator("#clause").get_by_role("link", name=f"《{CITED}》").click()
    expect(opened.value.locator("h1")).to_have_text(CITED)
    expect(page.locator(f"{LAST} .cited li")).to_have_count(4)


def test_references_on_the_document_page_lead_to_their_places(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/tangshan#15")
    page.locator("[id='15']").get_by_role("link", name="第十六项").click()
    expect(page.locator("[id='16']")).to_be_in_viewport()
    page.locator("[id='15']").get_by_role("link", name="第（六）项").click()
    expect(page.locator("h1")).to_have_text(CITED)
    expect(page.locator("[id='6']")).to_be_in_viewport()
    assert page.url.endswith("/doc/weihai#6")
