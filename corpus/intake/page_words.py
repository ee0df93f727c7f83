"""Joining the lines of a paragraph: where a space belongs between two of them, and where none does."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.intake.page_glyphs import is_han


def join_lines(lines: Sequence[str]) -> str:
    """Return the text of lines that follow each other; words of Latin letters are parted, a number is not."""
    out = ""
    for line in lines:
        out += " " + line if out and line and _parted(out[-1], line[0]) else line
    return out


def _parted(before: str, after: str) -> bool:
    if is_han(before) or is_han(after) or before == "-":
        return False
    return not (before.isdigit() and after.isdigit())
