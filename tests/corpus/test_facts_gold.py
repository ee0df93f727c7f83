"""Precision and recall of fact extraction on the hand-made gold: `pytest -s tests/corpus/test_facts_gold.py`."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.facts import Fact, facts_of
from corpus.load import Corpus, load_corpus
from corpus.types import Measure, Span

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold" / "facts"
BAR = 0.98
NEAR = 2  # characters by which one span may be wider than the other
FIELDS = ("value", "to", "unit", "comparator", "period", "precision", "number", "order", "lead")
NAMED_BY = {"document": "title", "unit": "quote", "copies": "quote"}  # kinds whose value the gold has in another field
Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """Facts in the gold, found, and both, by kind; and of the facts in both, how many say what they count, rightly."""

    gold: Counter[str]
    found: Counter[str]
    right: Counter[str]
    subjects_gold: int
    subjects_found: int
    subjects_right: int
    wrong: tuple[str, ...]

    def rows(self) -> list[tuple[str, int, int, int]]:
        kinds = [(k, self.gold[k], self.found[k], self.right[k]) for k in sorted(self.gold | self.found)]
        return [*kinds, ("all", self.gold.total(), self.found.total(), self.right.total())]

    def table(self) -> str:
        lines = ["| kind | in the gold | found | right | precision | recall |", "|---|--:|--:|--:|--:|--:|"]
        lines += [f"| {k} | {g} | {f} | {r} | {r / f:.3f} | {r / g:.3f} |" for k, g, f, r in self.rows()]
        subjects = self.subjects_right, self.subjects_found, self.subjects_gold
        lines.append(
            f"| what it counts (`of`) | {subjects[2]} | {subjects[1]} | {subjects[0]} | "
            f"{subjects[0] / subjects[1]:.3f} | {subjects[0] / subjects[2]:.3f} |"
        )
        return "\n".join(lines)


def gold_rows(document: str) -> list[Row]:
    return [json.loads(line) for line in (GOLD / f"{document}.jsonl").read_text(encoding="utf-8").splitlines()]


def place(row: Row, measure: Measure) -> Span:
    at = -1
    for _ in range(row.get("nth", 1)):
        at = measure.text.index(row["quote"], at + 1)
    return Span(at, at + len(row["quote"]))


def same_place(a: Span, b: Span) -> bool:
    holds = a.start <= b.start and b.end <= a.end or b.start <= a.start and a.end <= b.end
    return holds and abs(a.start - b.start) + abs(a.end - b.end) <= NEAR


def same_values(row: Row, fact: Fact) -> bool:
    wanted = {**row, "value": row.get(NAMED_BY.get(row["kind"], "value"), "")}
    if row["kind"] == "percent":
        wanted["unit"] = "%"
    defaults = {"comparator": "=", "order": 0, "lead": False}
    return all(str(wanted.get(f, defaults.get(f, ""))) == str(getattr(fact, f)) for f in FIELDS)


def compare(corpus: Corpus) -> Figures:
    gold, found, right = Counter[str](), Counter[str](), Counter[str]()
    subjects = [0, 0, 0]
    wrong: list[str] = []
    for document in corpus.documents:
        rows = gold_rows(document.meta.id)
        for measure in document.measures:
            left = list(facts_of(measure))
            found.update(f.kind for f in left)
            for row in (r for r in rows if r["measure"] == measure.id):
                gold[row["kind"]] += 1
                span = place(row, measure)
                hits = [f for f in left if f.kind == row["kind"] and same_place(f.span, span) and same_values(row, f)]
                if not hits:
                    wrong.append(f"missed {row}")
                    continue
                left.remove(hits[0])
                right[row["kind"]] += 1
                said = hits[0].of.of(measure.text) if hits[0].of else None
                for i, told in enumerate((row.get("of"), said, said == row.get("of") and said)):
                    subjects[i] += bool(told)
            wrong += [f"too many: {measure.id} {f}" for f in left]
    return Figures(gold, found, right, subjects[0], subjects[1], subjects[2], tuple(wrong))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.fixture(scope="module")
def figures(corpus: Corpus) -> Figures:
    return compare(corpus)


def test_every_line_of_the_gold_quotes_its_measure(corpus: Corpus) -> None:
    for document in corpus.documents:
        rows = gold_rows(document.meta.id)
        places = [(row["measure"], row["kind"], place(row, corpus.measures[row["measure"]])) for row in rows]
        assert len(set(places)) == len(places)
        for row in rows:
            text = corpus.measures[row["measure"]].text
            assert row["measure"].startswith(f"{document.meta.id}/")
            assert row.get("of", "") in text and row.get("title", "") in text and row.get("number", "") in text
            assert ("nth" in row) == (text.count(row["quote"]) > 1)


def test_facts_are_found_with_the_precision_and_recall_that_are_asked_for(figures: Figures) -> None:
    sys.stdout.write(f"\n{figures.table()}\n")  # read with -s
    total, found, right = figures.gold.total(), figures.found.total(), figures.right.total()
    assert total >= 220
    assert right / found >= BAR, figures.wrong
    assert right / total >= BAR, figures.wrong


def test_what_a_number_counts_is_found(figures: Figures) -> None:
    assert figures.subjects_gold >= 30
    assert figures.subjects_right / figures.subjects_found >= BAR
    assert figures.subjects_right / figures.subjects_gold >= BAR


def test_a_document_without_notes_has_no_units(corpus: Corpus) -> None:
    with_units = {m.document_id for m in corpus.measures.values() for f in facts_of(m) if f.kind == "unit"}
    assert with_units == {"xiushan", "hainan", "weihai"}


def test_a_wrong_value_or_place_is_no_match(corpus: Corpus) -> None:
    row: Row = {"kind": "percent", "quote": "不低于20%", "value": 20, "comparator": ">="}
    fact = Fact("percent", "20", "%", ">=", Span(0, 6))
    assert same_values(row, fact)
    assert not same_values({**row, "value": 30}, fact)
    assert not same_values({**row, "comparator": "="}, fact)
    assert same_place(Span(0, 6), Span(1, 5)) and same_place(Span(1, 6), Span(0, 6))
    assert not same_place(Span(0, 6), Span(1, 7)) and not same_place(Span(0, 6), Span(0, 9))


def test_the_page_shows_the_figures_measured(figures: Figures) -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", page.split("\n## Facts\n")[1], flags=re.M)[0]
    assert figures.table() in section
