"""Preparing a course in Chromium, from choosing to the downloaded files, and taking its quiz."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect
from pptx import Presentation

from app.answering import FakeAnswering
from corpus.load import load_corpus
from tests.browser.served import QUIET, serving
from tests.browser.test_accessible import faults

pytestmark = [pytest.mark.browser, QUIET]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(FakeAnswering(load_corpus())) as address:
        yield address


def chip(page: Page, kind: str, name: str) -> Locator:
    return page.locator(f'input[name="{kind}"][data-name="{name}"]')


def names(page: Page, kind: str) -> list[str]:
    return [item.get_attribute("data-name") or "" for item in page.locator(f"#{kind} > li").all()]


def prepare(page: Page, url: str, name: str = "约谈研修") -> None:
    """A new course of three topics and three places."""
    page.goto(f"{url}/course")
    page.get_by_role("link", name="新建课程").click()
    page.locator("#name").fill(name)
    for topic in ("约谈", "通报", "问责"):
        chip(page, "topic", topic).check()
    for place in ("海南省", "唐山市", "秀山县"):
        chip(page, "place", place).check()


def test_a_course_from_start_to_download(page: Page, url: str, tmp_path: Path) -> None:
    foreign: list[str] = []
    page.on("request", lambda request: None if request.url.startswith((url, "blob:")) else foreign.append(request.url))
    prepare(page, url)
    page.locator("#topics summary").first.click()
    expect(page.locator("#topics blockquote").first).to_contain_text("約談")
    page.locator("#topics textarea").first.fill("先讲约谈对象。")
    page.get_by_role("button", name="下移：约谈").click()
    assert names(page, "topics") == ["通报", "约谈", "问责"]
    expect(page.locator("#status")).to_have_text("约谈 已移到第 2 位")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="讲义").click()
    path = tmp_path / "handout.docx"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith("约谈研修 讲义")
    heads = [p.text for p in Document(str(path)).paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads[:3] == ["一、通报", "二、约谈", "三、问责"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="全部下载").click()
    waiting.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as held:
        assert held.testzip() is None and len(held.namelist()) == 6
        slides = next(n for n in held.namelist() if n.endswith(".pptx"))
        assert len(Presentation(io.BytesIO(held.read(slides))).slides) >= 6
    expect(page.locator("#building")).to_be_hidden()
    assert foreign == []


def test_a_course_is_kept_copied_and_deleted(page: Page, url: str) -> None:
    prepare(page, url, "保存试验")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    page.reload()
    assert names(page, "topics") == ["约谈", "通报", "问责"]
    page.locator("#copy").click()
    expect(page.locator("#name")).to_have_value("保存试验 （副本）")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#delete").click()
    expect(page.locator("table.courses")).to_contain_text("保存试验")
    expect(page.locator("table.courses")).not_to_contain_text("副本")


def test_the_keyboard_alone_orders_topics(page: Page, url: str) -> None:
    prepare(page, url)
    page.locator("#topics > li").nth(2).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    assert names(page, "topics") == ["问责", "约谈", "通报"]
    assert page.evaluate("document.activeElement.dataset.name") == "问责"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "下移：问责"
    page.keyboard.press("Enter")
    assert names(page, "topics") == ["约谈", "问责", "通报"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "下移：问责"


def test_topics_are_ordered_by_dragging(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1300})  # where both ends of the way are in sight
    prepare(page, url)
    page.locator("#topics > li").nth(0).locator(".grip").drag_to(
        page.locator("#topics > li").nth(2), target_position={"x": 60, "y": 90}
    )
    assert names(page, "topics") == ["通报", "问责", "约谈"]


def test_a_note_of_a_hundred_thousand_letters_is_refused_in_a_sentence(page: Page, url: str) -> None:
    prepare(page, url)
    page.locator("#topics textarea").first.fill("注" * 100_000)
    expect(page.locator("#topics .count").first).to_contain_text("最多保存 20000 字")
    page.locator("#save").click()
    expect(page.locator("#notice")).to_have_text("这条笔记有 100000 字，最多保存 20000 字，请删减后再保存。")
    page.locator("#topics textarea").first.fill("短")
    page.locator("#save").click()
    expect(page.locator("#saved")).to_have_text("已保存")


def test_an_empty_course_makes_no_file_and_says_why(page: Page, url: str) -> None:
    page.goto(f"{url}/course/new")
    page.locator("#save").click()
    expect(page.locator("#notice")).to_have_text("请填写课程名称。")
    page.locator("#name").fill("空课程")
    page.get_by_role("button", name="课件").click()
    expect(page.locator("#notice")).to_have_text("请至少选择一个专题和一个地区。")


def test_a_public_export_of_an_internal_text_is_refused(page: Page, url: str) -> None:
    prepare(page, url)
    chip(page, "place", "大足区").check()
    page.get_by_label("用于公开发布").check()
    page.get_by_role("button", name="讲义").click()
    expect(page.locator("#notice")).to_contain_text("大足区的文件注明不公开")


def test_the_quiz_marks_explains_and_shows_the_clause(page: Page, url: str) -> None:
    prepare(page, url)
    page.locator("#try").click()
    cards = page.locator(".question")
    expect(cards.first).to_be_visible()
    first = page.locator('.question:has(input[type="radio"])').first
    key = page.evaluate("card => JSON.parse(card.dataset.question).key", first.element_handle())
    first.locator(f'input[value="{key}"]').check()
    first.get_by_role("button", name="判题").click()
    expect(first.locator(".told")).to_contain_text("回答正确。")
    expect(first.locator(".told")).to_contain_text("出处：")
    expect(page.locator("#clause mark").first).to_be_visible()
    other = page.locator('.question:has(input[type="radio"])').nth(1)
    right = page.evaluate("card => JSON.parse(card.dataset.question).key", other.element_handle())
    wrong = next(v for v in ("A", "B", "正确", "错误") if v != right and other.locator(f'input[value="{v}"]').count())
    other.locator(f'input[value="{wrong}"]').check()
    other.get_by_role("button", name="判题").click()
    expect(other.locator(".told")).to_contain_text(f"回答错误。正确答案：{right}")
    expect(page.locator("#score")).to_contain_text("答对 1 题")
    page.get_by_role("button", name="交卷判分").click()
    expect(page.locator(".told p").last).not_to_be_empty()
    page.get_by_role("button", name="重新作答").click()
    expect(page.locator("#score")).to_be_empty()


def test_blanks_take_every_accepted_wording(page: Page, url: str) -> None:
    prepare(page, url)
    chip(page, "topic", "督学配备").check()
    page.locator("#size").fill("60")
    page.locator("#try").click()
    expect(page.locator(".question").first).to_be_visible()
    for card in page.locator('.question:has(input[name="answer"]:not([type]))').all():
        answers = page.evaluate("card => JSON.parse(card.dataset.question).answers", card.element_handle())
        for answer in answers:
            card.locator("input").fill(f" {answer} ")
            card.get_by_role("button", name="判题").click()
            expect(card.locator(".told")).to_contain_text("回答正确。")
        card.locator("input").fill("不是答案")
        card.get_by_role("button", name="判题").click()
        expect(card.locator(".told")).to_contain_text("回答错误")


def test_nothing_answered_is_kept(page: Page, url: str) -> None:
    prepare(page, url)
    page.locator("#try").click()
    page.locator(".question input").first.check()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="交卷判分").click()
    assert "POST" not in sent
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    assert page.locator(".question input:checked").count() == 0


def test_the_pages_fit_a_phone(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    prepare(page, url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#try").click()
    expect(page.locator(".question").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_axe_finds_nothing_grave(browser: Browser, url: str, scheme: Literal["light", "dark"], width: int) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    prepare(page, url, f"无障碍{scheme}{width}")
    page.locator("#topics summary").first.click()
    expect(page.locator("#topics blockquote").first).to_be_visible()
    found = {"course": faults(page)}
    page.locator("#try").click()
    page.locator(".question").first.get_by_role("button", name="判题").click()
    page.get_by_role("button", name="交卷判分").click()
    found["quiz"] = faults(page)
    page.goto(f"{url}/course")
    found["list"] = faults(page)
    context.close()
    assert {screen: rows for screen, rows in found.items() if rows} == {}
