"""`make bench`: the time of a warm question against the time of embedding it, measured side by side."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answering import Answering
from corpus.errors import DudaoError
from eval.cli import QUESTIONS
from eval.load import load_questions
from eval.metrics import percentile
from eval.split import in_split
from eval.table import aligned
from eval.types import Question

BOUND = 1.5
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Bench:
    """Milliseconds a question: asking it as a whole, and embedding its text alone."""

    ask: tuple[float, ...]
    embed: tuple[float, ...]

    @property
    def beyond(self) -> float:
        """Milliseconds by which the median of asking exceeds the median of embedding."""
        return (percentile(self.ask, 50) or 0.0) - (percentile(self.embed, 50) or 0.0)

    @property
    def ratio(self) -> float:
        """The median of asking over the median of embedding."""
        return (percentile(self.ask, 50) or 0.0) / (percentile(self.embed, 50) or 1.0)


def bench(answering: Answering, embed: Callable[[str], object], questions: Sequence[Question]) -> Bench:
    """Time asking and embedding in turn, after a few questions that are not counted.

    embed: embeds one text as the engine does, without keeping results. Which of the two comes first changes from
    question to question, so that neither profits from the other's warm caches.
    """
    asked: list[float] = []
    embedded: list[float] = []
    for n, question in enumerate((*questions[:_WARM_UP], *questions)):
        calls = [
            (asked, lambda q=question: answering.ask(q.question, q.history)),
            (embedded, lambda q=question: embed(q.question)),
        ]
        for times, call in calls if n % 2 else reversed(calls):
            spent = _milliseconds(call)
            if n >= _WARM_UP:
                times.append(spent)
    return Bench(tuple(asked), tuple(embedded))


def format_bench(found: Bench) -> str:
    """Return the percentiles of both, their ratio and whether it keeps to the bound."""
    rows = [
        (name, *(f"{percentile(times, p) or 0:.1f}" for p in (50, 95, 99)))
        for name, times in (("ask", found.ask), ("embed alone", found.embed))
    ]
    verdict = "kept" if found.ratio <= BOUND else "missed"
    return (
        aligned((f"ms, {len(found.ask)} warm questions", "p50", "p95", "p99"), rows)
        + f"\n\nask / embed at the median: {found.ratio:.2f} (at most {BOUND:g}: {verdict})"
        + f"\nask beyond embed at the median: {found.beyond:.1f} ms\n"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark over the dev split; return 0 where the bound is kept, 1 where not, 2 where it cannot run."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--questions", nargs="+", type=Path, metavar="FILE", help="default: the committed sets")
    args = parser.parse_args(argv)
    try:
        from eval.configs import Configs

        configs = Configs()
        files = args.questions or sorted(QUESTIONS.glob("*.jsonl"))
        questions = in_split(load_questions(files, configs.corpus.measures).questions, "dev")
        found = bench(configs.build("dudao"), lambda text: configs.embedder.embed_queries([text]), questions)
    except DudaoError as error:
        sys.stderr.write(f"make bench: {error}\n")
        return 2
    sys.stdout.write(format_bench(found))
    return 0 if found.ratio <= BOUND else 1


def _milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
