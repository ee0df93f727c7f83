"""Whatever is long: words without a break, questions, histories, and many documents."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from app.answering import FakeAnswering
from app.conversation import Turn
from app.record import to_record
from app.types import Answer, AnswerPart
from corpus.load import Corpus, load_corpus
from corpus.types import PolicyDocument
from tests.browser.served import LAST, PATIENCE, QUIET, ask, open_chat, serving

pytestmark = [pytest.mark.browser, QUIET]
WORD = "W" * 300
NARROW = 360


def long_worded(document: PolicyDocument) -> PolicyDocument:
    """The document with words that nothing breaks in its metadata and its first measure."""
    meta = replace(document.meta, title=WORD, region=WORD, aliases=(WORD,), number=WORD, issuer=WORD, genre=WORD)
    first = replace(
        document.measures[1],
        text=WORD * 3,
        label="",
        heading="",
        units=(),
        leads=(),
        note=None,
        items=(),
        references=(),
    )
    measures = (document.measures[0], first, *document.measures[2:])
    return replace(document, meta=meta, measures=measures)


class LongAnswering:
    """Canned answers, with a long word before them, over documents of long words."""

    def __init__(self) -> None:
        corpus = load_corpus()
        self.corpus = Corpus(tuple(map(long_worded, corpus.documents)))
        self._fake = FakeAnswering(corpus)

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """See `Answering.ask`."""
        answer = self._fake.ask("督学配备比例有什么不同？")
        parts = [AnswerPart("fact", WORD) if part.kind == "fact" else part for part in answer.parts]
        return replace(answer, parts=tuple(parts), understood=WORD)


@pytest.fixture(scope="module")
def long_url() -> Iterator[str]:
    with serving(LongAnswering()) as url:
        yield url


@pytest.fixture(scope="module")
def engine() -> FakeAnswering:
    return FakeAnswering(load_corpus())


@pytest.fixture(scope="module")
def url(engine: FakeAnswering) -> Iterator[str]:
    with serving(engine) as url:
        yield url


def width(page: Page) -> int:
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def test_words_without_a_break_do_not_widen_the_chat(browser: Browser, long_url: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": NARROW, "height": 780})
    page = context.new_page()
    open_chat(page, long_url)
    assert width(page) <= NARROW
    page.locator("#scope label").first.click()
    ask(page, WORD)
    assert width(page) <= NARROW
    page.locator(f"{LAST} a.ref").first.click()
    expect(page.locator("#clause .clause-title")).to_be_visible()
    assert width(page) <= NARROW
    page.get_by_role("button", name="对话记录").click()
    expect(page.locator("#talks li")).to_have_count(1)
    assert width(page) <= NARROW
    assert page.evaluate("(d) => d.scrollWidth <= d.clientWidth", page.locator("#talks").element_handle())
    context.close()


@pytest.mark.parametrize(
    "address", ["/doc/dazu", "/compare", "/compare?view=values", "/compare?view=pair", "/facts", "/facts/units"]
)
def test_words_without_a_break_do_not_widen_a_page(browser: Browser, long_url: str, address: str) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 780})
    page.goto(long_url + address)
    expect(page.locator("main")).to_contain_text("WWW")
    assert width(page) <= NARROW
    page.close()


def test_the_longest_question_after_the_longest_questions_is_answered(
    page: Page, engine: FakeAnswering, url: str
) -> None:
    open_chat(page, url)
    longest = "约谈" * 1000
    record = to_record(Turn(longest, (), engine.ask(longest), None, "0a", "2026-07-01T09:30:00+08:00"))
    turns = [{"record": record.model_dump(mode="json"), "vote": None}] * 200
    kept = {"version": 1, "conversations": [{"id": "long", "at": "2026-07-01T00:00:00Z", "turns": turns}]}
    page.evaluate(
        """(kept) => {
          localStorage.setItem("dudao.conversations", kept);
          sessionStorage.setItem("dudao.current", "long");
        }""",
        json.dumps(kept, ensure_ascii=False),
    )
    page.reload()
    expect(page.locator(".turn")).to_have_count(20)
    page.locator("#question textarea").fill(longest)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#layout")).to_have_attribute("data-state", "talking", timeout=PATIENCE)
    expect(page.locator(f"{LAST} .failed")).to_have_count(0)
    assert engine.calls[-1][:2] == (longest, (longest,) * 20)
    page.locator(LAST).get_by_role("button", name="有用").click()
    expect(page.locator(f"{LAST} .vote-said")).to_have_text("谢谢，已记录。")
    with page.expect_download() as saved:
        page.locator("#exports").get_by_role("button", name="Word").click()
    assert saved.value.suggested_filename.endswith(".docx")


def many(count: int) -> Corpus:
    """The corpus with documents of the first region from `count` years."""
    corpus = load_corpus()
    first = corpus.documents[0]
    more = tuple(
        replace(first, meta=replace(first.meta, id=f"more{n}", date=datetime.date(1900 + n, 1, 1)))
        for n in range(count)
    )
    return Corpus((*corpus.documents, *more))


@pytest.mark.parametrize(("wide", "high"), [(1280, 800), (360, 640)])
def test_with_many_documents_the_box_stays_in_sight(browser: Browser, wide: int, high: int) -> None:
    with serving(FakeAnswering(many(60))) as url:
        context = browser.new_context(locale="zh-CN", viewport={"width": wide, "height": high})
        page = context.new_page()
        open_chat(page, url)
        composer = page.locator("#composer").bounding_box()
        assert composer is not None and composer["height"] < high / 2
        expect(page.locator("#question textarea")).to_be_in_viewport()
        page.get_by_label("大足区 1959").check()
        ask(page, "督学按什么比例配备？")
        expect(page.locator(f"{LAST} .asked-scope")).to_have_text("范围：大足区 1959")
        assert width(page) <= wide
        context.close()


def test_on_a_phone_what_is_chosen_is_in_sight(browser: Browser, url: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": NARROW, "height": 640})
    page = context.new_page()
    open_chat(page, url)
    last = page.locator("#scope label").last
    last.click()
    page.get_by_test_id("checkbox-group").evaluate("(wrap) => wrap.scrollTo(0, 0)")
    expect(last).to_be_in_viewport(ratio=1)
    context.close()
