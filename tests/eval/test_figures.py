import pytest

from eval.figures import BY_NAME, correct, intervals, value
from eval.robustness import robustness
from eval.summary import abstention, curve, latency, summarise
from eval.table import aligned, format_summary
from eval.types import Found
from tests.eval.fakes import row

HIT = Found(hit_1=1.0, hit_5=1.0, cited=2, cited_right=1, gold_cited=1, citation_precision=0.5, citation_recall=1.0)


def test_retrieval_figures_are_over_answerable_questions() -> None:
    rows = [row("q1", HIT), row("q2"), row("q3", HIT, answerable=False, gold=())]
    assert value(BY_NAME["hit@1"], rows) == 1 / 2
    assert value(BY_NAME["citation_precision"], rows) == 1 / 4
    assert value(BY_NAME["citation_precision_all"], rows) == 2 / 4


def test_a_refused_question_counts_as_nothing_found() -> None:
    rows = [row("q1", HIT), row("q2", error="refused")]
    assert value(BY_NAME["hit@5"], rows) == 1 / 2
    assert value(BY_NAME["over_abstention"], rows) == 0


def test_nugget_recall_is_the_mean_over_questions_with_nuggets() -> None:
    wanted = (("a",), ("b",))
    rows = [row("q1", Found(nuggets_found=("a",)), nuggets=wanted), row("q2", nuggets=wanted), row("q3")]
    assert value(BY_NAME["nugget_recall"], rows) == 1 / 4


def test_abstention_figures() -> None:
    rows = [
        row("q1", answerable=False, abstained=True),
        row("q2", answerable=False),
        row("q3", abstained=True),
        row("q4"),
        row("q5"),
    ]
    names = ("abstention_precision", "abstention_recall", "over_abstention")
    assert [value(BY_NAME[name], rows) for name in names] == [1 / 2, 1 / 2, 1 / 3]


def test_what_nothing_counts_for_has_no_value() -> None:
    assert value(BY_NAME["abstention_recall"], [row()]) is None
    assert "abstention_recall" not in intervals([row()])
    assert intervals([]) == {}


def test_shares_of_few_get_wilson_and_averages_the_bootstrap() -> None:
    found = intervals([row("q1", HIT), row("q2")])
    hits, precision = found["hit@1"], found["citation_precision"]
    assert (hits.n, hits.value) == (2, 0.5)
    assert (hits.low, hits.high) == pytest.approx((0.0945, 0.9055), abs=5e-4)
    assert (precision.low, precision.high) == (0, 0.5)


def test_a_group_is_one_observation_however_much_it_holds() -> None:
    wordings = intervals([row(f"q{n}", HIT, group="g") for n in range(5)])["hit@1"]
    letters = intervals([row("q1", Found(claimed=9_000, supported=9_000))])["supported"]
    assert (wordings.n, letters.n) == (5, 9_000)
    assert (wordings.low, letters.low) == pytest.approx((0.2065, 0.2065), abs=5e-4)


def test_correct_needs_gold_few_other_citations_every_nugget_and_no_contradiction() -> None:
    assert correct(row("q1", HIT))
    assert not correct(row("q1", HIT, nuggets=(("a",),)))
    assert not correct(row("q1", Found(cited=3, cited_right=1, gold_cited=1)))
    assert not correct(row("q1", Found(gold_cited=1, anti_found=("x",))))
    assert not correct(row("q1", HIT, abstained=True))
    assert correct(row("q1", answerable=False, abstained=True))
    assert not correct(row("q1", answerable=False))


def test_latency_leaves_the_cold_answer_out() -> None:
    rows = [row("q0", Found(cold=True), timing_ms={"total": 900.0})]
    rows += [row(f"q{n}", timing_ms={"total": float(n)}) for n in range(1, 5)]
    found = latency(rows)
    assert (found["latency_p50_ms"], found["latency_p95_ms"], found["latency_cold_ms"]) == (2, 4, 900)
    assert latency([])["latency_p50_ms"] is None


def test_robustness_is_the_worst_wording_and_the_agreement_of_citations() -> None:
    cited = [{"measure_id": "a/1"}, {"measure_id": "a/2"}]
    rows = [
        row("q1", HIT, group="g", citations=cited),
        row("q2", Found(), group="g", citations=cited[:1]),
        row("q3", HIT, group="h"),
    ]
    found = robustness(rows)
    assert found["groups"] == 1
    assert (found["worst_hit_5"], found["mean_hit_5"], found["citation_agreement"]) == (0, 0.5, 0.5)
    assert robustness([])["citation_agreement"] is None


def test_each_wording_stands_beside_the_plain_one_of_its_group() -> None:
    rows = [
        row("q1", HIT, group="g"),
        row("q2", Found(), group="g", lang="en"),
        row("q3", HIT, group="g", style="typo"),
        row("q4", HIT, group="h", lang="en"),
        row("q5", HIT, group="h", lang="en"),
    ]
    found = robustness(rows)["wordings"]
    assert {wording: (of["n"], of["hit_5"], of["plain_hit_5"]) for wording, of in found.items()} == {
        "en": (1, 0, 1),
        "typo": (1, 1, 1),
    }
    assert "typo" in format_summary(summarise(rows))


def test_the_curve_of_abstaining_begins_with_the_least_confident() -> None:
    rows = [
        row("q1", confidence=0.9),
        row("q2", confidence=0.2, answerable=False, gold=()),
        row("q3", confidence=0.1),
        row("q4", error="refused"),
    ]
    assert abstention(rows) == {"average_precision": 1 / 2, "points": [[0, 0], [1, 1 / 2], [1, 1 / 3]]}
    assert abstention(rows[:1]) == {"average_precision": None, "points": []}


def test_the_risk_coverage_curve_takes_the_first_measure_in_order_of_confidence() -> None:
    rows = [
        row("q1", retrieved=["a/1"], confidence=0.9),
        row("q2", retrieved=["b/1"], confidence=0.5),
        row("q3", retrieved=["a/1"], confidence=0.1, answerable=False),
        row("q4", error="refused"),
    ]
    assert curve(rows)["points"] == [[1 / 3, 0], [2 / 3, 1 / 2], [1, 2 / 3]]


def test_the_summary_has_the_promised_keys_and_prints() -> None:
    rows = [row("q1", HIT, lang="zh-Hant"), row("q2", kind="who", answerable=False, gold=(), abstained=True)]
    summary = summarise(rows)
    for name in ("hit@1", "hit@5", "MRR@10", "citation_precision", "citation_recall", "nugget_recall"):
        assert name in summary
    assert (summary["abstention_precision"], summary["abstention_recall"], summary["over_abstention"]) == (1, 1, 0)
    assert summary["slices"]["lang"]["zh-Hant"]["hit@1"] == 1
    assert summary["slices"]["document"]["a"]["n"] == 1
    text = format_summary(summary)
    assert "2 questions (1 answerable, 1 not)" in text
    assert "zh-Hant" in text


def test_an_empty_run_still_prints() -> None:
    assert "0 questions" in format_summary(summarise([]))


def test_wide_characters_take_two_columns() -> None:
    assert aligned(("名", "n"), [("ab", "10"), ("c", "1")]) == "名   n\n--  --\nab  10\nc    1"
