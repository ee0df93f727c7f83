import re
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.beside import BESIDE_FIGURES
from eval.charts import Bar, bar_panels, bin_counts, histogram, line_chart, step_chart
from eval.diff import compare
from eval.figures import FIGURES
from eval.report import __file__ as report_module
from eval.report import html_report, markdown_report, read_run, write_report
from eval.report_diff import changes_section, verdict
from eval.report_rows import faults, worst
from eval.run import evaluate
from eval.summary import summarise
from eval.types import Found
from eval.words import LANGUAGES, words
from tests.eval.fakes import Scripted, answer, cite, question, row, small_corpus

CORPUS = small_corpus()
QUESTIONS = [
    question("q1", question="<script>alert(1)</script>"),
    question("q2", question="约谈谁？", answerable=False, gold=()),
    question("q3", question="经费？", gold=("b/2",), nuggets=(("20%",),)),
]
ANSWERS = {
    "<script>alert(1)</script>": answer("q", [cite("b/1", "由县政府约谈")], ["b/1", "a/1"]),
    "约谈谁？": answer("q", abstained=True, confidence=0.2),
    "经费？": answer("q", [cite("b/2", "经费占百分之二十")], ["b/2"]),
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    evaluate(Scripted(ANSWERS), QUESTIONS, tmp_path)
    return tmp_path


def test_the_page_needs_nothing_else_and_escapes_what_it_shows(run: Path) -> None:
    page, text = write_report(run, CORPUS)
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    for word in ("http:", "https:", "src=", "@import", "url("):
        assert word not in html
    assert html.count("<svg") == 5 * 4 + 3
    assert "| hit@1 | 0.500 |" in text.read_text(encoding="utf-8")


def test_the_worst_question_is_shown_with_answer_citation_and_gold(run: Path) -> None:
    html = html_report(*read_run(run), CORPUS)
    assert "1 of 3." in html
    assert "no gold cited" in html
    assert "《b/1》 <code>b/1</code> (not asked for)" in html
    assert "督学按学生1∶1000的比例配备" in html


def test_wordings_and_other_configurations_stand_in_the_markdown(run: Path) -> None:
    summary = dict(read_run(run)[1])
    asked = {f"{plain}{figure}": 1.0 for figure in ("hit_5", "citation_recall", "correct") for plain in ("", "plain_")}
    summary["robustness"] = {"groups": 7, "worst_hit_5": 0.75, "wordings": {"typo": {"n": 7, **asked}}}
    summary["beside"] = {"bm25-only": dict.fromkeys(BESIDE_FIGURES, 0.125)}
    text = markdown_report(summary)
    for line in (
        "| wordings of 7 questions |  |",
        "| worst_hit_5 | 0.750 |",
        "| typo | 7 | 1.000 |",
        "bm25-only      0.125",
    ):
        assert line in text


def test_a_comparison_is_printed(run: Path) -> None:
    rows, summary = read_run(run)
    found = compare(rows, rows)
    assert "No difference shown: 0 questions" in html_report(rows, summary, CORPUS, found)
    assert "no difference shown" in markdown_report(summary, found)


def test_configurations_beside_are_printed(run: Path) -> None:
    rows, summary = read_run(run)
    beside = {"dudao": {"hit@1": 0.5, "correct": None}, "bm25-only": {"hit@1": 0.25, "correct": 0.1}}
    assert "<td class=w>bm25-only</td><td>0.250</td>" in html_report(rows, summary | {"beside": beside}, CORPUS)


def test_an_empty_run_and_a_refused_question_still_print() -> None:
    rows = (row("q1", error="refused: <b>"),)
    assert "refused: &lt;b&gt;" in html_report(rows, summarise(rows), CORPUS)
    assert "0 of 0." in html_report((), summarise(()), CORPUS)


def test_a_folder_without_a_finished_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no finished run"):
        write_report(tmp_path, CORPUS)


def test_worst_first() -> None:
    rows = [
        row("q1", Found(gold_cited=1, citation_f1=0.5), nuggets=(("a",),)),
        row("q2", abstained=True),
        row("q3", answerable=False, gold=()),
        row("q4", Found(gold_cited=1, anti_found=("x",))),
        row("q5", Found(quote_ok=False)),
        row("q6", Found(gold_cited=1)),
    ]
    assert [r.question.id for r in worst(rows)] == ["q5", "q4", "q3", "q2", "q1"]
    assert faults(rows[1]) == ("fault_needless", "fault_no_gold")


def test_bins_hold_every_value_once() -> None:
    assert bin_counts([0, 1, 2, 3, 4], 4) == ([2, 1, 1, 1], 1)
    assert bin_counts([], 3) == ([0, 0, 0], 1)
    assert bin_counts([0.0, 0.0], 2) == ([2, 0], 1)


def test_charts_are_svg_with_a_label_each() -> None:
    charts = [
        bar_panels(["hit@5"], [("who <1>", [Bar(0.5, 0.2, 0.8)]), ("x", [Bar(None)])]),
        step_chart([(0.5, 0.0), (1.0, 0.25)], "coverage", "risk", 0.75),
        step_chart([], "coverage", "risk"),
        line_chart([(0.5, 1.0), (1.0, 0.5)], "recall", "precision", (0.5, 1.0)),
        line_chart([], "recall", "precision"),
        histogram([1.0, 2.0], "ms"),
        histogram([], "ms"),
    ]
    for chart in charts[1:]:
        assert chart.startswith('<svg role="img" aria-label="')
        assert chart.endswith("</svg>")
        assert "nan" not in chart
    assert "who &lt;1&gt;" in charts[0]
    assert charts[0].count("<svg") == 1


def test_what_changed_stands_side_by_side() -> None:
    a = [row("q1", Found(rank=2), answer="<旧>"), row("q2", answer="同")]
    b = [row("q1", Found(rank=1, gold_cited=1), answer="新", citations=[{"measure_id": "a/1"}]), row("q2", answer="同")]
    html = changes_section(compare(a, b), words("zh-Hans"))
    assert "变好 1 题，变差 0 题，对错未变 0 题" in html
    assert "&lt;旧&gt;" in html and "应引条款排第 1" in html
    assert "q2" not in html
    assert changes_section(compare(a, a), words("en")) == ""


def test_a_difference_that_is_shown_is_named() -> None:
    a = [row(f"q{n}", Found()) for n in range(40)]
    b = [row(f"q{n}", Found(hit_1=1.0)) for n in range(40)]
    assert verdict(compare(a, b), words("zh-Hans")).startswith("有差异：hit@1（0 题的答复变了")


def test_leaks_and_repeats_are_printed(run: Path) -> None:
    rows, summary = read_run(run)
    found = {"access": {"asked": 7, "leaking": []}, "repeats": {"runs": 5, "questions": 3, "differing": ["q1"]}}
    html = html_report(rows, summary | found | {"startup_ms": 812.0}, CORPUS, texts=words("zh-Hans"))
    assert "0 题（另以 7 题试探）" in html
    assert "1 题（3 题各问 5 次）" in html
    assert "812.0" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_report_is_there_in_every_language(language: str, run: Path) -> None:
    texts = words(language)
    assert set(texts.figures) == {figure.name for figure in FIGURES}
    assert set(texts.slicings) == set(summarise(())["slices"])
    html = html_report(*read_run(run), CORPUS, texts=texts)
    assert {"zh-Hans": "评测报告", "zh-Hant": "評測報告", "en": "Evaluation report"}[language] in html


def test_no_text_of_a_report_is_left_over() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(report_module).parent.glob("*.py"))
    made = {f"changed_{name}" for name in ("abstention", "citations", "answer", "rank", "refusal")}
    assert [key for key in words("en").texts if key not in made and not re.search(f"[\"']{key}[\"']", code)] == []


def test_an_unknown_language_is_simplified_chinese() -> None:
    assert words("tlh").language == "zh-Hans"
    assert words("en").named("no such value") == "no such value"
