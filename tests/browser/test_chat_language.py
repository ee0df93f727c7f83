"""The page's language: the browser's own at first, then the one chosen; answers stay in the question's script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import LAST, PATIENCE, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus())) as url:
        yield url


@pytest.mark.parametrize(
    ("locale", "send", "title", "lang"),
    [
        ("zh-CN", "发送", "督导问策", "zh-CN"),
        ("zh-SG", "发送", "督导问策", "zh-CN"),
        ("zh-HK", "發送", "督導問策", "zh-TW"),
        ("zh-TW", "發送", "督導問策", "zh-TW"),
        ("en-GB", "Send", "Dudao: policy clauses", "en"),
        ("fr-FR", "发送", "督导问策", "zh-CN"),
    ],
)
def test_the_first_language_is_the_browsers(
    browser: Browser, url: str, locale: str, send: str, title: str, lang: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    open_chat(page, url)
    expect(page.locator("#send")).to_have_text(send)
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("document.documentElement.lang") == lang
    context.close()


def test_a_chosen_language_is_remembered_and_the_conversation_comes_along(page: Page, url: str) -> None:
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    quote = page.locator(f"{LAST} .quote").first.inner_text()
    page.get_by_role("button", name="English").click()
    expect(page.locator("#send")).to_have_text("Send", timeout=PATIENCE)
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Type a question, Enter sends it")
    expect(page.locator("#scope")).to_contain_text("Ask only")
    expect(page.locator(LAST).get_by_role("button", name="Copy citation").first).to_be_visible()
    expect(page.locator(f"{LAST} .quote").first).to_have_text(quote)
    page.locator(f"{LAST} a.ref").first.click()
    expect(page.locator("#clause")).to_contain_text("Responsible units")
    ask(page, "食堂几点开饭？")
    expect(page.locator(f"{LAST} .verdict")).to_have_text("No rule found")
    expect(page.locator(f"{LAST} .lines")).to_have_text("本库文件未见规定。")
    other = page.context.new_page()
    open_chat(other, url)
    expect(other.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    other.goto(f"{url}/doc/tangshan")
    expect(other.locator(".meta")).to_contain_text("Issuer")
    expect(other.get_by_role("searchbox", name="Find on this page")).to_be_visible()


def test_traditional_for_the_page_leaves_the_documents_alone(page: Page, url: str) -> None:
    open_chat(page, url)
    page.get_by_role("button", name="繁體中文").click()
    expect(page.locator("#send")).to_have_text("發送", timeout=PATIENCE)
    expect(page.locator("#welcome")).to_contain_text("可以查詢的文件")
    expect(page.locator("#welcome")).to_contain_text("威海经济技术开发区")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#notice")).to_contain_text("請先輸入要查詢的問題")
    page.get_by_role("button", name="督学按什么比例配备？").click()
    expect(page.locator(LAST).get_by_role("button", name="複製答覆")).to_be_visible()
    expect(page.locator(f"{LAST} .quote").first).to_contain_text("教育督导责任区")


def test_no_text_of_the_page_is_left_untranslated(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    page.locator(LAST).get_by_role("button", name="No", exact=True).click()
    expect(page.locator(".why")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()
    buttons = page.locator("button:visible:not(.example):not(.talk-open):not([lang])")
    assert buttons.count() > 15
    assert not [text for text in buttons.all_inner_texts() if any("\u4e00" <= c <= "\u9fff" for c in text)]
    assert "dudao_" not in page.locator("body").inner_text()
    context.close()
