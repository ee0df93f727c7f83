"""Conversations kept in the browser: over a reload, searched, opened again, deleted, bounded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from app.conversation import Turn
from app.feedback import ListedFeedback
from app.record import to_record
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, begin_anew, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
KEY = "dudao.conversations"


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def feedback() -> ListedFeedback:
    return ListedFeedback()


@pytest.fixture(scope="module")
def url(engine: FakeAnswering, feedback: ListedFeedback) -> Iterator[str]:
    with serving(engine, feedback) as url:
        yield url


@pytest.fixture
def chat(page: Page, url: str) -> Page:
    open_chat(page, url)
    return page


def kept(page: Page) -> list[dict[str, Any]]:
    text = page.evaluate(f"localStorage.getItem('{KEY}')")
    found: list[dict[str, Any]] = json.loads(text)["conversations"] if text else []
    return found


def turn(engine: FakeAnswering, question: str) -> dict[str, Any]:
    answer = engine.ask(question)
    record = to_record(Turn(question, (), answer, None, "0a", "2026-07-01T09:30:00+08:00"))
    return {"record": record.model_dump(mode="json"), "vote": None}


def preload(page: Page, conversations: list[dict[str, Any]], version: int = 1) -> None:
    text = json.dumps({"version": version, "conversations": conversations}, ensure_ascii=False)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def open_list(page: Page) -> None:
    page.get_by_role("button", name="对话记录").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_conversation_survives_a_reload_with_its_votes(chat: Page, engine: FakeAnswering) -> None:
    ask(chat, "谁负责约谈？")
    chat.locator(LAST).get_by_role("button", name="有用").click()
    expect(chat.locator(f"{LAST} .vote")).to_contain_text("谢谢")
    ask(chat, "那威海呢？")
    chat.reload()
    expect(chat.locator(".turn .question")).to_have_text(["谁负责约谈？", "那威海呢？"])
    expect(chat.locator(f"{LAST} .understood")).to_contain_text("威海：谁负责约谈？")
    first = chat.locator(".turn").first
    expect(first.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    expect(first.locator(".vote")).to_contain_text("已评价")
    expect(chat.locator(LAST).locator(".vote")).to_contain_text("有用吗")
    first.locator("a.ref").first.click()
    expect(chat.locator("#clause mark")).to_be_visible()
    ask(chat, "那威海呢？")
    assert engine.calls[-1][1] == ("谁负责约谈？", "那威海呢？")


def test_another_tab_begins_afresh(chat: Page, url: str) -> None:
    ask(chat, "谁负责约谈？")
    other = chat.context.new_page()
    open_chat(other, url)
    expect(other.locator("#welcome")).to_be_visible()
    ask(other, "食堂几点开饭？")
    assert [len(one["turns"]) for one in kept(chat)] == [1, 1]


def test_the_list_is_searched_in_either_script_and_opens_what_it_finds(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    begin_anew(chat)
    ask(chat, "食堂几点开饭？")
    open_list(chat)
    rows = chat.locator("#talks li .talk-open")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("食堂几点开饭？")
    box = chat.get_by_role("searchbox", name="在对话记录中查找")
    expect(box).to_be_focused()
    box.fill("教育督導委員會")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("谁负责约谈？")
    box.fill("没有这样的词")
    expect(chat.locator("#talks-none")).to_have_text("没有找到")
    box.fill("约谈")
    rows.first.click()
    expect(chat.get_by_role("dialog")).to_be_hidden()
    expect(chat.locator(".turn .question")).to_have_text(["谁负责约谈？"])
    ask(chat, "那威海呢？")
    assert sorted(len(one["turns"]) for one in kept(chat)) == [1, 2]


def test_deleting_one_and_all(chat: Page) -> None:
    for question in ("谁负责约谈？", "食堂几点开饭？", "督学按什么比例配备？"):
        ask(chat, question)
        begin_anew(chat)
    open_list(chat)
    rows = chat.locator("#talks li")
    chat.get_by_role("button", name="删除: 食堂几点开饭？").click()
    expect(rows).to_have_count(2)
    assert [one["turns"][0]["record"]["question"] for one in kept(chat)] == ["督学按什么比例配备？", "谁负责约谈？"]
    chat.get_by_role("button", name="全部删除").click()
    expect(rows).to_have_count(2)
    chat.get_by_role("button", name="再点一次，全部删除").click()
    expect(rows).to_have_count(0)
    expect(chat.locator("#talks-none")).to_have_text("还没有对话记录。")
    assert kept(chat) == []
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("button", name="对话记录")).to_be_focused()


def test_editing_the_only_question_leaves_nothing_behind(chat: Page) -> None:
    ask(chat, "谁负责约谈？")
    assert len(kept(chat)) == 1
    chat.get_by_role("button", name="修改问题").click()
    expect(chat.locator("#question textarea")).to_have_value("谁负责约谈？")
    assert kept(chat) == []


def test_the_list_is_bounded(chat: Page, engine: FakeAnswering) -> None:
    one = turn(engine, "食堂几点开饭？")
    preload(chat, [{"id": f"old{n}", "at": "2026-07-01T00:00:00Z", "turns": [one]} for n in range(50)])
    ask(chat, "谁负责约谈？")
    ids = [conversation["id"] for conversation in kept(chat)]
    assert len(ids) == 50 and ids[1:] == [f"old{n}" for n in range(49)]


def test_a_long_list_makes_room(chat: Page, engine: FakeAnswering) -> None:
    one = turn(engine, "食堂几点开饭？")
    one["record"]["answer"]["understood"] = "长" * 450_000
    preload(chat, [{"id": f"old{n}", "at": "2026-07-01T00:00:00Z", "turns": [one]} for n in range(4)])
    ask(chat, "谁负责约谈？")
    assert len(kept(chat)) == 5
    begin_anew(chat)
    big = {"id": "old4", "at": "2026-07-01T00:00:00Z", "turns": [one]}
    preload(chat, [*kept(chat), big])
    ask(chat, "谁负责约谈？")
    assert sum(len(json.dumps(c, ensure_ascii=False)) for c in kept(chat)) < 2_000_000


@pytest.mark.parametrize(
    "text", ["{", "null", "[]", '{"version": 1}', '{"version": 1, "conversations": [null, 5, {"id": 1}]}']
)
def test_a_damaged_list_is_no_list(chat: Page, text: str) -> None:
    chat.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    chat.reload()
    ask(chat, "谁负责约谈？")
    assert len(kept(chat)) == 1


def test_the_list_of_a_newer_page_is_left_alone(chat: Page) -> None:
    preload(chat, [{"id": "x", "turns": []}], version=2)
    ask(chat, "谁负责约谈？")
    assert json.loads(chat.evaluate(f"localStorage.getItem('{KEY}')"))["version"] == 2
    expect(chat.locator(f"{LAST} .cited li")).to_have_count(4)


def test_without_storage_the_page_works(page: Page, url: str) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        "  Object.defineProperty(window, name, {get() { throw new DOMException('off', 'SecurityError'); }});"
    )
    open_chat(page, url)
    ask(page, "谁负责约谈？")
    open_list(page)
    expect(page.locator("#talks-none")).to_have_text("还没有对话记录。")


def test_a_kept_quote_that_the_documents_no_longer_hold_is_not_shown(chat: Page, engine: FakeAnswering) -> None:
    old, forged = turn(engine, "谁负责约谈？"), turn(engine, "谁负责约谈？")
    forged["record"]["answer"]["citations"][0]["quote"] = "由校长负责<img src=x onerror=window.hacked=1>"
    preload(chat, [{"id": "a", "at": "2026-07-01T00:00:00Z", "turns": [old, forged]}])
    open_list(chat)
    chat.locator("#talks .talk-open").click()
    expect(chat.locator(".turn")).to_have_count(2)
    expect(chat.locator(f"{LAST} .failed")).to_contain_text("所引文件已经更新")
    expect(chat.locator("#past")).not_to_contain_text("校长")
    assert chat.evaluate("window.hacked") is None


def test_nothing_of_the_list_is_sent_until_one_is_opened(chat: Page, engine: FakeAnswering) -> None:
    sent: list[str] = []
    chat.on("request", lambda request: sent.append(request.post_data or ""))
    preload(chat, [{"id": "a", "at": "2026-07-01T00:00:00Z", "turns": [turn(engine, "谁负责约谈？")]}])
    open_list(chat)
    chat.get_by_role("searchbox", name="在对话记录中查找").fill("约谈")
    expect(chat.locator("#talks li")).to_have_count(1)
    assert not [body for body in sent if "约谈" in body]


def test_two_hundred_turns_keep_a_small_page(chat: Page, engine: FakeAnswering) -> None:
    turns = [turn(engine, "谁负责约谈？") for _ in range(200)]
    for n, one in enumerate(turns):
        one["record"]["question"] = f"第{n}问：谁负责约谈？"
    preload(chat, [{"id": "a", "at": "2026-07-01T00:00:00Z", "turns": turns}])
    open_list(chat)
    chat.locator("#talks .talk-open").click()
    expect(chat.locator(".turn")).to_have_count(20)
    expect(chat.locator(f"{LAST} .question")).to_have_text("第199问：谁负责约谈？")
    assert chat.evaluate("document.querySelectorAll('#layout *').length") < 3000
    chat.get_by_role("button", name="显示更早的 180 轮").click()
    expect(chat.locator(".turn")).to_have_count(40)
    expect(chat.locator(".turn .question").first).to_have_text("第160问：谁负责约谈？")
    chat.locator(".turn").first.locator("a.ref").first.click()
    expect(chat.locator("#clause mark")).to_be_visible()
    sizes: list[int] = []
    chat.on("request", lambda request: sizes.append(len(request.post_data or "")) if "queue" in request.url else None)
    chat.locator("#question textarea").fill("督学按什么比例配备？")
    chat.locator("#question textarea").press("Enter")
    expect(chat.locator(f"{LAST} .question")).to_have_text("督学按什么比例配备？")
    expect(chat.locator(".turn")).to_have_count(20)
    expect(chat.locator("#earlier")).to_have_text("显示更早的 180 轮")
    assert max(sizes) < 5000, "a question carries the last questions, not the conversation"
    assert len(kept(chat)[0]["turns"]) == 200
    with chat.expect_download() as file:
        chat.locator("#exports").get_by_role("button", name="Markdown").click()
    assert file.value.suggested_filename.endswith(".md")
