"""No page asks anything of another host, and none logs a fault."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from app.evaluation import FakeEvaluation
from corpus.load import load_corpus
from tests.browser.served import QUIET, serving

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus()), evaluation=FakeEvaluation()) as url:
        yield url


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/doc/hainan",
        "/doc/hainan?script=hans",
        "/compare",
        "/compare?view=pair",
        "/facts/units",
        "/course",
        "/course/new",
        "/eval",
    ],
)
def test_a_page_asks_its_own_host_alone(page: Page, url: str, address: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(url + address)
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1").first).to_be_visible()
    hosts = {urlsplit(u).netloc for u in asked if not u.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(url).netloc} and faults == []


@pytest.mark.parametrize("address", ["/", "/doc/hainan", "/compare", "/course/new", "/eval"])
def test_a_script_that_tried_is_refused_by_the_page_itself(page: Page, url: str, address: str) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(url + address)
    assert page.evaluate("fetch('http://attacker.example/').then(() => false, () => true)")
    assert any("Content Security Policy" in text for text in refused)
