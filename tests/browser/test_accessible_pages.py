"""Accessibility of the pages beside the chat, and of answers that are more than quotes: axe-core, zoom, keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from tests.app.test_standing import not_in_force
from tests.browser.served import LAST, PATIENCE, QUIET, ask, open_chat, serving
from tests.browser.test_accessible import faults, press_until

pytestmark = [pytest.mark.browser, QUIET]
Scheme = Literal["light", "dark"]
PAGES = (
    "/doc/tangshan?mark=15:8-20",
    "/doc/hainan?script=hans",
    "/compare",
    "/compare?view=values",
    "/compare?view=pair&left=tangshan&right=hainan",
    "/facts/measures",
    "/facts/units",
    "/facts/numbers",
    "/facts/deadlines",
    "/facts/cited",
)
SCREENS: tuple[tuple[Scheme, int], ...] = (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    corpus = not_in_force(tangshan=("superseded", "hainan"), weihai=("repealed", None))
    with serving(FakeAnswering(corpus)) as url:
        yield url


@pytest.mark.parametrize(("scheme", "width"), SCREENS)
def test_axe_finds_nothing_grave_on_any_page(browser: Browser, url: str, scheme: Scheme, width: int) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    found = {}
    for address in PAGES:
        page.goto(url + address)
        expect(page.locator("output").first).to_be_attached()
        found[address] = faults(page)
    assert {address: rows for address, rows in found.items() if rows} == {}
    context.close()


@pytest.mark.parametrize(("scheme", "width"), SCREENS)
def test_axe_finds_nothing_grave_in_tables_and_banners_of_answers(
    browser: Browser, url: str, scheme: Scheme, width: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    open_chat(page, url)
    ask(page, "督学配备比例有什么不同？")
    expect(page.locator(f"{LAST} .banner").first).to_be_visible()
    found = {"comparison": faults(page)}
    ask(page, "海南的工作目标是什么？")
    page.locator(LAST).get_by_role("button", name="引文改用本页字形").click()
    found["erratum"] = faults(page)
    ask(page, "崩溃演示")
    found["failure"] = faults(page)
    page.goto(f"{url}/nothing")
    assert {screen: rows for screen, rows in found.items() if rows} == {}
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_at_double_size_no_page_scrolls_sideways(browser: Browser, url: str, address: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page = context.new_page()
    page.goto(url + address)
    expect(page.locator("output").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_dark_where_the_reader_wants_it(browser: Browser, url: str, address: str) -> None:
    context = browser.new_context(locale="zh-CN", color_scheme="dark")
    page = context.new_page()
    page.goto(url + address)
    bright = page.evaluate(
        """() => [...document.querySelectorAll('body, main, table, .choose, th, td, section, input, select')]
          .filter((e) => e.checkVisibility())
          .map((e) => getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number))
          .filter(([r, g, b, a]) => a !== 0 && r + g + b > 480).length"""
    )
    assert bright == 0
    assert page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)[0]") > 180
    context.close()


def test_scope_vote_and_files_by_keyboard_alone(page: Page, url: str) -> None:
    open_chat(page, url)
    press_until(page, "Tab", "#scope input", 40)
    page.keyboard.press("Space")
    expect(page.locator("#scope input").first).to_be_checked()
    press_until(page, "Tab", "#question textarea", 10)
    page.keyboard.insert_text("督学按什么比例配备？")
    page.keyboard.press("Enter")
    expect(page.locator(f"{LAST} .asked-scope")).to_be_visible()
    expect(page.locator(f"{LAST} .tools").last).to_be_visible()
    press_until(page, "Tab", "[data-skip=answer]", 3)
    page.keyboard.press("Enter")
    press_until(page, "Tab", f"{LAST} [data-save=docx]", 12)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".docx")
    press_until(page, "Tab", f"{LAST} [data-vote=up]", 4)
    page.keyboard.press("Enter")
    expect(page.locator(f"{LAST} .vote-said")).to_have_text("谢谢，已记录。")
    press_until(page, "Tab", ".why textarea", 4)
    page.keyboard.insert_text("好")
    press_until(page, "Tab", ".why [type=submit]", 1)
    page.keyboard.press("Enter")
    expect(page.locator(f"{LAST} [data-vote=up]")).to_be_focused()


def test_a_table_by_keyboard_alone(page: Page, url: str) -> None:
    page.goto(f"{url}/facts/units")
    expect(page.locator("output")).to_contain_text("行")
    press_until(page, "Tab", "[data-tools] input", 30)
    page.keyboard.insert_text("省教育厅")
    before = page.locator("tbody tr").count()
    expect(page.locator("tbody tr:visible")).not_to_have_count(before)
    press_until(page, "Tab", "thead button", 1)
    page.keyboard.press("Enter")
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")


def test_a_document_by_keyboard_alone(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/tangshan")
    expect(page.get_by_role("search")).to_be_visible()
    press_until(page, "Tab", ".find input", 80)
    page.keyboard.insert_text("约谈")
    page.keyboard.press("Enter")
    expect(page.locator(".find output")).to_contain_text("2/")
    press_until(page, "Tab", ".permalink", 6)
    page.keyboard.press("Enter")
    assert "#" in page.url
