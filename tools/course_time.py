"""Measure how long a course of all topics and places takes to build: python -m tools.course_time [--runs N].

Prints a Markdown table: each kind of file, the fastest and the slowest of the runs, and all of them together from
nothing (topics placed by wording, facts read, every file made).
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.course.files import KINDS, CourseFiles
from app.course.types import Course
from app.material import gather_material
from app.wording import wording
from corpus.load import load_corpus


def main() -> None:
    """Build everything a few times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    corpus = load_corpus()
    times: dict[str, list[float]] = {}
    for _ in range(options.runs):
        begun = time.perf_counter()
        files = CourseFiles(gather_material(corpus))
        topics = tuple(t.id for t in files.material.topics.topics)
        course = Course("", "教育督导政策", topics, tuple(corpus.by_id), size=100)
        times.setdefault("topics placed", []).append(time.perf_counter() - begun)
        for kind in KINDS:
            at = time.perf_counter()
            files.make(course, kind, wording(None), datetime.now())
            times.setdefault(kind, []).append(time.perf_counter() - at)
        times.setdefault("all together", []).append(time.perf_counter() - begun)
    print("| what | fastest | slowest |\n|---|--:|--:|")
    for name, taken in times.items():
        print(f"| {name} | {min(taken):.2f} s | {max(taken):.2f} s |")


if __name__ == "__main__":
    main()
