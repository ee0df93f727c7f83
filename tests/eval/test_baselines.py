"""Whoever games one figure loses on another."""

from pathlib import Path
from typing import Any

from app.answering import Answering
from eval.baselines import AlwaysAbstain, CiteEverything, DumpClauses, EchoQuestion
from eval.run import evaluate
from tests.eval.fakes import question, small_corpus

CORPUS = small_corpus()
QUESTIONS = [
    question("q1", question="督学按什么比例配备？", gold=("a/1",), nuggets=(("1:1000",),)),
    question("q2", question="谁来约谈？", gold=("b/1",), nuggets=(("县政府",),)),
    question("q3", question="明天下雨吗？", gold=(), answerable=False),
]


def summary_of(baseline: Answering, folder: Path) -> dict[str, Any]:
    return evaluate(baseline, QUESTIONS, folder)


def test_always_abstaining_is_over_abstention(tmp_path: Path) -> None:
    got = summary_of(AlwaysAbstain(CORPUS), tmp_path)
    assert got["abstention_recall"] == 1
    assert (got["over_abstention"], got["hit@5"], got["nugget_recall"], got["correct"]) == (1, 0, 0, 1 / 3)


def test_citing_everything_is_imprecise(tmp_path: Path) -> None:
    got = summary_of(CiteEverything(CORPUS), tmp_path)
    assert (got["citation_recall"], got["nugget_recall"], got["quote_fidelity"]) == (1, 1, 1)
    assert got["citation_precision"] <= 0.25
    assert (got["citation_precision_all"], got["abstention_recall"], got["correct"]) == (2 / 12, 0, 0)


def test_echoing_the_question_finds_nothing(tmp_path: Path) -> None:
    got = summary_of(EchoQuestion(CORPUS), tmp_path)
    assert (got["hit@10"], got["citation_f1"], got["nugget_recall"], got["abstention_recall"]) == (0, 0, 0, 0)
    assert got["phrase_share"] == 1


def test_dumping_the_clauses_cites_nothing(tmp_path: Path) -> None:
    got = summary_of(DumpClauses(CORPUS), tmp_path)
    assert got["nugget_recall"] == 1
    assert (got["citation_recall"], got["citation_precision"], got["abstention_recall"]) == (0, 0, 0)
    assert (got["phrase_share"], got["correct"]) == (1, 0)


def test_saying_everything_contradicts_the_documents(tmp_path: Path) -> None:
    asked = [question("q1", question="督学按什么比例配备？", gold=("a/1",), nuggets=(("1:1000",),), anti=("20%",))]
    for baseline, rate in ((DumpClauses(CORPUS), 1), (CiteEverything(CORPUS), 1), (AlwaysAbstain(CORPUS), 0)):
        got = evaluate(baseline, asked, tmp_path / type(baseline).__name__)
        assert (got["anti_rate"], got["correct"]) == (rate, 0)


def test_baselines_keep_to_the_policies() -> None:
    for baseline in (CiteEverything(CORPUS), DumpClauses(CORPUS)):
        assert "县政府" not in baseline.ask("q", policies=["a"]).text
