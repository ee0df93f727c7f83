"""The page served in a thread for browser tests, with the canned engine unless another is given."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from app.answering import Answering, FakeAnswering
from app.evaluation import Evaluation
from app.feedback import Feedback, ListedFeedback
from app.server import address, bind, create_app, make_server
from app.types import Answer
from corpus.load import Corpus

PATIENCE = 20_000
# the newest turn once its answer is whole
LAST = "#past .turn:last-child"
# Gradio counts its events with pandas, which warns of what Gradio asks of it.
QUIET = pytest.mark.filterwarnings("ignore:.*(no_silent_downcasting|copy keyword)")


@contextmanager
def serving(
    answering: Answering, feedback: Feedback | None = None, port: int = 0, evaluation: Evaluation | None = None
) -> Iterator[str]:
    """Serve on a port of this machine, a free one unless it is named, and give the address; stop afterwards."""
    ready = threading.Event()
    with bind("127.0.0.1", port) as listener:
        url = address(listener)
        app = create_app(answering, feedback or ListedFeedback(), evaluation=evaluation)
        server = make_server(app, lambda _: ready.set(), url)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert ready.wait(30), "the server does not start"
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(15)


def open_chat(page: Page, url: str) -> None:
    """Open the page and wait until it can be typed into and listens."""
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    expect(page.locator("#question textarea")).to_be_editable(timeout=PATIENCE)
    # the page's own scripts listen now
    page.evaluate("import('/page/chat.js').then(() => null)")


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter and wait for its whole reply."""
    before = page.locator("#past .turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#past .turn")).to_have_count(before + 1, timeout=PATIENCE)
    expect(page.locator(f"{LAST} .question")).to_have_text(question, timeout=PATIENCE)


def begin_anew(page: Page) -> None:
    """Begin a new conversation and wait for the first screen."""
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#welcome")).to_be_visible()


def wait_for(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until a condition on the server's side holds."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        page.wait_for_timeout(20)


class GatedAnswering:
    """Canned answers of which a question with 慢 waits until it is let through, one at a time, in the order asked."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._fake = FakeAnswering(corpus)
        self._gate = threading.Semaphore(0)
        self.waiting = 0
        self.answered = 0

    def let_through(self) -> None:
        """Answer the question that has waited longest."""
        self._gate.release()

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """See `Answering.ask`."""
        if "慢" in question:
            self.waiting += 1
            assert self._gate.acquire(timeout=PATIENCE / 1000), "nobody let the question through"
            self.waiting -= 1
        answer = self._fake.ask(question, history, policies)
        self.answered += 1
        return answer
