"""A report in a browser: readable wide and narrow, light and dark, without a fault that axe-core calls grave."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from eval.diff import compare
from eval.report import html_report
from eval.run import evaluate
from eval.words import words
from tests.browser.test_accessible import faults
from tests.eval.fakes import Scripted, answer, cite, question, row, small_corpus

pytestmark = pytest.mark.browser
QUESTIONS = [
    question("q1", question="约谈谁？" * 12, lang="en", group="g"),
    question("q2", question="没有规定？", answerable=False, gold=(), kind="not_ruled"),
    question("q3", question="经费？", gold=("b/2",), nuggets=(("20%",),), group="g"),
]
LONG = answer("q", [cite("b/1", "由县政府约谈")] * 40, ["b/1", "a/1"])
ANSWERS = {QUESTIONS[0].question: LONG, "没有规定？": LONG, "经费？": answer("q", abstained=True)}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_report_reads_on_every_screen(
    browser: Browser, tmp_path: Path, scheme: str, width: int, language: str
) -> None:
    summary = evaluate(Scripted(ANSWERS), QUESTIONS, tmp_path)
    rows = [row(q.id, **{name: getattr(q, name) for name in ("question", "gold", "answerable")}) for q in QUESTIONS]
    html = html_report(rows, summary, small_corpus(), compare(rows, rows), words(language))
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.set_content(html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []
    context.close()
