"""Pieces of a report's HTML: sections, tables, pairs and tiles. Everything given as text is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def section(title: str, body: str) -> str:
    """Return a section; `body` is HTML."""
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def note(text: str) -> str:
    """Return a paragraph beside figures."""
    return f'<p class="note">{escape(text)}</p>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[int] = (0,)) -> str:
    """Return a table; `words` are the columns that hold words, which stand to the left and may be wrapped.

    What follows a line end in a cell stands small beside its first line, below it where the page is narrow.
    """

    def cell(tag: str, n: int, text: str) -> str:
        first, _, small = text.partition("\n")
        inner = escape(first) + (f" <small>{escape(small)}</small>" if small else "")
        return f"<{tag} class=w>{inner}</{tag}>" if n in words else f"<{tag}>{inner}</{tag}>"

    top = "".join(cell("th", n, text) for n, text in enumerate(head))
    body = "".join("<tr>" + "".join(cell("td", n, text) for n, text in enumerate(row)) + "</tr>" for row in rows)
    # reached by the keyboard, so that a narrow page can be scrolled without a pointer
    return f'<div class=scroll tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def pairs(rows: Sequence[tuple[str, str]]) -> str:
    """Return names with what they stand for."""
    return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows) + "</dl>"


def tiles(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return large figures: what each is, its value, and what stands small below it."""
    cells = (
        f'<div class="tile"><p>{escape(name)}</p><p class="big">{escape(value)}</p><p>{escape(small)}</p></div>'
        for name, value, small in rows
    )
    return f'<div class="tiles">{"".join(cells)}</div>'
