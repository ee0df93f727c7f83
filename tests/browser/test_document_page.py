"""The document page in Chromium, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from app.script_view import in_script
from corpus.load import DEFAULT_ROOT, load_corpus
from corpus.script import fold_aligned
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


def test_the_script_is_switched_without_javascript_and_the_mark_stays(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/doc/hainan?mark=16:18-26#16")
    marked = load_corpus().measures["hainan/16"].text[18:26]
    expect(page.locator("mark")).to_have_text(marked)
    page.get_by_role("link", name="简体").click()
    expect(page.locator("mark")).to_have_text(in_script(marked, "hans"))
    expect(page.locator("[id='16'] .text")).to_be_in_viewport()
    expect(page.locator(".scripts [aria-current]")).to_have_text("简体")
    page.get_by_role("link", name="原文").click()
    expect(page.locator("mark")).to_have_text(marked)
    context.close()


def test_the_script_switch_keeps_the_place_of_a_permalink(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/hainan#16")
    expect(page.get_by_role("search")).to_be_visible()
    page.get_by_role("link", name="简体").click()
    expect(page.locator("[id='16']")).to_be_in_viewport()
    assert page.url.endswith("?script=hans#16")


def test_find_on_the_page_folds_the_scripts(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/hainan")
    box = page.get_by_role("searchbox")
    text = "".join(m.text for m in load_corpus().by_id["hainan"].measures)
    box.fill("督学按什么")
    expect(page.locator(".find output")).to_have_text("没有找到")
    box.fill("专职督学")
    count = text.count("專職督學")
    assert count > 1
    expect(page.locator(".find output")).to_have_text(f"1/{count}")
    shown = "[...CSS.highlights.get('found')].map((range) => range.toString())"
    assert page.evaluate(shown) == ["專職督學"] * count
    now = "[...CSS.highlights.get('found-now')][0].getBoundingClientRect().top"
    assert 0 < page.evaluate(now) < 900
    box.press("Enter")
    expect(page.locator(".find output")).to_have_text(f"2/{count}")
    expect(box).to_be_in_viewport()
    box.press("Shift+Enter")
    box.press("Shift+Enter")
    expect(page.locator(".find output")).to_have_text(f"{count}/{count}")
    box.press("Escape")
    expect(page.locator(".find output")).to_be_empty()
    assert page.evaluate(shown) == []


def test_the_page_folds_as_the_search_layer_does(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/hainan")
    text = "".join(m.text for m in load_corpus().measures.values())
    folded = page.evaluate("async (text) => (await (await import('/page/find.js')).loadFold())(text)", text)
    different = [(c, a) for c, a in zip(text, folded, strict=True) if fold_aligned(c) != a]
    assert different == []


def test_the_source_file_is_saved_under_its_title(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/xiushan")
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载来源文件").click()
    assert saved.value.suggested_filename.startswith("《深化新时代教育督导体制机制改革具体落实措施》")
    assert Path(saved.value.path()).read_bytes() == (DEFAULT_ROOT / "xiushan" / "source.txt").read_bytes()


@pytest.mark.parametrize("width", [360, 640])
def test_it_needs_no_sideways_scrolling(browser: Browser, url: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(f"{url}/doc/hainan?script=hans")
    expect(page.get_by_role("search")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_printing_leaves_the_table_of_contents_out(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(f"{url}/doc/hainan")
    page.emulate_media(media="print")
    expect(page.locator(".toc")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
    page.close()
