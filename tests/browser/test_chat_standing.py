"""Documents that are not in force, and errata, as a reader sees them: in the answer and beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from tests.app.test_standing import not_in_force
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    corpus = not_in_force(tangshan=("superseded", "hainan"), weihai=("repealed", None))
    with serving(FakeAnswering(corpus)) as url:
        yield url


def test_the_answer_and_the_panel_warn_of_a_superseded_document(page: Page, url: str) -> None:
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    banners = page.locator(f"{LAST} .banner")
    expect(banners).to_have_count(2)
    expect(banners.first).to_contain_text("[2] 已被《關於深化新時代教育督導體制機制改革的實施方案》")
    expect(banners.nth(1)).to_contain_text("[4] 已废止")
    page.locator(f"{LAST} a.ref").nth(1).click()
    banner = page.locator("#clause .banner")
    expect(banner).to_contain_text("已被取代")
    with page.context.expect_page() as opened:
        banner.get_by_role("link").click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator("h1")).to_contain_text("實施方案")
    expect(opened.value.locator(".banner")).to_have_count(0)


def test_a_correction_is_seen_in_the_answer_and_in_the_panel(page: Page, url: str) -> None:
    open_chat(page, url)
    ask(page, "海南的工作目标是什么？")
    expect(page.locator(f"{LAST} .banner")).to_have_text("[1] 勘误：来源文本此处作「“長定良擊牙齒”」，引文已校正。")
    page.locator(f"{LAST} a.ref").first.click()
    expect(page.locator("#clause .errata")).to_contain_text("長定良擊牙齒")
