"""Running headers, running footers and page numbers: told from the text by their place and their repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.intake.page_lines import Segment

_ZONE = 0.15  # of the page's height, at the top and at the foot
_DEEPEST = 3  # rows from the edge
_FEWEST_PAGES = 3  # on which a header stands, or half of all pages
_SMALL, _LARGEST = 0.95, 1.15  # of the body's size; a title is larger
_FULL = 0.9  # of the widest line
_COUNT = r"\s*[\d一二三四五六七八九十百]{1,5}\s*"
_NUMBER = re.compile(
    r"[-—–－―_一·•~～\s]+(\d{1,4}|[ivxIVX]{1,6})[-—–－―_一·•~～\s]+|\d{1,4}\s*/\s*\d{1,4}"
    rf"|第{_COUNT}页\W*(共{_COUNT}页)?|共{_COUNT}页\W*第{_COUNT}页|[Pp](age|\.)\s*\d{{1,4}}(\s*(of|/)\s*\d{{1,4}})?"
)
_BARE = re.compile(r"\d{1,4}")
_ATTACHMENT = re.compile(r"附[件表录錄]")


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of a page, from the top, that stand in no ruled table."""

    number: int
    height: float
    rows: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the top or the foot of a page."""

    page: int
    row: int
    foot: bool
    body: bool  # set like the body: large like a title, or as wide as its lines
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.texts)


def take_margins(pages: Sequence[PageRows]) -> tuple[list[tuple[tuple[Segment, ...], ...]], tuple[str, ...]]:
    """Return the rows of each page without its margins, and the text of the margins in order, each once."""
    body = _body_size(pages)
    runs = [run for at, page in enumerate(pages) for run in _edges(at, page, body)]
    edges = [edge for run in runs for edge in run]
    margins = _bare_numbers_in_step(edges, pages) | _repeated(edges, pages)
    taken: dict[int, dict[int, str]] = {}
    for run in runs:
        for edge in run:  # from the edge inwards: what stands further in than a line of text is text
            if (edge.page, edge.row) not in margins and not all(_NUMBER.fullmatch(text) for text in edge.texts):
                break
            taken.setdefault(edge.page, {})[edge.row] = edge.text
    kept = [
        tuple(row for i, row in enumerate(page.rows) if i not in taken.get(at, {})) for at, page in enumerate(pages)
    ]
    texts = [text for at in sorted(taken) for _, text in sorted(taken[at].items())]
    return kept, tuple(dict.fromkeys(texts))


def _body_size(pages: Sequence[PageRows]) -> float:
    sizes = [s.size for page in pages for row in page.rows for s in row for _ in range(1 + len(s.text) // 8)]
    return median(sizes) if sizes else 0.0


def _edges(at: int, page: PageRows, body: float) -> list[list[_Edge]]:
    """The rows that may be margins at the foot and at the top of a page, each from the edge inwards."""
    out: list[list[_Edge]] = []
    widest = max((s.right - s.left for row in page.rows for s in row), default=0.0)
    for foot in (True, False):
        order = list(enumerate(page.rows))[::-1] if foot else list(enumerate(page.rows))
        out.append([])
        for row, found in order[:_DEEPEST]:
            near = found[0].middle >= (1 - _ZONE) * page.height if foot else found[0].middle <= _ZONE * page.height
            if not near:
                break
            size, wide = max(s.size for s in found), max(s.right - s.left for s in found)
            like_body = size > _LARGEST * body or size > _SMALL * body and wide >= _FULL * widest
            out[-1].append(_Edge(at, row, foot, like_body, tuple(s.text for s in found)))
    return out


def _bare_numbers_in_step(edges: Sequence[_Edge], pages: Sequence[PageRows]) -> set[tuple[int, int]]:
    """Rows that hold nothing but a number, and the number counts the pages (on one page: is that page's own)."""
    bare = [(e, int(e.text) - pages[e.page].number) for e in edges if _BARE.fullmatch(e.text)]
    count = Counter(step for _, step in bare)
    fewest = 1 if len(pages) == 1 else 2
    return {(e.page, e.row) for e, step in bare if count[step] >= fewest and (len(pages) > 1 or step == 0)}


def _repeated(edges: Sequence[_Edge], pages: Sequence[PageRows]) -> set[tuple[int, int]]:
    """Rows that stand at the same edge of several pages, numbers that count the pages aside."""
    standing: dict[tuple[bool, str], set[int]] = {}
    for edge in edges:
        for text in _readings(edge, pages):
            standing.setdefault((edge.foot, text), set()).add(edge.page)
    return {
        (edge.page, edge.row)
        for edge in edges
        if not (edge.body or _ATTACHMENT.match(edge.text))
        and any(_often(len(standing[edge.foot, text]), len(pages)) for text in _readings(edge, pages))
    }


def _often(count: int, pages: int) -> bool:
    return count >= 2 and (count >= _FEWEST_PAGES or 2 * count >= pages)


def _readings(edge: _Edge, pages: Sequence[PageRows]) -> tuple[str, ...]:
    """The text as it is, and with all its numbers, or that at its end, counted from the page's own."""
    text = re.sub(r"\s", "", edge.text)
    number = pages[edge.page].number

    def counted(match: re.Match[str]) -> str:
        return f"{{{int(match[0]) - number}}}"

    return text, re.sub(r"\d{1,4}", counted, text), re.sub(r"^\d{1,4}|\d{1,4}$", counted, text)
