"""A question that was put aside never comes back, whatever of its answer is still on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, GatedAnswering, ask, open_chat, serving, wait_for

pytestmark = [pytest.mark.browser, QUIET]
SLOW = "慢慢查：谁负责约谈？"


@pytest.fixture(scope="module")
def engine() -> GatedAnswering:
    return GatedAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(engine: GatedAnswering) -> Iterator[str]:
    with serving(engine) as url:
        yield url


@pytest.fixture
def chat(page: Page, url: str, engine: GatedAnswering) -> Iterator[Page]:
    open_chat(page, url)
    yield page
    for _ in range(engine.waiting):
        engine.let_through()


def send(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def let_through(page: Page, engine: GatedAnswering) -> None:
    answered = engine.answered
    engine.let_through()
    wait_for(page, lambda: engine.answered == answered + 1)


def test_stop_ends_the_waiting_and_the_answer_does_not_come_back(chat: Page, engine: GatedAnswering) -> None:
    send(chat, SLOW)
    expect(chat.locator("#current .pending")).to_be_visible()
    wait_for(chat, lambda: engine.waiting == 1)
    chat.get_by_role("button", name="停止").click()
    expect(chat.locator(f"{LAST} .failed")).to_contain_text("已停止查询")
    expect(chat.get_by_role("button", name="停止")).to_be_hidden()
    let_through(chat, engine)
    ask(chat, "谁负责约谈？")
    expect(chat.locator(".turn")).to_have_count(2)
    expect(chat.locator(".turn").first.locator(".failed")).to_be_visible()


@pytest.mark.parametrize("button", ["修改问题", "新对话"])
def test_a_retry_that_is_put_aside_stays_away(chat: Page, engine: GatedAnswering, button: str) -> None:
    send(chat, SLOW)
    wait_for(chat, lambda: engine.waiting == 1)
    let_through(chat, engine)
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)
    chat.get_by_role("button", name="重新查询").click()
    wait_for(chat, lambda: engine.waiting == 1)
    chat.get_by_role("button", name=button).click()
    expect(chat.locator("#question textarea")).to_have_value(SLOW if button == "修改问题" else "")
    let_through(chat, engine)
    ask(chat, "督学按什么比例配备？")
    expect(chat.locator(".turn .question")).to_have_text(["督学按什么比例配备？"])


def test_frames_of_an_earlier_number_are_dropped(chat: Page, engine: GatedAnswering) -> None:
    send(chat, SLOW)
    wait_for(chat, lambda: engine.waiting == 1)
    chat.get_by_role("button", name="重新查询").click()
    wait_for(chat, lambda: engine.waiting == 2)
    let_through(chat, engine)
    chat.wait_for_function("Number(document.getElementById('layout').dataset.dropped) >= 4")
    expect(chat.locator(".turn")).to_have_count(1)
    expect(chat.locator("#current .pending")).to_be_visible()
    let_through(chat, engine)
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)
    expect(chat.locator(".turn")).to_have_count(1)


def test_a_second_question_waits_for_the_first(chat: Page, engine: GatedAnswering) -> None:
    send(chat, SLOW)
    wait_for(chat, lambda: engine.waiting == 1)
    send(chat, "第二个问题")
    expect(chat.locator("#notice")).to_contain_text("请稍候")
    expect(chat.locator("#question textarea")).to_have_value("第二个问题")
    let_through(chat, engine)
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)
    expect(chat.locator("#notice")).to_be_empty()
