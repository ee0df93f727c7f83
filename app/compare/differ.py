"""Words that differ between two texts; differences of script, signs and spacing alone are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from functools import cache

from corpus.glossary import load_taiwan_words
from corpus.script import fold_aligned
from corpus.types import Span

# Runs of equal characters shorter than this, between two differences, are chance: 的, or half a word.
_ISLAND = 2
# A number is one word, its colon, its range and its percent sign with it.
_NUMBER = re.compile(r"\d+(?:[.:~/]\d+)*%?")
Token = tuple[str, Span]


def differing(left: str, right: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of `left` that `right` does not have at their place, and those of `right` likewise."""
    a, b = _tokens(left), _tokens(right)
    left_words, right_words = [t for t, _ in a], [t for t, _ in b]
    blocks = SequenceMatcher(None, left_words, right_words, autojunk=False).get_matching_blocks()
    whole = len(a), len(b)
    equal = [m for m in blocks if len("".join(left_words[m.a : m.a + m.size])) >= _ISLAND or _at_an_end(m, whole)]
    return (
        _spans(a, [(m.a, m.a + m.size) for m in equal]),
        _spans(b, [(m.b, m.b + m.size) for m in equal]),
    )


def _at_an_end(block: Match, whole: tuple[int, int]) -> bool:
    """Whether an equal run begins or ends both texts; the empty run at their end is one too."""
    return block.a == block.b == 0 or (block.a + block.size, block.b + block.size) == whole


def _tokens(text: str) -> list[Token]:
    """Characters as they are compared, with their spans; a Taiwan-localised word reads as the mainland one."""
    folded = fold_aligned(text)
    words, pattern = _taiwan()
    out: list[Token] = []
    at = 0
    while at < len(folded):
        match = pattern.match(folded, at)
        if match:
            out += [(char, Span(*match.span())) for char in words[match.group()]]
            at = match.end()
            continue
        number = _NUMBER.match(folded, at)
        end = number.end() if number else at + 1
        if number or unicodedata.category(folded[at])[0] not in "PZC":
            out.append((folded[at:end], Span(at, end)))
        at = end
    return out


@cache
def _taiwan() -> tuple[dict[str, str], re.Pattern[str]]:
    words = load_taiwan_words()
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return words, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _spans(tokens: Sequence[Token], equal: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """What lies between the equal runs, without the signs around it; neighbours become one."""
    out: list[Span] = []
    at = 0
    for start, end in equal:
        if at < start:
            found = Span(tokens[at][1].start, tokens[start - 1][1].end)
            if out and out[-1].end >= found.start:
                found = Span(out.pop().start, found.end)
            out.append(found)
        at = max(at, end)
    return tuple(out)
