"""Sub-items of a measure: lines that open with —— or a lower number, and lists inside a sentence (一是…二是…)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.markers import Level
from corpus.numbering import Line
from corpus.numerals import parse_numeral
from corpus.script import fold_aligned
from corpus.types import Item, Span

_INLINE = (
    re.compile(r"(?:^|(?<=[。;,:、\s“\"—]))(?P<n>[一二三四五六七八九十]{1,3})是"),
    re.compile(r"(?<!第)[(〔](?P<n>\d{1,2})[)〕](?![项款])"),
    re.compile(r"(?P<n>[①-⑳])"),
)
_FEWEST = 2


@dataclass(slots=True)
class _Open:
    level: Level
    number: int | None
    label: str
    start: int
    end: int


def find_items(lines: Sequence[Line]) -> tuple[Item, ...]:
    """Return the listed sub-items of a measure's lines; the marker of its own number must have been taken away.

    An item on lines of its own takes in the lower lists below it. The last item of a list inside a sentence ends
    with the sentence.
    """
    on_lines = _line_items(lines)
    inside = [item for line in lines for item in _inline_items(line)]
    begun = {(span.start, label) for span, label in inside}
    return _with_depth([item for item in on_lines if (item[0].start, item[1]) not in begun] + inside)


def _line_items(lines: Sequence[Line]) -> list[tuple[Span, str]]:
    out: list[tuple[Span, str]] = []
    opened: list[_Open] = []
    for line in lines:
        marker = line.marker
        at = next((i for i, one in enumerate(opened) if marker and one.level == marker.level), len(opened))
        before = (opened[at].number or 0) if at < len(opened) else 0
        in_turn = marker is not None and (marker.number is None or marker.number == before + 1)
        keep = at if in_turn else 0
        out += [(Span(one.start, one.end), one.label) for one in opened[keep:]]
        del opened[keep:]
        if marker and in_turn:
            opened.append(_Open(marker.level, marker.number, marker.label, line.start, line.end))
            for one in opened:
                one.end = line.end
    return out + [(Span(one.start, one.end), one.label) for one in opened]


def _inline_items(line: Line) -> Iterator[tuple[Span, str]]:
    """The lists inside a line; a list that begins inside an item of another ends with that item."""
    folded = fold_aligned(line.text)
    runs = sorted(
        (run for pattern in _INLINE for run in _runs(pattern, line.text if "①" in pattern.pattern else folded)),
        key=lambda run: (run[0].start, -run[-1].end),
    )
    around: list[list[Span]] = []
    for run in runs:
        while around and around[-1][-1].end <= run[0].start:
            around.pop()
        if around:
            holder = around[-1][bisect_right([span.start for span in around[-1]], run[0].start) - 1]
            run = [Span(s.start, min(s.end, holder.end)) for s in run if s.start < holder.end]
        if len(run) < _FEWEST:
            continue
        around.append(run)
        for span in run:
            yield Span(line.start + span.start, line.start + span.end), _label(folded, line.text, span.start)


def _runs(pattern: re.Pattern[str], text: str) -> list[list[Span]]:
    """Runs of numbers from 1 upwards, each member up to the next, the last up to the end of its sentence."""
    runs: list[list[re.Match[str]]] = []
    for match in pattern.finditer(text):
        number = _number(match["n"])
        if runs and number == len(runs[-1]) + 1:
            runs[-1].append(match)
        elif number == 1:
            runs.append([match])
    stops = [m.end() for m in re.finditer("。", text)]
    out = []
    for run, following in zip(runs, [*runs, []][1:], strict=True):
        last = run[-1]
        stop = bisect_right(stops, last.end())
        end = stops[stop] if stop < len(stops) else len(text)
        end = min(end, following[0].start()) if following else end
        starts = [m.start() for m in run]
        out.append([Span(a, b) for a, b in zip(starts, [*starts[1:], end], strict=True)])
    return [run for run in out if len(run) >= _FEWEST]


def _number(text: str) -> int | None:
    return ord(text) - ord("①") + 1 if "①" <= text <= "⑳" else parse_numeral(text)


def _label(folded: str, text: str, at: int) -> str:
    match = next(m for pattern in _INLINE for t in (folded, text) if (m := pattern.match(t, at)))
    return text[at : match.end()]


def _with_depth(found: Sequence[tuple[Span, str]]) -> tuple[Item, ...]:
    out: list[Item] = []
    around: list[Span] = []
    for span, label in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        while around and around[-1].end <= span.start:
            around.pop()
        out.append(Item(span, label, len(around) + 1))
        around.append(span)
    return tuple(out)
