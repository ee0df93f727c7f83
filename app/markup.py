"""Escaped HTML from text: everything that a page shows of a user's or a document's words goes through here."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Span

# Braces, dollar, backslash and backtick mean something to template engines that may stand between us and the
# browser; as character references they are only text.
_TEMPLATE = {ord(c): f"&#{ord(c)};" for c in "{}$`\\"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element to wrap text in: its tag, its class, and further attributes, whose values are escaped."""

    tag: str
    css: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def wrap(self, inner: str) -> str:
        """Return the element around `inner`, which is HTML already."""
        named = (("class", self.css),) if self.css else ()
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in (*named, *self.attributes))
        return f"<{self.tag}{attributes}>{inner}</{self.tag}>"


def escape(text: str) -> str:
    """Return `text` so that it shows as itself in element content and in double-quoted attributes."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def highlight(text: str, layers: Sequence[tuple[Span, Element]]) -> str:
    """Return escaped `text` with each span of `layers` wrapped in its element.

    Spans may overlap; what falls outside the text is cut off. An empty span gives an empty element at its place.
    """
    cuts = {0, len(text)}
    for span, _ in layers:
        cuts.update(min(max(i, 0), len(text)) for i in (span.start, span.end))
    points = sorted(cuts)
    out = [_empties(layers, points[0])]
    for start, end in zip(points, points[1:], strict=False):
        elements = [element for span, element in layers if span.start <= start and end <= span.end]
        out.append(_wrap(escape(text[start:end]), elements))
        out.append(_empties(layers, end))
    # Neighbouring pieces of one outer element are one element again; document text cannot hold these tags.
    return "".join(out).replace("</mark><mark>", "")


def _wrap(inner: str, elements: Sequence[Element]) -> str:
    for element in reversed(elements):
        inner = element.wrap(inner)
    return inner


def _empties(layers: Sequence[tuple[Span, Element]], at: int) -> str:
    """The empty elements at a place, inside what goes on around it; a link alone is not taken up for them."""
    empty = "".join(element.wrap("") for span, element in layers if span.start == span.end == at)
    around = [element for span, element in layers if span.start < at < span.end and not element.attributes]
    return _wrap(empty, around) if empty else ""
