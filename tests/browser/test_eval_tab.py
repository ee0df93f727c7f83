"""The tab of evaluation in a browser: runs, reports, comparison, and a question written by clicking."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from app.evaluation import FakeEvaluation, Found
from corpus.load import load_corpus
from tests.browser.served import PATIENCE, QUIET, serving
from tests.browser.test_accessible import faults

pytestmark = [pytest.mark.browser, QUIET]
TEXT = "约谈由市级教育督导机构组织。<b>"
CLAUSES = {i: Found(i, "唐山市", f"{i.split('/')[1]}.", TEXT) for i in ("tangshan/15", "tangshan/16")}


@pytest.fixture
def evaluation() -> FakeEvaluation:
    return FakeEvaluation(clauses=CLAUSES)


@pytest.fixture
def url(evaluation: FakeEvaluation) -> Iterator[str]:
    with serving(FakeAnswering(load_corpus()), evaluation=evaluation) as url:
        yield url


def test_a_run_from_the_chat_to_its_report(page: Page, url: str, evaluation: FakeEvaluation) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.get_by_role("link", name="评测").click()
    expect(page.get_by_text("还没有做过评测。")).to_be_visible()
    page.get_by_label("问谁").select_option("bm25-only")
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_text("已问 60 题，共 199 题")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("评测开始了")
    expect(page.get_by_role("button", name="开始")).to_be_disabled()
    assert evaluation.made[0].config == "只按字面检索（BM25）"
    evaluation.finish()
    expect(page.locator("#status")).to_have_text("评测完成，可以读报告了。")
    expect(page.locator("td.correct")).to_have_text("89.0 %")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="读报告").click()
    expect(opened.value.locator("h1")).to_have_text("run-1")


def test_a_run_is_cancelled_and_gone_on_with(page: Page, url: str) -> None:
    page.goto(f"{url}/eval")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("button", name="取消").click()
    expect(page.locator("td.state")).to_have_text("已中断 60/199")
    expect(page.locator("#running")).to_be_hidden()
    page.get_by_role("button", name="接着做").click()
    expect(page.locator("td.state")).to_have_text("正在问")


def test_a_second_run_is_refused_in_a_sentence(page: Page, url: str) -> None:
    page.goto(f"{url}/eval")
    other = page.context.new_page()
    other.goto(f"{url}/eval")
    # the other window has looked once, and looks again only later
    expect(other.get_by_text("还没有做过评测。")).to_be_visible()
    page.get_by_role("button", name="开始").click()
    expect(page.locator("#running")).to_be_visible()
    other.get_by_role("button", name="开始").click()
    expect(other.locator("#notice")).to_have_text("有一次评测正在进行，请等它做完，或先取消它。")
    expect(other.locator("#running")).to_be_visible()


def test_two_runs_are_compared(page: Page, url: str, evaluation: FakeEvaluation) -> None:
    page.goto(f"{url}/eval")
    for _ in range(2):
        page.get_by_role("button", name="开始").click()
        expect(page.locator("#running")).to_be_visible()
        evaluation.finish()
        expect(page.locator("#running")).to_be_hidden()
    newest = page.locator("#runs tbody tr").first
    newest.get_by_label("与较早一次对比").select_option("run-1")
    with page.context.expect_page() as opened:
        newest.get_by_role("link", name="对比").click()
    expect(opened.value.locator("p")).to_have_text("run-1")
    expect(page.locator("#runs tbody tr").last.get_by_label("与较早一次对比")).to_have_count(0)


def test_gold_is_taken_by_clicking(page: Page, url: str, evaluation: FakeEvaluation) -> None:
    page.goto(f"{url}/eval")
    page.get_by_label("问题", exact=True).fill("谁组织约谈？")
    page.get_by_role("button", name="查条款").click()
    expect(page.locator("#clauses li")).to_have_count(2)
    expect(page.locator("#clauses li div").first).to_have_text(TEXT)
    page.get_by_role("button", name="唐山市 15.: 应当引用").click()
    page.get_by_role("button", name="唐山市 16.: 可以引用").click()
    page.get_by_label("要点").fill("县级教育督导机构\n约谈/面谈")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#faults li")).to_have_text("所选条款里没有这个要点：县级教育督导机构")
    page.get_by_label("要点").fill("市级教育督导机构\n约谈/面谈")
    page.get_by_role("button", name="检查").click()
    expect(page.locator("#said")).to_have_text("检查过了，没有问题。")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#said")).to_have_text("已保存，编号 q001。")
    (kept,) = evaluation.kept
    assert (kept.question, kept.gold, kept.ok) == ("谁组织约谈？", ("tangshan/15",), ("tangshan/16",))
    assert kept.nuggets == (("市级教育督导机构",), ("约谈", "面谈"))
    expect(page.locator("#clauses li")).to_have_count(0)


def test_a_clause_is_added_by_its_id(page: Page, url: str) -> None:
    page.goto(f"{url}/eval")
    page.get_by_label("按编号添加").fill("tangshan/99")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("#search-notice")).to_have_text("没有这个编号的条款。")
    page.get_by_label("按编号添加").fill("tangshan/16")
    page.get_by_role("button", name="添加").click()
    expect(page.locator("#clauses li.gold")).to_have_count(1)


def test_a_lost_connection_is_said(page: Page, url: str) -> None:
    page.goto(f"{url}/eval")
    expect(page.get_by_text("还没有做过评测。")).to_be_visible()
    page.route("**/eval/start", lambda route: route.abort())
    page.get_by_role("button", name="开始").click()
    expect(page.locator("#notice")).to_have_text("连接中断，请稍后再试一次。")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing_grave_in_the_tab(
    browser: Browser, url: str, evaluation: FakeEvaluation, scheme: str, width: int
) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{url}/eval")
    page.get_by_role("button", name="开始").click()
    expect(page.locator("#running")).to_be_visible()
    page.get_by_label("问题", exact=True).fill("谁组织约谈？")
    page.get_by_role("button", name="查条款").click()
    page.get_by_role("button", name="唐山市 15.: 应当引用").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
