"""Escaped HTML from text: everything that a page shows of a user's or a document's words goes through here."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus.types import Span

# Braces, dollar, backslash and backtick mean something to template engines that may stand between us and the
# browser; as character references they are only text.
_TEMPLATE = {ord(c): f"&#{ord(c)};" for c in "{}$`\\"}


def escape(text: str) -> str:
    """Return `text` so that it shows as itself in element content and in double-quoted attributes."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def highlight(text: str, layers: Sequence[tuple[Span, str]]) -> str:
    """Return escaped `text` with each span of `layers` wrapped in its element.

    A layer names an element, with a class after a dot: `mark`, `b.key`. Spans may overlap; what falls outside
    the text is cut off. An empty span gives an empty element at its place.
    """
    cuts = {0, len(text)}
    for span, _ in layers:
        cuts.update(min(max(i, 0), len(text)) for i in (span.start, span.end))
    points = sorted(cuts)
    out = [_empties(layers, points[0])]
    for start, end in zip(points, points[1:], strict=False):
        names = [name for span, name in layers if span.start <= start and end <= span.end]
        out.append(_wrap(escape(text[start:end]), names))
        out.append(_empties(layers, end))
    # Neighbouring pieces of one outer element are one element again; document text cannot hold these tags.
    return "".join(out).replace("</mark><mark>", "")


def _wrap(inner: str, names: Sequence[str]) -> str:
    for name in reversed(names):
        tag, _, css = name.partition(".")
        attribute = f' class="{css}"' if css else ""
        inner = f"<{tag}{attribute}>{inner}</{tag}>"
    return inner


def _empties(layers: Sequence[tuple[Span, str]], at: int) -> str:
    return "".join(_wrap("", [name]) for span, name in layers if span.start == span.end == at)
