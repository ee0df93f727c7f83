"""Hostile texts take work in proportion to their length, counted in steps; a megabyte of brackets comes to an end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from corpus.clean import clean_text
from corpus.errors import ParseError
from corpus.facts import extract_facts
from corpus.intake.encoding import decode
from corpus.intake.markdown import read_markdown
from corpus.intake.web import read_web_page
from corpus.markers import read_marker
from corpus.notes import read_note
from corpus.numerals import parse_numeral
from corpus.sentences import split_sentences
from tests.corpus.make import parsed

ROOT = Path(__file__).parents[3]
SHAPES = (
    "（",
    "(",
    "〔",
    "《",
    "“",
    "（\n",
    "（一",
    "(1)\n",
    "（责任单位：",
    "第一条（\n",
    "一",
    "1.",
    "——\n",
    "《a〈",
    "1:",
)
READERS: dict[str, Callable[[str], object]] = {
    "marker": read_marker,
    "numeral": parse_numeral,
    "note": read_note,
    "clean": clean_text,
    "parse": parsed,
    "facts": extract_facts,
    "sentences": split_sentences,
    "encoding": lambda text: decode(text.encode("gb18030")),
}
_MOST = 2.5  # twice the text takes twice the steps and, since some are taken once, hardly more


def steps(read: Callable[[str], object], text: str) -> int:
    """How many lines of Python run while `read` reads `text`."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    except ParseError:
        pass
    finally:
        sys.settrace(before)
    return count


def test_steps_that_grow_with_the_square_are_seen() -> None:
    def square(text: str) -> None:
        for _ in text:
            for _ in text:
                pass

    assert steps(square, "（" * 200) > _MOST * steps(square, "（" * 100)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_steps(shape: str, reader: str) -> None:
    read = READERS[reader]
    steps(read, shape * 50)  # what is looked up once and kept
    less, more = (steps(read, (shape * size)[:size]) for size in (600, 1200))
    assert more <= _MOST * less


@pytest.mark.parametrize("shape", ["<div>（", "<td>(", "<!--", "<a href=x>", "<ol><li>", "&lt;", "<p>，"])
def test_pages_too(tmp_path: Path, shape: str) -> None:
    file = tmp_path / "a.html"

    def read(text: str) -> None:
        file.write_text(f"<html><body><p>各学校要认真做好督导工作。</p>{text}", encoding="utf-8")
        read_web_page(file)

    read(shape * 50)
    less, more = (steps(read, shape * size) for size in (150, 300))
    assert more <= _MOST * less


@pytest.mark.parametrize("shape", ["[", "![", "**a", "> ", "1. ", "|a", "`", "<!--", "（"])
def test_markdown_too(tmp_path: Path, shape: str) -> None:
    file = tmp_path / "a.md"

    def read(text: str) -> None:
        file.write_text(f"督导\n\n{text}", encoding="utf-8")
        read_markdown(file)

    read(shape * 50)
    less, more = (steps(read, shape * size) for size in (300, 600))
    assert more <= _MOST * less


MEGABYTE = """
import sys
from corpus.facts import extract_facts
from corpus.markers import read_marker
from corpus.notes import read_note
from corpus.numerals import parse_numeral
from tests.corpus.make import parsed
text = sys.argv[1] * (2**20 // len(sys.argv[1].encode()))
assert parse_numeral(text) is None and read_note(text) is None
read_marker(text), extract_facts(text)
measures = parsed(text).measures
print(sum(len(measure.text) for measure in measures), len(text))
"""


@pytest.mark.integration
@pytest.mark.parametrize("bracket", ["（", "(", "〔", "《", "“"])
def test_a_megabyte_of_opening_brackets(bracket: str) -> None:
    """The time is a fail-safe: this takes seconds, and would take days if the work grew with the square."""
    done = subprocess.run(
        [sys.executable, "-c", MEGABYTE, bracket], capture_output=True, text=True, timeout=300, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-500:]
    kept, size = map(int, done.stdout.split())
    assert kept == size == 2**20 // len(bracket.encode())
