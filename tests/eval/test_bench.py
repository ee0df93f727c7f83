from dataclasses import replace

from eval.bench import Bench, bench, format_bench
from tests.eval.fakes import Scripted, answer, question


def test_every_question_is_timed_once_both_ways() -> None:
    asked = [question(f"q{n}", question=f"问{n}") for n in range(8)]
    engine, embedded = Scripted({q.question: answer() for q in asked}), list[str]()
    found = bench(engine, embedded.append, asked)
    assert (len(found.ask), len(found.embed)) == (8, 8)
    assert len(engine.asked) == len(embedded) == 8 + 5
    assert min(found.ask) > 0


def test_the_ratio_is_of_medians_and_held_to_the_bound() -> None:
    found = Bench((3.0, 30.0, 2.0), (2.0, 2.0, 9.0))
    assert found.ratio == 1.5
    assert "1.50 (at most 1.5: kept)" in format_bench(found)
    assert "missed" in format_bench(replace(found, ask=(4.0,)))
