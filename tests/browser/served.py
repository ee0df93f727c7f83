"""The page served in a thread for browser tests, with the canned engine unless another is given."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from app.answering import Answering
from app.server import address, bind, create_app, make_server

PATIENCE = 20_000
# Gradio counts its events with pandas, which warns of what Gradio asks of it.
QUIET = pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword)")


@contextmanager
def serving(answering: Answering) -> Iterator[str]:
    """Serve on a free port of this machine and give the address; stop afterwards."""
    ready = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        url = address(listener)
        server = make_server(create_app(answering), lambda _: ready.set(), url)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert ready.wait(30), "the server does not start"
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(15)


def open_chat(page: Page, url: str) -> None:
    """Open the page and wait until it can be typed into."""
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    expect(page.locator("#question textarea")).to_be_editable(timeout=PATIENCE)


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter and wait for its whole reply."""
    before = page.locator(".turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1, timeout=PATIENCE)
    expect(page.locator("#current .question")).to_have_text(question, timeout=PATIENCE)
    expect(page.locator("#current .reply > .tools, #current .reply.failed")).to_be_visible(timeout=PATIENCE)


def wait_for(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until a condition on the server's side holds."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        page.wait_for_timeout(20)
