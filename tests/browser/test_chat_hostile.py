"""Markup in questions and in documents shows as text and does nothing, whatever field it stands in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.evaluation import FakeEvaluation, Found
from app.feedback import ListedFeedback
from tests.browser.hostile import ATTACKS, INJECTED, PAYLOAD, HostileAnswering
from tests.browser.served import LAST, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
CLAUSES = {"dazu/1": Found("dazu/1", PAYLOAD, PAYLOAD, PAYLOAD)}


@pytest.fixture(scope="module")
def feedback() -> ListedFeedback:
    return ListedFeedback()


@pytest.fixture(scope="module")
def url(feedback: ListedFeedback) -> Iterator[str]:
    with serving(HostileAnswering(), feedback, evaluation=FakeEvaluation(clauses=CLAUSES)) as url:
        yield url


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses that the page asks for; a dialog that opens is a failure."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    return found


def assert_harmless(page: Page, asked: list[str]) -> None:
    """Nothing ran, nothing was built of the attacks, nothing was asked of another host."""
    assert page.evaluate("window.hacked") is None
    assert page.locator(INJECTED).evaluate_all("(found) => found.map((e) => e.outerHTML)") == []
    assert not [u for u in asked if "attacker" in u]


def test_the_first_screen_shows_titles_regions_and_numbers_as_text(page: Page, url: str, asked: list[str]) -> None:
    open_chat(page, url)
    expect(page.locator("#welcome")).to_contain_text(ATTACKS[0])
    expect(page.locator("#welcome .title a").first).to_have_text(f"0{PAYLOAD}")
    expect(page.locator("#scope label")).to_have_count(5)
    expect(page.locator("#scope label").first).to_have_text(f"0{PAYLOAD}")
    assert_harmless(page, asked)


def test_attacks_in_question_table_banner_and_panel_show_as_text(page: Page, url: str, asked: list[str]) -> None:
    open_chat(page, url)
    page.locator("#scope label").first.click()
    ask(page, PAYLOAD)
    expect(page.locator(f"{LAST} .question")).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .asked-scope")).to_have_text(f"范围：0{PAYLOAD}")
    expect(page.locator(f"{LAST} .compared th").first).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .compared .quote").first).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .banner")).to_have_count(2)
    expect(page.locator(f"{LAST} .banner").first).to_contain_text(PAYLOAD)
    page.locator(f"{LAST} a.ref").nth(2).click()
    expect(page.locator("#clause .clause-text")).to_contain_text(PAYLOAD)
    expect(page.locator("#clause .units li")).to_contain_text(PAYLOAD)
    page.locator("#clause").hover()
    assert_harmless(page, asked)


def test_the_understood_question_comes_into_the_box_as_it_stands(page: Page, url: str, asked: list[str]) -> None:
    open_chat(page, url)
    ask(page, "谁负责？")
    page.locator(LAST).get_by_role("button", name="改一改").click()
    expect(page.locator("#question textarea")).to_have_value(PAYLOAD)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(f"{LAST} .question")).to_have_text(PAYLOAD)
    assert_harmless(page, asked)


def test_an_abstention_and_its_nearest_clauses_show_as_text(page: Page, url: str, asked: list[str]) -> None:
    open_chat(page, url)
    ask(page, "没有规定")
    expect(page.locator(f"{LAST} .lines")).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .nearest .excerpt").first).to_have_text(PAYLOAD)
    expect(page.locator(f"{LAST} .nearest .erratum-line").first).to_contain_text(PAYLOAD)
    assert_harmless(page, asked)


def test_a_kept_conversation_and_a_vote_stay_text(
    page: Page, url: str, asked: list[str], feedback: ListedFeedback
) -> None:
    open_chat(page, url)
    ask(page, PAYLOAD)
    page.locator(LAST).get_by_role("button", name="没用").click()
    page.locator(f"{LAST} .why textarea").fill(PAYLOAD)
    page.locator(f"{LAST} .why").get_by_role("button", name="提交").click()
    expect(page.locator(f"{LAST} .why")).to_have_count(0)
    assert feedback.votes[-1][1].comment == PAYLOAD
    page.reload()
    expect(page.locator(f"{LAST} .question")).to_have_text(PAYLOAD)
    page.get_by_role("button", name="对话记录").click()
    expect(page.locator("#talks .talk-open")).to_contain_text(PAYLOAD)
    expect(page.locator("#talks .talk-delete")).to_have_attribute("aria-label", f"删除: {PAYLOAD}")
    assert_harmless(page, asked)


@pytest.mark.parametrize(
    "address",
    [
        "/doc/dazu?mark=1:0-<script>window.hacked=1</script>#1",
        "/doc/tangshan?script=hant",
        "/doc/nowhere<img src=x onerror=window.hacked=1>",
        "/compare",
        "/compare?view=values",
        "/compare?view=pair&left=dazu&right=hainan",
        "/facts",
        "/facts/numbers?q=<img src=x onerror=window.hacked=1>",
        "/facts/deadlines",
        "/facts/units",
        "/<script>window.hacked=1</script>",
    ],
)
def test_attacks_do_nothing_on_the_other_pages(page: Page, url: str, address: str, asked: list[str]) -> None:
    page.goto(url + address)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert_harmless(page, asked)


def test_the_document_page_shows_them(page: Page, url: str) -> None:
    page.goto(f"{url}/doc/dazu")
    expect(page.locator("h1")).to_have_text(f"0{PAYLOAD}")
    expect(page.locator("[id='1'] .text")).to_contain_text(PAYLOAD)
    expect(page.locator(".meta")).to_contain_text(PAYLOAD)


def test_attacks_do_nothing_in_the_tab_of_evaluation(page: Page, url: str, asked: list[str]) -> None:
    page.goto(f"{url}/eval")
    page.get_by_label("问题", exact=True).fill(PAYLOAD)
    page.get_by_role("button", name="查条款").click()
    expect(page.locator("#clauses li")).to_contain_text(PAYLOAD)
    page.locator("#clauses button").first.click()
    page.get_by_label("要点").fill(ATTACKS[0])
    page.get_by_role("button", name="检查").click()
    page.wait_for_load_state("networkidle")
    assert_harmless(page, asked)


def test_attacks_do_nothing_in_a_course_its_list_and_its_quiz(page: Page, url: str, asked: list[str]) -> None:
    page.goto(f"{url}/course/new")
    name = " ".join(ATTACKS)[:60]
    page.locator("#name").fill(name)
    for kind in ("topic", "place"):
        for box in page.locator(f"input[name={kind}]").all():
            box.check()
    page.locator("#topics textarea").first.fill(PAYLOAD)
    page.locator("#topics summary").first.click()
    expect(page.locator("#topics blockquote").first).to_be_visible()
    page.locator("#save").click()
    expect(page.locator("#saved")).to_have_text("已保存")
    assert_harmless(page, asked)
    address = page.url
    page.reload()
    expect(page.locator("#name")).to_have_value(name)
    expect(page.locator("#topics textarea").first).to_have_value(PAYLOAD)
    assert_harmless(page, asked)
    page.goto(f"{url}/course")
    expect(page.locator("table.courses a").first).to_have_text(name)
    assert_harmless(page, asked)
    page.goto(f"{address.split('?')[0]}/quiz")
    expect(page.locator("main")).to_contain_text("40学时")
    assert_harmless(page, asked)


def test_even_markup_that_got_through_would_not_run(page: Page, url: str) -> None:
    """The second line of defence: the page's Content-Security-Policy."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    open_chat(page, url)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/none onerror=\"window.hacked=1\">')")
    expect(page.locator("img[src='/none']")).to_be_attached()
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.hacked=1'}))")
    page.wait_for_function("true")
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in text for text in refused)
