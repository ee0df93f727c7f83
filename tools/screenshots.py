"""Write the pictures of docs/images: python tools/screenshots.py [--fake] [--out DIR]."""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.answering import Answering, FakeAnswering
from app.evaluation import FakeEvaluation, Found, Order
from app.feedback import ListedFeedback
from app.server import address, bind, create_app, make_server
from corpus.load import load_corpus

DESKTOP = {"width": 1440, "height": 900}
TALL = {"width": 1280, "height": 1500}
PHONE = {"width": 360, "height": 780}


def main() -> None:
    """Serve the page and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fake", action="store_true", help="use canned answers instead of the index")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    ready = threading.Event()
    with bind("127.0.0.1", 0) as listener:
        url = address(listener)
        app = create_app(_engine(options.fake), ListedFeedback(), evaluation=_evaluation())
        server = make_server(app, lambda _: ready.set(), url)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        ready.wait(60)
        _take_all(url, options.out)
        server.should_exit = True
        thread.join(15)


def _engine(fake: bool) -> Answering:
    if fake:
        return FakeAnswering(load_corpus())
    engine: Answering = importlib.import_module("app.assemble").build_assistant()
    return engine


def _evaluation() -> FakeEvaluation:
    """Runs as they stand after two weeks, the newest half-way, and clauses to choose from."""
    corpus = load_corpus()
    found = [corpus.measures[i] for i in ("tangshan/15", "hainan/13", "weihai/16")]
    names = {d.meta.id: d.meta.region for d in corpus.documents}
    clauses = {m.id: Found(m.id, names[m.document_id], m.label, m.text) for m in found}
    evaluation = FakeEvaluation(clauses=clauses)
    for config in ("bm25-only", "dudao", "dudao"):
        evaluation.start(Order(("staff",), "all", config))
        if len(evaluation.made) < 3:
            evaluation.finish()
    return evaluation


def _take_all(url: str, out: Path) -> None:
    shots: tuple[tuple[str, dict[str, int], str, Callable[[Page, str], None]], ...] = (
        ("start", DESKTOP, "light", _start),
        ("chat", DESKTOP, "light", _answer),
        ("chat-dark", DESKTOP, "dark", _answer),
        ("chat-phone", PHONE, "light", _answer),
        ("comparison", DESKTOP, "light", _comparison),
        ("abstention", DESKTOP, "light", _abstention),
        ("conversations", DESKTOP, "light", _conversations),
        ("document", DESKTOP, "light", _document),
        ("document-phone", PHONE, "dark", _document),
        ("evaluation", TALL, "light", _tab),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, viewport, scheme, steps in shots:
            _take(browser, url, out / f"{name}.png", viewport, scheme, steps)
        browser.close()


def _take(
    browser: Browser,
    url: str,
    path: Path,
    viewport: dict[str, int],
    scheme: str,
    steps: Callable[[Page, str], None],
) -> None:
    size = {"width": viewport["width"], "height": viewport["height"]}
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    steps(page, url)
    page.screenshot(path=path)
    context.close()
    print(path)


def _start(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#question textarea").wait_for()
    page.locator(".welcome").wait_for()


def _ask(page: Page, question: str) -> None:
    before = page.locator("#past .turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator("#past .turn").nth(before).wait_for()


def _answer(page: Page, url: str) -> None:
    _start(page, url)
    _ask(page, "督学按什么比例配备？")
    if page.evaluate("innerWidth") > 900:
        page.locator("#clause mark").first.wait_for()
        page.locator("#past a.ref").nth(1).click()
        page.locator("#past a.ref.open").nth(0).wait_for()
    page.mouse.move(0, 0)


def _comparison(page: Page, url: str) -> None:
    _start(page, url)
    _ask(page, "各地督学配备比例有什么不同？")
    page.locator("#past table.compared").wait_for()
    page.mouse.move(0, 0)


def _abstention(page: Page, url: str) -> None:
    _start(page, url)
    _ask(page, "食堂几点开饭？")
    page.mouse.move(0, 0)


def _conversations(page: Page, url: str) -> None:
    _start(page, url)
    for question in ("谁负责约谈？", "督学按什么比例配备？", "威海经开区的督学每年培训多少学时？"):
        _ask(page, question)
        if question != "威海经开区的督学每年培训多少学时？":
            page.locator("#fresh").click()
            page.locator("#welcome").wait_for()
    _ask(page, "那唐山呢？")
    page.locator("#talks-open").click()
    page.locator("#talks li").nth(2).wait_for()


def _document(page: Page, url: str) -> None:
    sentence = "对县级政府的约谈,由市级教育督导机构会同与督导事项相关的部门联合组织开展"
    start = load_corpus().measures["tangshan/15"].text.index(sentence)
    page.goto(f"{url}/doc/tangshan?mark=15:{start}-{start + len(sentence)}#15")
    page.locator(".find").wait_for()


def _tab(page: Page, url: str) -> None:
    page.goto(f"{url}/eval")
    page.get_by_label("问题", exact=True).fill("谁来组织约谈？")
    page.get_by_role("button", name="查条款").click()
    page.get_by_role("button", name="唐山市 15.: 应当引用").click()
    page.locator("#running").wait_for()
    page.mouse.move(0, 0)


if __name__ == "__main__":
    main()
