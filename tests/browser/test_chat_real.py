"""The page over the real engine: a question of who, a follow-up, and one that no document rules on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.assemble import build_assistant
from app.feedback import ListedFeedback
from tests.browser.served import LAST, QUIET, ask, begin_anew, open_chat, serving

pytestmark = [pytest.mark.browser, pytest.mark.integration, QUIET]


@pytest.fixture(scope="module")
def feedback() -> ListedFeedback:
    return ListedFeedback()


@pytest.fixture(scope="module")
def url(feedback: ListedFeedback) -> Iterator[str]:
    with serving(build_assistant(), feedback) as url:
        yield url


def test_who_then_another_place_then_what_nothing_rules_on(page: Page, url: str, feedback: ListedFeedback) -> None:
    open_chat(page, url)
    ask(page, "唐山谁负责约谈？")
    expect(page.locator(f"{LAST} .quote").first).to_contain_text("约谈")
    expect(page.locator(f"{LAST} .cited li").first).to_contain_text("第15项")
    expect(page.locator("#clause .clause-title")).to_have_text("15.严肃约谈制度")
    expect(page.locator("#clause mark").first).to_be_visible()
    ask(page, "那威海呢？")
    expect(page.locator(f"{LAST} .understood")).to_contain_text("约谈")
    expect(page.locator(f"{LAST} .cited li").first).to_contain_text("威海经济技术开发区")
    assert feedback.unanswered == []
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["唐山谁负责约谈？", "那威海呢？"])
    expect(page.locator(".turn .failed")).to_have_count(0)
    begin_anew(page)
    ask(page, "食堂几点开饭？")
    expect(page.locator(f"{LAST} .verdict")).to_have_text("未见规定")
    assert [asked.question for asked in feedback.unanswered] == ["食堂几点开饭？"]
