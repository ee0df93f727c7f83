"""Accessibility: axe-core on every screen, the keyboard alone, zoom, narrow screens, motion, what a reader is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(engine: FakeAnswering) -> Iterator[str]:
    with serving(engine) as url:
        yield url


def faults(page: Page) -> list[str]:
    """Every serious or critical violation, by rule and element."""
    found = Axe().run(page).response
    assert len(found["passes"]) > 15, "axe-core did not run"
    return [f"{v['id']}: {n['html']}" for v in found["violations"] if v["impact"] in GRAVE for n in v["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_grave_on_any_screen(browser: Browser, url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    open_chat(page, url)
    found = {"first screen": faults(page)}
    ask(page, "谁负责约谈？")
    page.locator(f"{LAST} a.ref").first.click()
    expect(page.locator("#clause mark")).to_be_visible()
    found["answer and panel"] = faults(page)
    page.locator(LAST).get_by_role("button", name="没用").click()
    expect(page.locator(".why")).to_be_visible()
    found["vote"] = faults(page)
    ask(page, "食堂几点开饭？")
    found["abstention"] = faults(page)
    page.get_by_role("button", name="对话记录").click()
    expect(page.locator("#talks li")).to_have_count(1)
    found["list"] = faults(page)
    page.goto(f"{url}/doc/hainan?mark=16:20-30")
    page.get_by_role("searchbox").fill("督学")
    expect(page.locator(".find output")).to_contain_text("/")
    found["document"] = faults(page)
    assert {screen: rows for screen, rows in found.items() if rows} == {}
    context.close()


def test_axe_would_find_a_fault(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/dazu")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/page/none.svg\"><button></button>')")
    assert {row.split(":")[0] for row in faults(page)} >= {"image-alt", "button-name"}


def press_until(page: Page, key: str, selector: str, at_most: int) -> None:
    for _ in range(at_most):
        page.keyboard.press(key)
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{at_most} times {key} do not reach {selector}")


def test_the_main_task_by_keyboard_alone(browser: Browser, url: str, engine: FakeAnswering) -> None:
    context = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_chat(page, url)
    press_until(page, "Tab", "[data-skip=question]", 3)
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.insert_text("谁负责约谈？")
    page.keyboard.press("Enter")
    expect(page.locator(f"{LAST} .cited li")).to_have_count(4)
    expect(page.locator("#status")).to_contain_text("答复完毕，引用：4。")
    expect(page.locator("#question textarea")).to_be_focused()
    press_until(page, "Tab", "[data-skip=answer]", 3)
    page.keyboard.press("Enter")
    press_until(page, "Tab", f"{LAST} a.ref", 1)
    press_until(page, "Tab", f"{LAST} a.ref", 1)
    page.keyboard.press("Enter")
    expect(page.locator("#clause .clause-title")).to_be_focused()
    expect(page.locator("#clause .clause-title")).to_have_text("15.严肃约谈制度")
    press_until(page, "Tab", "#clause [data-copy]", 4)
    page.keyboard.press("Enter")
    expect(page.locator("#clause [data-copy]")).to_have_text("已复制")
    expect(page.locator("#status")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == engine.ask("谁负责约谈？").citations[1].official
    page.keyboard.press("Escape")
    expect(page.locator(f"{LAST} a.ref").nth(1)).to_be_focused()
    context.close()


def test_what_has_the_focus_is_seen(page: Page, url: str) -> None:
    open_chat(page, url)
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const here = document.activeElement;
              const style = getComputedStyle(here);
              return here === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize(("width", "height", "scale"), [(640, 450, 2), (360, 780, 1), (320, 560, 1), (1920, 1080, 1)])
def test_no_sideways_scrolling_at_double_size_and_on_a_phone(
    browser: Browser, url: str, width: int, height: int, scale: int
) -> None:
    context = browser.new_context(
        locale="en-GB", viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    page = context.new_page()
    open_chat(page, url)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= width
    ask(page, "督学按什么比例配备？")
    page.locator(f"{LAST} a.ref").nth(1).click()
    expect(page.locator("#clause mark")).to_be_visible()
    page.locator(LAST).get_by_role("button", name="No", exact=True).click()
    assert page.evaluate(wide) <= width
    page.get_by_role("button", name="Conversations").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
    context.close()


def test_nothing_moves_where_that_is_not_wanted(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter((e) => {
          const s = getComputedStyle(e);
          return s.animationName !== 'none' || (s.transitionDuration !== '0s' && s.transitionProperty !== 'none')
            || s.scrollBehavior === 'smooth';
        }).map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert moving == []
    context.close()


def test_a_screen_reader_is_told_what_happens(page: Page, url: str) -> None:
    open_chat(page, url)
    status = page.locator("#status[role=status]")
    ask(page, "食堂几点开饭？")
    expect(status).to_have_text("本库文件未见规定。")
    ask(page, "崩溃演示")
    expect(status).to_contain_text("这次没能完成查询")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#notice[role=alert]")).to_contain_text("请先输入")
    expect(page.get_by_role("heading", name="食堂几点开饭？")).to_be_visible()
    expect(page.get_by_role("complementary", name="条款原文")).to_be_attached()
