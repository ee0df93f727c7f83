"""What a slide of a course holds: blocks, lines and rows of a table, page by page, measured before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.course.fit import Box

# Sizes of letters are points, all others centimetres, as the master has them (tools/make_course_template.py).
BODY = Box(29.6, 13.2)
NAME, SOURCE, GAP = 16.0, 12.0, 0.4
QUOTES = (22.0, 20.0, 18.0, 16.0)  # of quotes; the largest that takes no more slides is used
CELL, HEAD = 12.0, 13.0
TABLE_TOP, TABLE_HEIGHT, TABLE_LEFT, TABLE_WIDTH = 3.1, 13.9, 1.7, 30.4
CELL_MARGIN = 0.5  # left and right margins of a cell together
LISTED, LINE_GAP = 16.0, 0.25
GOES_ON = "（续）"


@dataclass(frozen=True, slots=True)
class Block:
    """What one place says, as a slide shows it: its name, a quote or a piece of one, and the source below it."""

    name: str
    quote: str
    source: str
    size: float = QUOTES[0]

    @property
    def height(self) -> float:
        """The height it takes in cm, the gap below it included."""
        name = BODY.takes(self.name, NAME) if self.name else 0.0
        source = BODY.takes(self.source, SOURCE) if self.source else 0.0
        quote = BODY.takes(self.quote, self.size) if self.quote else 0.0
        return name + quote + source + GAP


def pages_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return blocks page by page in the largest letters that take the fewest pages; a long one goes on over several."""
    sized = [_pages([replace(b, size=size) for b in blocks]) for size in QUOTES]
    fewest = min(map(len, sized))
    return next(pages for pages in sized if len(pages) == fewest)


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    for block in (piece for b in blocks for piece in _pieces(b)):
        if pages and sum(b.height for b in pages[-1]) + block.height <= BODY.height:
            pages[-1].append(block)
        else:
            pages.append([block])
    return pages


def _pieces(block: Block) -> list[Block]:
    """The block, or where its quote is too long for a page, its pieces; the source stands below the last."""
    if block.height <= BODY.height:
        return [block]
    around = Block(block.name + GOES_ON, "", block.source, block.size).height
    parts = BODY.pieces(block.quote, block.size, BODY.height - around)
    last = len(parts) - 1
    return [
        Block(
            block.name + (GOES_ON if n else ""),
            part + ("" if n == last else "……"),
            block.source if n == last else "",
            block.size,
        )
        for n, part in enumerate(parts)
    ]


def pages_of_lines(lines: Sequence[str], columns: int = 1) -> Iterator[list[str]]:
    """Yield lines page by page, each by its height."""
    box = Box(BODY.width / columns - (columns - 1), BODY.height)
    room = BODY.height * columns - (columns - 1)
    page: list[str] = []
    for line in (piece for text in lines for piece in box.pieces(text, LISTED)):
        if page and sum(box.takes(t, LISTED) + LINE_GAP for t in [*page, line]) > room:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return the height in cm of a row whose cells have these texts and widths, in letters of `size` points."""
    cells = zip(texts, widths, strict=True)
    return max(Box(width - CELL_MARGIN, 0).takes(text, size) for text, width in cells) + 0.3


def pages_of_rows(
    headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> Iterator[list[Sequence[str]]]:
    """Yield rows page by page; a row that is too high for a page goes on in further rows."""
    room = TABLE_HEIGHT - row_height(headings, widths, HEAD)
    page: list[Sequence[str]] = []
    for row in (piece for whole in rows for piece in _row_pieces(whole, widths, room)):
        if page and sum(row_height(r, widths, CELL) for r in [*page, row]) > room:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


def _row_pieces(row: Sequence[str], widths: Sequence[float], room: float) -> list[list[str]]:
    cells = [Box(w - CELL_MARGIN, room - 0.3).pieces(t, CELL) for t, w in zip(row, widths, strict=True)]
    count = max(map(len, cells))
    rows = [[cell[n] if n < len(cell) else "" for cell in cells] for n in range(count)]
    for later in rows[1:]:
        later[0] = row[0] + GOES_ON
    return rows
