"""The pages with tables in Chromium: read without JavaScript, sorted and narrowed with it, wide and narrow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import PATIENCE, QUIET, serving
from tests.browser.test_accessible import faults

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus())) as url:
        yield url


def first_cells(page: Page) -> list[str]:
    """The first cell of every row in sight."""
    return page.locator("tbody tr:visible > :first-child").all_inner_texts()


def test_from_the_chat_to_a_cell_and_on_to_its_clause(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("navigation", name="页面").get_by_role("link", name="对照").click()
    expect(page.locator("table.matrix tbody tr")).to_have_count(24)
    page.locator("#interviews td").nth(2).locator(".quote").first.click()
    expect(page.locator("mark")).to_contain_text("由市级教育督导机构会同与督导事项相关的部门联合组织开展")
    page.go_back()
    page.get_by_role("link", name="事项表").click()
    expect(page.get_by_role("link", name="措施由谁负责")).to_have_attribute("aria-current", "page")


def test_everything_is_read_without_javascript(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}/compare")
    expect(page.locator("thead button")).to_have_count(0)
    page.get_by_label("显示").select_option("pair")
    page.get_by_label("左").select_option("hainan")
    page.get_by_label("右").select_option("tangshan")
    page.get_by_role("button", name="按所选显示").click()
    expect(page.locator("thead th")).to_have_text(["专题", "海南", "唐山"])
    expect(page.locator("#interviews mark").first).to_be_visible()
    page.goto(f"{url}/facts/units")
    page.get_by_label("查找").fill("省教育厅 约谈")
    page.get_by_role("button", name="按所选显示").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    context.close()


def test_topics_and_places_are_chosen_on_the_form(page: Page, url: str) -> None:
    page.goto(f"{url}/compare")
    page.get_by_text("专题", exact=True).first.click()
    page.get_by_role("checkbox", name="约谈").check()
    page.get_by_role("checkbox", name="培训").check()
    page.get_by_role("checkbox", name="威海经开区").check()
    page.get_by_role("checkbox", name="唐山").check()
    page.get_by_role("button", name="按所选显示").click()
    expect(page.locator("thead th a")).to_have_text(["唐山", "威海经开区"])
    assert first_cells(page) == ["约谈", "培训"]
    expect(page.get_by_role("checkbox", name="约谈")).to_be_checked()


def test_a_table_is_narrowed_by_typing_in_either_script(page: Page, url: str) -> None:
    page.goto(f"{url}/compare")
    page.get_by_role("searchbox", name="在表中筛选").fill("意外保险")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    assert first_cells(page) == ["条件保障"]
    expect(page.locator("output")).to_have_text("共 1 行")
    page.get_by_role("searchbox", name="在表中筛选").fill("專職督學 占比")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    assert first_cells(page) == ["督学配备"]


def test_a_column_is_sorted_both_ways_and_empty_cells_stay_last(page: Page, url: str) -> None:
    page.goto(f"{url}/compare?topic=bodies&topic=interviews&topic=staffing")
    assert first_cells(page) == ["机构设置", "约谈", "督学配备"]
    head = page.locator("thead th").nth(1)
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        assert first_cells(page)[0] == "督学配备", "the only topic on which the first place rules"
    page.goto(f"{url}/facts/units")
    count = page.locator("thead th").nth(2).get_by_role("button")
    count.press("Enter")
    assert page.locator("tbody tr").first.locator("td").nth(2).inner_text() == "1"
    count.press("Enter")
    assert page.locator("tbody tr").first.locator("td").nth(2).inner_text() == "23"


def test_a_workbook_is_saved_and_opens(page: Page, url: str) -> None:
    page.goto(f"{url}/compare?view=values&place=weihai&place=hainan")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel", exact=True).click()
    assert waiting.value.suggested_filename.startswith("督导问策 只看数值 ")
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == ["只看数值", "条文", "说明"]
    assert [cell.value for cell in book.worksheets[0][1]] == ["专题", "海南", "威海经开区"]


def test_a_public_export_of_internal_text_is_refused_in_words(page: Page, url: str) -> None:
    page.goto(f"{url}/facts/numbers")
    page.get_by_role("link", name="Excel（公开版）").click()
    expect(page.get_by_role("alert")).to_contain_text("不能导出公开版")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address",
    ["/compare", "/compare?view=values", "/compare?view=pair", "/facts", "/facts/numbers", "/facts/deadlines"],
)
def test_a_page_fits_its_window_and_asks_nothing_of_others(
    browser: Browser, url: str, address: str, width: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(url + address)
    expect(page.locator("output")).to_contain_text("行")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(one.startswith(url) for one in asked) and faults == []
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_grave_on_the_tables(
    browser: Browser, url: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found = {}
    for address in ("/compare", "/compare?view=values", "/compare?view=pair&topic=interviews", "/facts/deadlines"):
        page.goto(url + address)
        expect(page.locator("output")).to_contain_text("行")
        found[address] = faults(page)
    assert {address: rows[:3] for address, rows in found.items() if rows} == {}
    context.close()
