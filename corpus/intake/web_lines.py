"""The lines of a web page in reading order, each with what tells policy text from what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from corpus.intake.web_line import Line
from corpus.intake.web_lists import item_label
from corpus.intake.web_tables import data_rows
from corpus.markers import read_marker

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre"
    " section select summary table tbody td tfoot th thead tr ul".split()
)
# blocks that hold one paragraph: what stands beside one is found in the block around it
_PARAGRAPHS = frozenset("blockquote br center dd dt h1 h2 h3 h4 h5 h6 li p pre summary tr".split())
_MUTE = frozenset(
    "applet audio canvas embed head iframe map math noscript object script style svg template video".split()
)
_HEADINGS = frozenset("h1 h2 h3".split())
_FURNITURE_TAGS = frozenset("aside button dialog footer menu nav option select".split())
_FURNITURE_NAMES = frozenset(
    "aside banner bdshare bdsharebuttonbox bottom breadcrumb breadcrumbs comment comments copyright crumb crumbs foot"
    " footer friendlink links login menu nav navbar navigation navi pager pagination path position qrcode recommend"
    " related relation search share sharebox side sidebar subnav tool toolbar tools topbar topnav".split()
)
_NAME_PARTS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|transparent)"
    r"|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|!|$))",
    re.I,
)
_WHITE = re.compile(r"\s*(?:#?fff(?:fff)?|white)\s*", re.I)
_BACKGROUND = re.compile(r"background", re.I)
_SPACES = re.compile(r"[ \t\r\n]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(slots=True)
class _Around:
    """What an element hands down to the text inside it."""

    link: str | None = None
    holder: int = 0
    zones: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()
    article: bool = False
    heading: bool = False
    hidden: bool = False
    unseen: bool = False
    shaded: bool = False
    pre: bool = False


@dataclass(slots=True)
class _Page:
    """Lines so far, and the pieces of the line that is being collected.

    label: the number that a browser sets before the next line, an item of a list; counts: numbers of lists so far.
    """

    lines: list[Line] = field(default_factory=list)
    pieces: list[tuple[str, _Around]] = field(default_factory=list)
    blocks: int = 0
    label: str = ""
    counts: dict[etree._Element, int] = field(default_factory=dict)

    def add(self, text: str | None, around: _Around) -> None:
        if not text:
            return
        if not around.pre:
            self.pieces.append((text, around))
            return
        for number, piece in enumerate(text.splitlines()):
            if number:
                self.flush()
            self.pieces.append((piece, around))

    def flush(self) -> None:
        pieces, self.pieces = self.pieces, []
        for hidden in (False, True):
            found = [(piece, around) for piece, around in pieces if around.hidden == hidden]
            if text := _squeezed("".join(piece for piece, _ in found)):
                label, self.label = self.label, ""
                # many lists that show no numbers of their own hold items that bring theirs
                self.lines.append(_line(text if read_marker(text) else label + text, found))


def read_lines(root: etree._Element) -> list[Line]:
    """Return the lines of the page below `root`, hidden ones included."""
    return _lines(root, _Around())


def _lines(root: etree._Element, around: _Around) -> list[Line]:
    page = _Page()
    stack = [around]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in ("comment", "pi"):
            page.add(element.tail, stack[-1])
            continue
        tag = str(element.tag).lower()
        if event == "start":
            if tag in _BLOCKS:
                page.flush()
                page.blocks += 1
            stack.append(_inside(element, tag, stack[-1], page.blocks))
            if tag == "li":
                page.label = item_label(element, page.counts)
            if tag in _MUTE:
                walk.skip_subtree()
            elif tag == "table" and (rows := data_rows(element, partial(_cell_lines, stack[-1]), stack[-1].holder)):
                page.lines += rows
                walk.skip_subtree()
            else:
                page.add(element.text, stack[-1])
        else:
            if tag in _BLOCKS:
                page.flush()
            stack.pop()
            if element is not root:
                page.add(element.tail, stack[-1])
    page.flush()
    return page.lines


def _cell_lines(around: _Around, row: etree._Element, cell: etree._Element) -> list[Line]:
    return _lines(cell, _inside(row, "tr", around, around.holder))


def _line(text: str, pieces: list[tuple[str, _Around]]) -> Line:
    full = [(_squeezed(piece), around) for piece, around in pieces if piece.strip()]
    targets = [around.link for _, around in full if around.link is not None]
    first = full[0][1]
    return Line(
        text,
        sum(len(piece) for piece, around in full if around.link is not None),
        targets[0] if targets else "",
        first.holder,
        first.zones,
        first.outside,
        first.heading,
        first.hidden,
        "".join(piece for piece, around in full if around.unseen),
    )


def _inside(element: etree._Element, tag: str, outer: _Around, number: int) -> _Around:
    style = element.get("style", "")
    shaded = (
        outer.shaded or bool(_BACKGROUND.search(style)) or bool(element.get("bgcolor") or element.get("background"))
    )
    white = bool(_UNSEEN.search(style)) or tag == "font" and bool(_WHITE.fullmatch(element.get("color", "")))
    named = tag in _BLOCKS and _named_furniture(element)
    # an aside of an article may be a note to its text
    outside = tag in _FURNITURE_TAGS and not (tag == "aside" and outer.article)
    return _Around(
        link=element.get("href", "") if tag == "a" else outer.link,
        holder=number if tag in _BLOCKS and tag not in _PARAGRAPHS else outer.holder,
        zones=(*outer.zones, number) if named else outer.zones,
        outside=(*outer.outside, number) if outside else outer.outside,
        article=outer.article or tag == "article",
        heading=outer.heading or tag in _HEADINGS,
        hidden=outer.hidden or element.get("hidden") is not None or bool(_NOT_SHOWN.search(style)),
        unseen=(outer.unseen or white) and not shaded,
        shaded=shaded,
        pre=outer.pre or tag in ("pre", "textarea", "xmp"),
    )


def _named_furniture(element: etree._Element) -> bool:
    """Whether a word of the element's id or class is a name of furniture: footer-left, bdshareBox, mod_nav."""
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return any(part.lower() in _FURNITURE_NAMES for part in _NAME_PARTS.findall(names))


def _squeezed(text: str) -> str:
    """White space as a browser shows it, but none where a line of Chinese text was merely broken in the file."""

    def gap(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        broken = "\n" in match[0] and _HAN.match(before) and _HAN.match(after)
        return "" if broken else " "

    return _SPACES.sub(gap, text).strip().strip("\u00a0\u3000 ")
