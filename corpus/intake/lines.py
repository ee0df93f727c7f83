"""Lines of a new text as its metadata is read from them, and what is found there with its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.markers import read_marker
from corpus.script import fold_aligned

T = TypeVar("T")

_HEADING_LEVELS = frozenset({"book", "chapter", "division", "article", "han", "paren", "digit"})
_MOST_HEAD_LINES = 80


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value that the text states. quote: its wording as printed; start: its offset in the clean text.

    start is None where the wording stands around the text (running header or footer) or was given by hand.
    """

    value: T
    quote: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its margins. folded: simplified and half-width, aligned with `text`."""

    text: str
    folded: str
    start: int | None

    def found(self, value: T, start: int = 0, end: int | None = None) -> Found[T]:
        """Return `value` with the wording at [start, end) of this line."""
        offset = None if self.start is None else self.start + start
        return Found(value, self.text[start:end], offset)


@dataclass(frozen=True, slots=True)
class Lines:
    """head: before the first heading of the text. rest: from there on. margins: what stood around the text."""

    head: tuple[Line, ...]
    rest: tuple[Line, ...]
    margins: tuple[Line, ...] = ()

    @property
    def body(self) -> tuple[Line, ...]:
        """All lines of the text in reading order."""
        return (*self.head, *self.rest)


def read_lines(text: str, margins: Sequence[str] = ()) -> Lines:
    """Return the lines of a clean text, blank ones left out, and those of its margins."""
    lines, at = list[Line](), 0
    for piece in text.split("\n"):
        lines += _line(piece, at)
        at += len(piece) + 1
    ends = (i for i, line in enumerate(lines) if _is_heading(line.text))
    cut = min(next(ends, len(lines)), _MOST_HEAD_LINES)
    around = [line for margin in margins for piece in margin.split("\n") for line in _line(piece, None)]
    return Lines(tuple(lines[:cut]), tuple(lines[cut:]), tuple(around))


def fields(lines: Sequence[Line], labels: str) -> Iterator[Found[str]]:
    """Yield the values of `label：value` for labels given as `a|b`; web pages and forms state metadata so.

    In a row of a table a tab stands for the colon. A value ends at a gap of two spaces, a tab or a bar, or before the
    next label.
    """
    spaced = "|".join(r"\s*".join(label) for label in labels.split("|"))
    pattern = re.compile(rf"(?:^|[\s|(\[【])(?:{spaced})(?:\s*[:】\]]\s*:?|\t)\s*([^\s|](?:[^\t|\u3000 ]| (?! ))*)")
    for line in lines:
        for match in pattern.finditer(line.folded):
            value = re.sub(r" [\u4e00-\u9fff]{2,8}:.*", "", match[1]).rstrip()
            start = match.start(1)
            if value:
                yield line.found(line.text[start : start + len(value)], start, start + len(value))


def _line(piece: str, at: int | None) -> list[Line]:
    text = piece.strip()
    if not text:
        return []
    start = None if at is None else at + len(piece) - len(piece.lstrip())
    return [Line(text, fold_aligned(text), start)]


def _is_heading(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.level in _HEADING_LEVELS
