"""A sheet as Markdown; every word of a question or a document stays text, whatever reads the file."""

from __future__ import annotations

import re

from app.conversation import Turn
from app.exports.sheet import Sheet, asked_at
from app.lines import Row, comparison
from app.types import Answer, AnswerPart, Citation
from app.wording import Wording

_INLINE = re.compile(r"([\\`*_{}\[\]<>#|~$!&^@])")
_AUTOLINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp|www)([:.])")
# What begins a list, a quote, a heading or a rule at the start of a line.
_OPENING = re.compile(r"(?m)^([ \t]*)([-+=:]|\d+(?=[.)]))")


def markdown(sheet: Sheet) -> str:
    """Return the whole file's text."""
    head = [f"# {_escape(sheet.title)}", "\n".join(f"- {_escape(fact)}" for fact in sheet.facts)]
    return "\n\n".join([*head, *(_turn(turn, sheet.words) for turn in sheet.turns)]) + "\n"


def _turn(turn: Turn, words: Wording) -> str:
    answer = turn.answer
    assert answer is not None, "a sheet holds answered turns alone"
    rows = [f"## {words('asked')}{_escape(turn.question)}", _escape(f"{words('answered_at')}{asked_at(turn)}")]
    if answer.understood:
        rows.append(_escape(f"{words('understood')}{answer.understood}"))
    if answer.abstained:
        rows.append(f"**{_escape(words('corrects' if answer.corrects else 'abstained'))}**")
    table, lines = comparison(answer)
    if table:
        rows.append("\n".join(["| | |", "|---|---|", *map(_row, table)]))
    rows += ["".join(_part(part) for part in line) for line in lines]
    return "\n\n".join([*rows, *_below(answer, words)])


def _below(answer: Answer, words: Wording) -> list[str]:
    rows = []
    if answer.citations:
        rows.append(f"### {_escape(words('citations'))}")
        rows += [f"\\[{n}\\] {_cited(c, words)}" for n, c in enumerate(answer.citations, start=1)]
    if answer.nearest:
        rows.append(f"### {_escape(words('nearest'))}")
        rows += [f"{_cited(c, words)}\n\n{_quoted(c)}" for c in answer.nearest]
    return rows


def _row(row: Row) -> str:
    """A row of a table; a cell of Markdown has no place for line breaks."""
    return f"| {_escape(row.place)} | {' '.join(''.join(map(_part, row.parts)).split())} |"


def _part(part: AnswerPart) -> str:
    mark = f"\\[{part.mark}\\]" if part.mark else ""
    return _escape(part.text) + mark


def _cited(citation: Citation, words: Wording) -> str:
    raw = "".join(f"「{wording}」" for wording in citation.errata)
    erratum = f"（{words('erratum_quote')}{raw}）" if raw else ""
    return _escape(citation.official + erratum)


def _quoted(citation: Citation) -> str:
    return "\n".join("> " + line for line in _escape(citation.quote).split("\n"))


def _escape(text: str) -> str:
    """Text that Markdown reads back as itself."""
    escaped = _INLINE.sub(r"\\\1", text)
    escaped = _AUTOLINK.sub(r"\1\\\2", escaped)
    return _OPENING.sub(_hold, escaped)


def _hold(match: re.Match[str]) -> str:
    sign = match[2]
    # a number keeps its digits: the sign after it is what makes it a list
    return sign + "\\" if sign.isdigit() else "\\" + sign
