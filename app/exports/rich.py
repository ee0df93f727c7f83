"""An answer as HTML for the clipboard, styled in place so that a word processor takes it over."""

from __future__ import annotations

from app.lines import Row, comparison
from app.markup import Element, escape, highlight
from app.types import Answer, AnswerPart, Citation
from app.wording import Wording
from corpus.types import Span

_BODY = "font-family:宋体,SimSun,serif;font-size:12pt;line-height:1.6"
_TABLE = "border-collapse:collapse;margin:0 0 6pt 0"
_CELL = "border:0.5pt solid black;padding:3pt 6pt;vertical-align:top"
_ROW = "margin:0 0 6pt 0"


def rich_text(answer: Answer, words: Wording) -> str:
    """Return the fragment: the question, the answer with its deciding words bold, its citations."""
    rows = [_row(Element("b").wrap(escape(words("asked") + answer.question)))]
    if answer.understood:
        rows.append(_row(escape(words("understood") + answer.understood)))
    table, lines = comparison(answer)
    if table:
        rows.append(Element("table", "", (("style", _TABLE),)).wrap("".join(map(_place, table))))
    rows += [_row("".join(_part(part) for part in line)) for line in lines]
    rows += [_row(escape(f"[{n}] {c.official}")) for n, c in enumerate(answer.citations, start=1)]
    if answer.nearest:
        rows.append(_row(escape(words("nearest"))))
        rows += [_row(_nearest(c)) for c in answer.nearest]
    return Element("div", "", (("style", _BODY),)).wrap("".join(rows))


def _row(inner: str) -> str:
    return Element("p", "", (("style", _ROW),)).wrap(inner)


def _place(row: Row) -> str:
    cell = Element("td", "", (("style", _CELL),))
    cells = cell.wrap(Element("b").wrap(escape(row.place))) + cell.wrap("".join(map(_part, row.parts)))
    return Element("tr").wrap(cells)


def _part(part: AnswerPart) -> str:
    text = highlight(part.text, [(Span(a, b), Element("b")) for a, b in part.key])
    text = Element("b").wrap(text) if part.kind == "fact" else text
    return text.replace("\n", "<br>") + (f"[{part.mark}]" if part.mark else "")


def _nearest(citation: Citation) -> str:
    return escape(f"{citation.official}：{citation.quote}").replace("\n", "<br>")
