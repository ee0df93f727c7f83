"""The chat page in Chromium: asking, checking, following up, and what it must never do."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from app.wording import wording
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving, wait_for

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(engine: FakeAnswering) -> Iterator[str]:
    with serving(engine) as url:
        yield url


@pytest.fixture
def chat(page: Page, url: str) -> Page:
    open_chat(page, url)
    return page


def test_the_first_screen_says_what_it_knows_and_what_it_does_not(chat: Page) -> None:
    welcome = chat.locator("#welcome")
    for words in ("秀山县", "2021-12-22", "108 条措施", "它不做什么", "未见规定"):
        expect(welcome).to_contain_text(words)


def test_ask_read_click_a_citation_see_the_marked_words(chat: Page, engine: FakeAnswering) -> None:
    box = chat.locator("#question textarea")
    box.press_sequentially("谁负责约谈？")
    box.press("Enter")
    expect(chat.locator(".reply .key").first).to_have_text("县政府教育督导委员会")
    expect(chat.locator(".cited li")).to_have_count(4)
    expect(box).to_have_value("")
    chat.locator(".reply a.ref").nth(1).click()
    panel = chat.locator("#clause")
    expect(panel.locator(".clause-title")).to_have_text("15.严肃约谈制度")
    expect(panel.locator(".clause-title")).to_be_focused()
    citation = engine.ask("谁负责约谈？").citations[1]
    expect(panel.locator("mark")).to_have_text(citation.quote)
    assert panel.locator(".clause-text").inner_text() == engine.corpus.measures["tangshan/15"].text
    expect(panel).to_contain_text("深化教育督导问责机制改革")
    panel.get_by_text("下一条").click()
    expect(panel.locator(".clause-title")).to_have_text("16.建立通报制度")
    panel.get_by_text("上一条").click()
    expect(panel.locator(".clause-title")).to_have_text("15.严肃约谈制度")


def test_the_first_clause_opens_beside_a_whole_answer_without_taking_the_focus(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    expect(chat.locator("#clause mark")).to_be_visible()
    expect(chat.locator("#question textarea")).to_be_focused()


def test_an_example_asks(chat: Page) -> None:
    chat.get_by_role("button", name="威海经开区的督学每年培训多少学时？").click()
    expect(chat.locator(".reply .key")).to_have_text("不少于40学时")
    expect(chat.locator("#welcome")).to_be_hidden()


def test_a_follow_up_shows_what_was_understood_and_carries_the_history(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    ask(chat, "那威海呢？")
    expect(chat.locator(f"{LAST} .understood")).to_contain_text("威海：谁负责约谈？")
    assert engine.calls[-1][1] == ("谁负责约谈？",)
    expect(chat.locator("#past .turn")).to_have_count(2)
    chat.locator("#past a.ref").first.click()
    expect(chat.locator("#clause .clause-title")).to_contain_text("严肃约谈制度")


def test_an_abstention_looks_different(chat: Page) -> None:
    ask(chat, "食堂几点开饭？")
    expect(chat.locator(".reply.abstained .verdict")).to_have_text("未见规定")
    expect(chat.locator(".nearest")).to_contain_text("不是答案")
    expect(chat.locator(".cited")).to_have_count(0)


def test_chips_narrow_the_question(chat: Page, engine: FakeAnswering) -> None:
    chat.get_by_label("海南").check()
    ask(chat, "督学按什么比例配备？")
    assert engine.calls[-1][2] == ("hainan",)
    expect(chat.locator(".asked-scope")).to_have_text("范围：海南")
    expect(chat.locator(".cited li")).to_have_count(1)


def test_bad_input_gets_one_sentence_and_no_search(chat: Page, engine: FakeAnswering) -> None:
    box = chat.locator("#question textarea")
    calls = len(engine.calls)
    box.fill("   ")
    box.press("Enter")
    expect(chat.locator("#notice")).to_have_text(wording("zh-Hans")("js_empty"))
    box.fill("问" * 2001)
    box.press("Enter")
    expect(chat.locator("#notice")).to_have_text(wording("zh-Hans")("js_too_long"))
    expect(box).to_have_value("问" * 2001)
    assert len(engine.calls) == calls


def test_failures_are_one_chinese_sentence_and_the_page_goes_on(chat: Page) -> None:
    ask(chat, "崩溃演示")
    expect(chat.locator(".reply.failed")).to_have_text(wording("zh-Hans")("failure_unforeseen"))
    ask(chat, "谁负责约谈？")
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)


def test_enter_that_ends_a_composition_does_not_send(chat: Page, engine: FakeAnswering) -> None:
    calls = len(engine.calls)
    box = chat.locator("#question textarea")
    box.focus()
    session = chat.context.new_cdp_session(chat)
    session.send("Input.imeSetComposition", {"text": "shui", "selectionStart": 4, "selectionEnd": 4})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229, "type": "rawKeyDown"}
    session.send("Input.dispatchKeyEvent", enter)
    session.send("Input.dispatchKeyEvent", {**enter, "type": "char", "text": "\r", "windowsVirtualKeyCode": 13})
    session.send("Input.insertText", {"text": "谁负责约谈？"})
    expect(box).to_have_value("谁负责约谈？")
    expect(chat.locator(".turn")).to_have_count(0)
    assert len(engine.calls) == calls
    box.press("Enter")
    expect(chat.locator(".cited li")).to_have_count(4)


def test_shift_enter_is_a_new_line(chat: Page) -> None:
    box = chat.locator("#question textarea")
    box.press_sequentially("谁负责")
    box.press("Shift+Enter")
    box.press_sequentially("约谈？")
    expect(box).to_have_value("谁负责\n约谈？")
    expect(chat.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 780)])
def test_a_new_question_stands_on_top_with_its_answer_below(
    browser: Browser, url: str, width: int, height: int
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    page = context.new_page()
    open_chat(page, url)
    ask(page, "督学按什么比例配备？")
    for question in ("那威海呢？", "督学配备比例有什么不同？", "海南的工作目标是什么？", "食堂几点开饭？"):
        ask(page, question)
        expect(page.locator("#current .turn")).to_have_count(0)
        top = page.locator(f"{LAST} .question").evaluate("(shown) => shown.getBoundingClientRect().top")
        assert 0 <= top < 40, question
    context.close()


def test_retry_asks_the_same_again(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    calls = len(engine.calls)
    chat.get_by_role("button", name="重新查询").click()
    wait_for(chat, lambda: len(engine.calls) == calls + 1)
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)
    expect(chat.locator(".turn")).to_have_count(1)


def test_edit_and_a_new_conversation(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    chat.get_by_role("button", name="修改问题").click()
    expect(chat.locator("#question textarea")).to_have_value("谁负责约谈？")
    expect(chat.locator(".turn")).to_have_count(0)
    ask(chat, "谁负责约谈？")
    chat.get_by_role("button", name="新对话").click()
    expect(chat.locator("#welcome")).to_be_visible()
    expect(chat.locator(".turn")).to_have_count(0)


def test_no_request_leaves_this_machine_and_the_load_is_small(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_chat(page, url)
    size = page.evaluate("performance.getEntriesByType('resource').reduce((n, e) => n + e.encodedBodySize, 0)")
    ask(page, "谁负责约谈？")
    page.locator("a.ref").first.click()
    expect(page.locator("#clause mark")).to_be_visible()
    here = urlsplit(url).netloc
    assert {urlsplit(u).netloc for u in asked if not u.startswith(("data:", "blob:"))} == {here}
    assert not faults
    assert size < 5_000_000
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1920, "dark")])
def test_it_fits_a_phone_and_a_wide_screen(browser: Browser, url: str, width: int, scheme: str) -> None:
    dark = scheme == "dark"
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 780}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    open_chat(page, url)
    ask(page, "督学按什么比例配备？")
    page.locator(f"{LAST} a.ref").nth(2).click()
    expect(page.locator("#clause mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 900:
        page.get_by_role("button", name="返回答复").click()
        expect(page.locator(f"{LAST} a.ref").nth(2)).to_be_focused()
        expect(page.locator(f"{LAST} a.ref").nth(2)).to_be_in_viewport()
    context.close()
