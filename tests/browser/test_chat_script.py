"""Quotes in the reader's script, comparisons and the understood question put right, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from app.feedback import ListedFeedback
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus()), ListedFeedback()) as url:
        yield url


@pytest.fixture
def chat(page: Page, url: str) -> Page:
    open_chat(page, url)
    return page


def test_a_quote_is_shown_in_the_script_of_the_page_and_back(chat: Page) -> None:
    ask(chat, "海南的工作目标是什么？")
    reply = chat.locator(f"{LAST} .reply")
    quote = reply.locator(".lines .quote").first
    expect(quote).to_contain_text("習近平", use_inner_text=True)
    reply.get_by_role("button", name="引文改用本页字形").click()
    expect(quote).to_contain_text("习近平", use_inner_text=True)
    expect(quote).not_to_contain_text("習近平", use_inner_text=True)
    reply.get_by_role("button", name="恢复原文字形").click()
    expect(quote).to_contain_text("習近平", use_inner_text=True)


def test_places_that_are_compared_stand_in_a_table(chat: Page) -> None:
    ask(chat, "督学配备比例有什么不同？")
    table = chat.locator(f"{LAST} table.compared")
    expect(table.get_by_role("row")).to_have_count(5)
    expect(table.get_by_role("rowheader").first).to_have_text("秀山土家族苗族自治县")
    table.locator("a.ref").first.click()
    expect(chat.locator("#clause mark").first).to_be_visible()


def test_the_understood_question_can_be_put_right(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    ask(chat, "那威海呢？")
    chat.locator(LAST).get_by_role("button", name="改一改").click()
    box = chat.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value("威海：谁负责约谈？")
    box.press("Enter")
    expect(chat.locator(f"{LAST} .question")).to_have_text("威海：谁负责约谈？")
