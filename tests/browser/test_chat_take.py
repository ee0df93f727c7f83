"""Taking an answer along: the clipboard read back, files opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Download, Page, expect

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  return Object.fromEntries(await Promise.all(item.types.map(async (t) => [t, await (await item.getType(t)).text()])));
}"""


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(engine: FakeAnswering) -> Iterator[str]:
    with serving(engine) as url:
        yield url


@pytest.fixture
def chat(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_chat(page, url)
    yield page
    context.close()


def saved(page: Page, name: str, within: str) -> Download:
    with page.expect_download() as found:
        page.locator(within).get_by_role("button", name=name).click()
    return found.value


def test_a_citation_and_a_quote_with_its_citation(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    first, second = engine.ask("谁负责约谈？").citations[:2]
    chat.locator(".cited li").first.get_by_role("button", name="复制引用").click()
    expect(chat.get_by_role("button", name="已复制")).to_be_visible()
    assert chat.evaluate("navigator.clipboard.readText()") == first.official
    expect(chat.get_by_role("button", name="已复制")).to_have_count(0)
    chat.locator(".cited li").nth(1).get_by_role("button", name="复制原文和引用").click()
    expect(chat.get_by_role("button", name="已复制")).to_be_visible()
    assert chat.evaluate("navigator.clipboard.readText()") == f"“{second.quote}”——{second.official}"


def test_a_whole_answer_comes_styled_and_plain(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    chat.locator(LAST).get_by_role("button", name="复制答复").click()
    expect(chat.get_by_role("button", name="已复制")).to_be_visible()
    forms = chat.evaluate(READ)
    assert set(forms) == {"text/plain", "text/html"}
    assert "<b>县政府教育督导委员会</b>" in forms["text/html"]
    for citation in engine.ask("谁负责约谈？").citations:
        assert citation.official in forms["text/plain"] and citation.official in forms["text/html"]
    expect(chat.get_by_role("button", name="已复制")).to_have_count(0)
    chat.locator(LAST).get_by_role("button", name="复制纯文本").click()
    expect(chat.get_by_role("button", name="已复制")).to_be_visible()
    assert set(chat.evaluate(READ)) == {"text/plain"}


def test_where_the_context_is_not_secure_it_copies_the_old_way(chat: Page) -> None:
    chat.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
    ask(chat, "谁负责约谈？")
    chat.evaluate(
        "document.addEventListener('copy', (e) => (window.kinds = [...e.clipboardData.types]), {passive: true})"
    )
    chat.locator(LAST).get_by_role("button", name="复制答复").click()
    expect(chat.get_by_role("button", name="已复制")).to_be_visible()
    chat.evaluate("delete navigator.clipboard")
    assert set(chat.evaluate(READ)) == {"text/plain", "text/html"}


def test_one_answer_as_a_word_file(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    file = saved(chat, "下载 Word", LAST)
    assert file.suggested_filename.startswith("督导问策 谁负责约谈？ 20")
    document = docx.Document(str(file.path()))
    text = "\n".join(p.text for p in document.paragraphs)
    for citation in engine.ask("谁负责约谈？").citations:
        assert citation.official in text and citation.quote in text
    assert "索引版本：fake" in text and "未标注" in text


def test_the_conversation_as_files(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    ask(chat, "崩溃演示")
    ask(chat, "食堂几点开饭？")
    word = saved(chat, "Word", "#exports")
    text = "\n".join(p.text for p in docx.Document(str(word.path())).paragraphs)
    assert "问：谁负责约谈？" in text and "问：食堂几点开饭？" in text and "崩溃" not in text
    file = saved(chat, "Markdown", "#exports")
    assert file.suggested_filename.endswith(".md") and "对话" in file.suggested_filename
    assert "未见规定" in Path(file.path()).read_text(encoding="utf-8")


def test_a_failed_saving_says_so(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    chat.route("**/export/*", lambda route: route.abort())
    chat.locator(LAST).get_by_role("button", name="下载 Markdown").click()
    expect(chat.get_by_role("button", name="没有下载成功，请重试")).to_be_visible()
