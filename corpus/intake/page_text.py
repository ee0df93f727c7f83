"""Pages as pieces in places, to text in reading order: the one way for PDF, OFD and scans."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.intake.page_columns import read_order
from corpus.intake.page_edges import PageBlocks
from corpus.intake.page_layout import Layout
from corpus.intake.page_lines import rows, segments
from corpus.intake.page_margins import PageRows, take_margins
from corpus.intake.page_paragraphs import paragraphs
from corpus.intake.page_tables import take_tables


def read_pages(pages: Iterable[Layout]) -> tuple[str, tuple[str, ...]]:
    """Return the text of the pages, a paragraph or a row of a table in each line, and what stands in their margins.

    Pages are taken one by one, so that the characters of a long file need not be held together.
    """
    frames, tables, page_rows = [], [], []
    aside: list[str] = []
    for page in pages:
        found, rest = take_tables(page.pieces, page.rules)
        tables.append(found)
        page_rows.append(PageRows(page.number, page.height, tuple(map(tuple, rows(segments(rest))))))
        frames.append((page.number, page.width, tuple(rule for rule in page.rules if rule.level)))
        aside += page.aside
    kept, margins = take_margins(page_rows)
    blocks = []
    for (number, width, rules), ruled, body in zip(frames, tables, kept, strict=True):
        order = read_order([segment for row in body for segment in row], ruled)
        blocks.append(PageBlocks(number, width, tuple(order), rules))
    return "\n".join(paragraphs(blocks)), tuple(dict.fromkeys([*margins, *aside]))
