"""Which parts of the corpus, kinds and languages the questions reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.load import Corpus
from eval.split import split_of
from eval.table import aligned
from eval.types import Question


@dataclass(frozen=True, slots=True)
class Coverage:
    """Questions by measure (as gold), and by kind, language and style: (dev, test) each.

    without: numbered measures that are gold of no question.
    """

    measures: dict[str, tuple[int, int]]
    kinds: dict[str, tuple[int, int]]
    langs: dict[str, tuple[int, int]]
    styles: dict[str, tuple[int, int]]
    without: tuple[str, ...]


def coverage(questions: Sequence[Question], corpus: Corpus) -> Coverage:
    """Count the questions of each measure, kind, language and style."""
    gold = _counted([(i, q) for q in questions for i in q.gold])
    measures = {i: gold.get(i, (0, 0)) for i in corpus.measures}
    numbered = [i for i, measure in corpus.measures.items() if measure.kind == "measure"]
    return Coverage(
        measures=measures,
        kinds=_counted([(q.kind, q) for q in questions]),
        langs=_counted([(q.lang, q) for q in questions]),
        styles=_counted([(q.style, q) for q in questions]),
        without=tuple(i for i in numbered if measures[i] == (0, 0)),
    )


def _counted(entries: Sequence[tuple[str, Question]]) -> dict[str, tuple[int, int]]:
    counter = Counter((key, split_of(question.group)) for key, question in entries)
    return {key: (counter[key, "dev"], counter[key, "test"]) for key in sorted({key for key, _ in counter})}


def format_coverage(found: Coverage) -> str:
    """Return the counts as text tables."""
    tables = {"kind": found.kinds, "lang": found.langs, "style": found.styles, "measure": found.measures}
    blocks = [_table(name, counts) for name, counts in tables.items()]
    missing = ", ".join(found.without) or "none"
    return "\n\n".join([*blocks, f"numbered measures without a question: {missing}"]) + "\n"


def _table(name: str, counts: dict[str, tuple[int, int]]) -> str:
    rows = [(key, str(dev), str(test), str(dev + test)) for key, (dev, test) in counts.items()]
    total = tuple(str(sum(column)) for column in zip(*counts.values(), strict=True)) or ("0", "0")
    sums = [] if name == "measure" else [("all", *total, str(sum(map(int, total))))]
    return aligned((name, "dev", "test", "both"), [*rows, *sums])
