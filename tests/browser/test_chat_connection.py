"""A lost connection is said in Chinese, and what was asked and answered is still there when it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import LAST, PATIENCE, QUIET, GatedAnswering, ask, open_chat, serving, wait_for

pytestmark = [pytest.mark.browser, QUIET]
BANNER = "#connection"


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def gated() -> GatedAnswering:
    return GatedAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(gated: GatedAnswering) -> Iterator[str]:
    with serving(gated) as url:
        yield url


def test_the_server_goes_and_comes_back(page: Page, engine: FakeAnswering) -> None:
    with serving(engine) as url:
        open_chat(page, url)
        ask(page, "谁负责约谈？")
    page.locator("#question textarea").fill("督学按什么比例配备？")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(BANNER)).to_contain_text("与服务的连接中断", timeout=PATIENCE)
    expect(page.locator("#question textarea")).to_have_value("督学按什么比例配备？")
    expect(page.locator(".toast-wrap")).to_be_hidden()
    expect(page.locator(f"{LAST} .question")).to_have_text("谁负责约谈？")
    page.locator(f"{LAST} a.ref").nth(1).click()
    expect(page.locator("#clause")).to_contain_text("没能打开条款原文")
    with serving(engine, port=urlsplit(url).port or 0):
        expect(page.locator("#notice")).to_contain_text("连接已恢复", timeout=PATIENCE)
        expect(page.locator(BANNER)).to_be_hidden()
        expect(page.locator(".turn .question")).to_have_text(["谁负责约谈？"])
        expect(page.locator("#question textarea")).to_have_value("督学按什么比例配备？")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(f"{LAST} .cited li")).to_have_count(5)
        page.goto("about:blank")


def test_a_slow_answer_is_not_taken_for_a_lost_connection(page: Page, url: str, gated: GatedAnswering) -> None:
    page.clock.install()
    open_chat(page, url)
    page.locator("#question textarea").fill("慢慢查：谁负责约谈？")
    page.locator("#question textarea").press("Enter")
    wait_for(page, lambda: gated.waiting == 1)
    with page.expect_response("**/healthz") as asked:
        page.clock.fast_forward(6000)
    assert asked.value.ok
    expect(page.locator("#current .pending")).to_be_visible()
    expect(page.locator(BANNER)).to_be_hidden()
    gated.let_through()
    expect(page.locator(f"{LAST} .cited li")).to_have_count(4)


def test_what_was_typed_survives_a_reload(page: Page, url: str) -> None:
    open_chat(page, url)
    page.locator("#question textarea").fill("还没问完")
    page.reload()
    expect(page.locator("#question textarea")).to_have_value("还没问完")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#send")).to_have_text("Send")
    expect(page.locator("#question textarea")).to_have_value("还没问完")
