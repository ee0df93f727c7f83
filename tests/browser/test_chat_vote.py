"""Votes in Chromium: thanked for, changed at will, never asked for twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.answering import FakeAnswering
from app.feedback import ListedFeedback
from corpus.load import load_corpus
from tests.browser.served import LAST, QUIET, ask, open_chat, serving, wait_for

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def feedback() -> ListedFeedback:
    return ListedFeedback()


@pytest.fixture(scope="module")
def url(feedback: ListedFeedback) -> Iterator[str]:
    with serving(FakeAnswering(load_corpus()), feedback) as url:
        yield url


@pytest.fixture
def chat(page: Page, url: str, feedback: ListedFeedback) -> Page:
    feedback.votes.clear()
    feedback.failing = False
    open_chat(page, url)
    return page


def test_a_vote_is_thanked_for_and_may_be_changed(chat: Page, feedback: ListedFeedback) -> None:
    ask(chat, "谁负责约谈？")
    ask(chat, "那威海呢？")
    vote = chat.locator(LAST).get_by_role("group", name="这条答复有用吗？")
    vote.get_by_role("button", name="有用").click()
    expect(vote).to_contain_text("谢谢，已记录。")
    expect(vote.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "true")
    expect(chat.locator("#status")).to_have_text("谢谢，已记录。")
    vote.get_by_role("button", name="没用").click()
    wait_for(chat, lambda: len(feedback.votes) == 2)
    expect(vote.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "false")
    expect(vote.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    asked = [asked for asked, _ in feedback.votes]
    assert asked[0].id == asked[1].id and asked[0].history == ("谁负责约谈？",)
    assert [vote.value for _, vote in feedback.votes] == ["up", "down"]


def test_a_reason_and_a_comment_may_be_given(chat: Page, feedback: ListedFeedback) -> None:
    ask(chat, "谁负责约谈？")
    chat.locator(LAST).get_by_role("button", name="没用").click()
    form = chat.locator(f"{LAST} .why")
    form.get_by_label("漏了条款").check()
    form.get_by_label("补充说明").fill("还有<b>第五条</b>")
    form.get_by_role("button", name="提交").click()
    expect(form).to_have_count(0)
    expect(chat.locator(LAST).get_by_role("button", name="没用")).to_be_focused()
    vote = feedback.votes[-1][1]
    assert (vote.value, vote.reasons, vote.comment) == ("down", ("missing_clause",), "还有<b>第五条</b>")


def test_the_form_can_be_left_and_the_vote_stays(chat: Page, feedback: ListedFeedback) -> None:
    ask(chat, "谁负责约谈？")
    chat.locator(LAST).get_by_role("button", name="有用").click()
    form = chat.locator(f"{LAST} .why")
    expect(form.get_by_text("哪里不对？")).to_be_hidden()
    form.get_by_role("button", name="不说了").click()
    expect(form).to_have_count(0)
    assert [vote.value for _, vote in feedback.votes] == ["up"]


def test_a_vote_that_is_not_kept_is_not_thanked_for(chat: Page, feedback: ListedFeedback) -> None:
    ask(chat, "谁负责约谈？")
    feedback.failing = True
    vote = chat.locator(LAST).get_by_role("group", name="这条答复有用吗？")
    vote.get_by_role("button", name="有用").click()
    expect(vote).to_contain_text("没有记录成功")
    expect(vote.get_by_role("button", name="有用")).to_have_attribute("aria-pressed", "false")


def test_the_page_says_what_is_kept_and_keeps_it(chat: Page, feedback: ListedFeedback) -> None:
    expect(chat.locator(".foot")).to_contain_text("没有查到规定的问题会存在这台服务器上")
    ask(chat, "食堂几点开饭？")
    assert feedback.unanswered[-1].question == "食堂几点开饭？"
