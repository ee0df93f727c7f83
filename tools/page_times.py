"""Measure the page in Chromium: python tools/page_times.py [--fake].

First load, its weight, first words and whole answers, in a short and in a long conversation. Prints a Markdown table of
medians; every load is a fresh browser profile without a cache.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import shutil
import statistics
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.answering import Answering, FakeAnswering
from app.conversation import Turn
from app.feedback import ListedFeedback
from app.record import to_record
from app.server import address, bind, create_app, make_server
from corpus.load import load_corpus

QUESTIONS = (
    "谁负责约谈？",
    "督学按什么比例配备？",
    "海南的工作目标是什么？",
    "威海经开区的督学每年培训多少学时？",
    "食堂几点开饭？",
)
# From the press of Enter to the first sign of the reply, to the first line of the answer, and to its end.
WATCH = """() => {
  window.times = null;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const start = performance.now();
    const newest = () => document.querySelector("#past .turn:last-child");
    const before = newest();
    const seen = {};
    const look = () => {
      const now = performance.now() - start;
      const over = newest() !== before;
      if (seen.reply === undefined && (over || document.querySelector("#current .reply"))) seen.reply = now;
      if (seen.words === undefined && (over || document.querySelector("#current .line"))) seen.words = now;
      if (over) window.times = { ...seen, whole: now };
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true, once: true });
}"""

# From each letter that is typed to the frame that shows it.
TYPE = """() => {
  window.letters = [];
  document.querySelector("#question textarea").addEventListener("input", (event) =>
    requestAnimationFrame(() => setTimeout(() => window.letters.push(performance.now() - event.timeStamp))));
}"""
# The frames of a run through the whole page.
SCROLL = """async () => {
  const frames = [];
  scrollTo(0, 0);
  await new Promise(requestAnimationFrame);
  for (let last = performance.now(); scrollY + innerHeight < document.documentElement.scrollHeight - 1; ) {
    scrollBy(0, 300);
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - last);
    last = performance.now();
  }
  return frames;
}"""


def main() -> None:
    """Serve the page and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fake", action="store_true", help="canned answers instead of the index")
    parser.add_argument("--loads", type=int, default=5, help="how many fresh loads (default: 5)")
    options = parser.parse_args()
    ready = threading.Event()
    engine = _engine(options.fake)
    with bind("127.0.0.1", 0) as listener:
        url = address(listener)
        server = make_server(create_app(engine, ListedFeedback()), lambda _: ready.set(), url)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        ready.wait(60)
        with sync_playwright() as playwright:
            args = ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=args)
            print(
                f"{platform.machine()}, {browser.version}, {'canned answers' if options.fake else 'the real index'}\n"
            )
            _print_rows(_measured(browser, url, options.loads))
            browser.close()
        server.should_exit = True
        thread.join(15)


def _engine(fake: bool) -> Answering:
    if fake:
        return FakeAnswering(load_corpus())
    engine: Answering = importlib.import_module("app.assemble").build_assistant()
    return engine


def _measured(browser: Browser, url: str, loads: int) -> list[tuple[str, str]]:
    first = [_load(browser, url) for _ in range(loads)]
    answers = [_ask(page, question) for page in [_open(browser, url)] for question in QUESTIONS for _ in range(3)]
    page = _open(browser, url)
    _preload(page, url)
    long = [_ask(page, question) for question in QUESTIONS]
    letters, frames = _type(page), page.evaluate(SCROLL)
    return [
        ("first load until a question can be typed", _ms([row["time"] for row in first])),
        ("its weight", f"{statistics.median(row['bytes'] for row in first) / 1e6:.2f} MB"),
        ("its requests", f"{statistics.median(row['requests'] for row in first):.0f}"),
        ("from Enter to the first sign of the reply", _ms([row["reply"] for row in answers])),
        ("from Enter to the first words of the answer", _ms([row["words"] for row in answers])),
        ("from Enter to the whole answer", _ms([row["whole"] for row in answers])),
        ("the same in a conversation of 200 turns: first sign", _ms([row["reply"] for row in long])),
        ("the same in a conversation of 200 turns: whole answer", _ms([row["whole"] for row in long])),
        ("there, from a letter typed to the frame that shows it", _ms(letters)),
        ("there, a frame while the page is scrolled through", _ms(frames)),
        ("elements on the page of 200 turns", str(page.evaluate("document.querySelectorAll('*').length"))),
    ]


def _load(browser: Browser, url: str) -> dict[str, float]:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.locator("#question textarea").wait_for()
    time = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    context.close()
    return {"time": time, "bytes": sum(sizes), "requests": len(sizes)}


def _open(browser: Browser, url: str) -> Page:
    page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(url)
    page.locator("#question textarea").wait_for()
    return page


def _ask(page: Page, question: str) -> dict[str, float]:
    page.evaluate(WATCH)
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.wait_for_function("window.times")
    times: dict[str, float] = page.evaluate("window.times")
    return times


def _type(page: Page) -> list[float]:
    page.evaluate(TYPE)
    text = "各地督学按什么比例配备，谁来组织培训？"
    page.locator("#question textarea").focus()
    for letter in text:
        page.keyboard.insert_text(letter)
    page.wait_for_function("(count) => window.letters.length === count", arg=len(text))
    times: list[float] = page.evaluate("window.letters")
    page.locator("#question textarea").fill("")
    return times


def _preload(page: Page, url: str) -> None:
    """Put a conversation of 200 turns into the page."""
    answer = FakeAnswering(load_corpus()).ask("谁负责约谈？")
    record = to_record(Turn("谁负责约谈？", (), answer, None, "0a", "2026-07-01T09:30:00+08:00"))
    turns: list[dict[str, Any]] = [{"record": record.model_dump(mode="json"), "vote": None}] * 200
    kept = {"version": 1, "conversations": [{"id": "long", "at": "2026-07-01T00:00:00Z", "turns": turns}]}
    page.evaluate(
        """(text) => {
          localStorage.setItem("dudao.conversations", text);
          sessionStorage.setItem("dudao.current", "long");
        }""",
        json.dumps(kept, ensure_ascii=False),
    )
    page.goto(url)
    page.locator("#past .turn").nth(19).wait_for()


def _ms(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} ms (at most {max(values):.0f})"


def _print_rows(rows: Sequence[tuple[str, str]]) -> None:
    print("| what | median of this run |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
