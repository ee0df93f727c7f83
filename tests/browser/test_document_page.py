"""The document page in Chromium, with JavaScript off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import QUIET, serving

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus())) as url:
        yield url


@pytest.mark.parametrize("width", [360, 1440])
def test_a_permalink_shows_its_measure_and_its_mark_without_javascript(browser: Browser, url: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    text = load_corpus().measures["tangshan/15"].text
    page.goto(f"{url}/doc/tangshan?mark=15:8-20#15")
    expect(page.locator("[id='15'] .text")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_text(text[8:20])
    page.locator(".toc a", has_text="15.严肃约谈制度").click()
    expect(page.locator("[id='15']")).to_be_in_viewport()
    context.close()


def test_printing_leaves_the_table_of_contents_out(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(f"{url}/doc/hainan")
    page.emulate_media(media="print")
    expect(page.locator(".toc")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
    page.close()
