"""The slides of a course as a PowerPoint file over our own master: topics, comparison, notes for the speaker."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pptx import Presentation

from app.course.contents import Contents, Quoted, TopicPart
from app.course.slide_layout import GOES_ON, TABLE_WIDTH, Block, pages_of, pages_of_lines, pages_of_rows
from app.course.slide_writer import SlideWriter
from app.course.word import clean
from app.wording import Wording

TEMPLATE = Path(__file__).with_name("template.pptx")
_MOST_COLUMNS = 6
_COLUMNS = 2  # of the contents
_UNNAMED = {"front": "文首", "closing": "文末"}
_NOTHING = "未检出"


def slides(contents: Contents, words: Wording, made: datetime) -> bytes:
    """Return the bytes of the .pptx file."""
    deck = Presentation(str(TEMPLATE))
    facts = contents.origin.lines(words)
    writer = SlideWriter(deck, " · ".join(facts))
    writer.cover(contents.course.name, _cover_lines(contents, facts))
    named = [f"{n}　{p.topic.name}" for n, p in enumerate(contents.parts, start=1)]
    for n, names in enumerate(pages_of_lines(named, _COLUMNS)):
        writer.listed("目录" + (GOES_ON if n else ""), names, _COLUMNS)
    for part in contents.parts:
        for n, blocks in enumerate(pages_of(_blocks(contents, part))):
            writer.topic(part.topic.name + (GOES_ON if n else ""), blocks, _spoken(contents, part) if n == 0 else "")
    _compare(writer, contents)
    for n, lines in enumerate(pages_of_lines(_ending(contents))):
        writer.listed("文件来源" + (GOES_ON if n else ""), lines)
    deck.core_properties.title = clean(contents.course.name)
    deck.core_properties.created = deck.core_properties.modified = made.replace(tzinfo=None)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _blocks(contents: Contents, part: TopicPart) -> list[Block]:
    found = []
    silent = []
    for name, quotes in zip(contents.names, part.by_place, strict=True):
        if not quotes:
            silent.append(name)
        for n, quoted in enumerate(quotes):
            quote = "……".join(c.quote.replace("\n", "") for c in quoted.key)
            found.append(Block(name if n == 0 else "", f"“{quote}”", f"——{quoted.official}"))
    if silent:
        found.append(Block("", "", f"{'、'.join(silent)}：{_NOTHING}专门规定"))
    return found


def _spoken(contents: Contents, part: TopicPart) -> str:
    """The speaker's notes: the trainer's own, then every clause on the topic in full."""
    said = [f"备课笔记：\n{part.note}"] if part.note else []
    for name, quotes in zip(contents.names, part.by_place, strict=True):
        for quoted in quotes:
            text = "……".join(c.quote for c in quoted.own)
            said.append(f"{name} {quoted.measure.label}{quoted.measure.heading}\n{text}\n——{quoted.official}")
    return "\n\n".join(said)


def _cover_lines(contents: Contents, facts: Sequence[str]) -> list[str]:
    lines = ["督学培训课件", f"地区：{'、'.join(contents.names)}", *facts]
    if contents.gone:
        lines.append(f"已不在文件库中、未收入：{'、'.join(contents.gone)}")
    return lines


def _ending(contents: Contents) -> list[str]:
    return [f"{n}. {source}" for n, source in enumerate(contents.sources, start=1)]


def _compare(writer: SlideWriter, contents: Contents) -> None:
    """Topics down, places across: which measure of each rules on it."""
    names = contents.names
    for start in range(0, len(names), _MOST_COLUMNS):
        shown = range(start, min(start + _MOST_COLUMNS, len(names)))
        rows = [[p.topic.name, *(_where(p.by_place[n]) for n in shown)] for p in contents.parts]
        widths = [4.0, *((TABLE_WIDTH - 4.0) / len(shown) for _ in shown)]
        headings = ["专题", *(names[n] for n in shown)]
        for n, page in enumerate(pages_of_rows(headings, rows, widths)):
            writer.table("各地规定对比" + (GOES_ON if n or start else ""), headings, page, widths)


def _where(quotes: Sequence[Quoted]) -> str:
    if not quotes:
        return _NOTHING
    return "\n".join(
        f"{q.measure.label}{q.measure.heading}" or _UNNAMED.get(q.measure.kind, q.official) for q in quotes
    )
