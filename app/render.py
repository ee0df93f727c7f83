"""An answer as HTML of the page; every word of a question or a document is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from app.conversation import Turn
from app.feedback import Value
from app.lines import Row, answer_lines, comparison
from app.markup import Element, escape, highlight
from app.measure_html import link
from app.record import to_record
from app.script_view import Script, in_script
from app.types import Answer, AnswerPart, Citation
from app.wording import Wording
from corpus.types import Span


def turn_html(
    turn: Turn, scopes: Mapping[str, str], words: Wording, shown: int | None = None, kept: bool = False
) -> str:
    """Return one question with its answer.

    scopes: the short name of each document id, for the scope that the question was narrowed to.
    shown: how many lines of the answer to show while it streams; None shows it whole, with its citations.
    kept: also carry the turn's record, which the page keeps.
    """
    scope = "、".join(scopes.get(i, i) for i in turn.policies)
    narrowed = f'<p class="asked-scope">{words("asked_scope")}{escape(scope)}</p>' if scope else ""
    record = f' data-record="{escape(to_record(turn).model_dump_json())}"' if kept else ""
    asked = f'<div class="asked"><h2 class="question">{escape(turn.question)}</h2>{narrowed}</div>'
    return f'<article class="turn"{record}>{asked}{_reply(turn, words, shown)}</article>'


def line_count(answer: Answer) -> int:
    """Return the number of lines of the answer's text: how many steps its streaming takes."""
    return len(answer_lines(answer.parts))


def status_text(turn: Turn, words: Wording) -> str:
    """Return what a screen reader is told when the answer is there."""
    if turn.failure is not None:
        return words(turn.failure)
    if turn.answer is None:
        return words("looking_up")
    if turn.answer.abstained:
        return turn.answer.text
    return f"{words('done')}{len(turn.answer.citations)}。{turn.answer.text}"


def _reply(turn: Turn, words: Wording, shown: int | None) -> str:
    if turn.failure is not None:
        return f'<div class="reply failed">{words(turn.failure)}</div>'
    if turn.answer is None:
        return f'<div class="reply pending">{words("looking_up")}</div>'
    return _answer(turn.answer, words, shown)


def _answer(answer: Answer, words: Wording, shown: int | None) -> str:
    rows, lines = comparison(answer, shown)
    body = _table(rows, answer.citations, words) + "".join(_line(line, answer.citations, words) for line in lines)
    kind = " abstained" if answer.abstained else ""
    tag = f'<p class="verdict">{words("corrects" if answer.corrects else "abstained")}</p>' if answer.abstained else ""
    understood = (
        f'<p class="understood"><span>{words("understood")}</span>{escape(answer.understood)} '
        f'<button type="button" data-correct="{escape(answer.understood)}">{words("correct")}</button></p>'
        if answer.understood
        else ""
    )
    rest = "" if shown is not None else _below(answer, words)
    banners = _banners(answer.citations, words)
    return f'<div class="reply{kind}">{understood}{tag}{banners}<div class="lines" lang="zh">{body}</div>{rest}</div>'


def _banners(citations: Sequence[Citation], words: Wording) -> str:
    """What is to be known before an answer is quoted: which of its documents are not in force, and what was corrected.

    Each holds for the marks that it begins with.
    """
    told: dict[str, list[int]] = {}
    for n, citation in enumerate(citations, start=1):
        if citation.status:
            standing = f'<span lang="zh">{escape(citation.status)}</span>{words("standing_check")}'
            told.setdefault(standing, []).append(n)
        if citation.errata:
            told.setdefault(f"{words('erratum_quote')}{_wordings(citation)}{words('erratum_banner')}", []).append(n)
    rows = (f'<p class="banner">{"".join(f"[{n}]" for n in marks)} {text}</p>' for text, marks in told.items())
    return "".join(rows)


def _wordings(citation: Citation) -> str:
    """What the source reads where the quote was corrected."""
    return f'<span lang="zh">{"".join(f"「{escape(raw)}」" for raw in citation.errata)}</span>'


def _below(answer: Answer, words: Wording) -> str:
    parts = []
    if answer.citations:
        rows = "".join(_citation(c, words, n) for n, c in enumerate(answer.citations, start=1))
        parts.append(f'<div class="cited"><h3 class="cap">{words("citations")}</h3><ol>{rows}</ol></div>')
    if answer.nearest:
        rows = "".join(_citation(c, words) for c in answer.nearest)
        parts.append(f'<div class="nearest"><h3 class="cap">{words("nearest")}</h3><ul>{rows}</ul></div>')
    parts.append(_tools(words, script=_has_two_scripts(answer, words)))
    return "".join(parts)


def _reader(words: Wording) -> Script:
    """The script that a reader of the page in this language writes."""
    return "hant" if words.language == "zh-Hant" else "hans"


def _has_two_scripts(answer: Answer, words: Wording) -> bool:
    quotes = (part.text for part in answer.parts if part.kind == "quote")
    return any(in_script(text, _reader(words)) != text for text in quotes)


def _tools(words: Wording, script: bool) -> str:
    """What can be done with a whole answer; the page's scripts do it."""
    copies = (("rich", "copy_answer"), ("plain", "copy_plain"))
    files = (("docx", "download_docx"), ("md", "download_md"))
    buttons = [f'<button type="button" data-take="{kind}">{words(key)}</button>' for kind, key in copies]
    buttons += [f'<button type="button" data-save="{kind}">{words(key)}</button>' for kind, key in files]
    votes = "".join(
        f'<button type="button" data-vote="{value}" aria-pressed="false">{words("vote_" + value)}</button>'
        for value in get_args(Value)
    )
    if script:
        buttons.append(f'<button type="button" data-script aria-pressed="false">{words("script_reader")}</button>')
    asked = f'<span class="vote-said">{words("vote_ask")}</span>'
    return (
        f'<div class="tools"><span class="take">{"".join(buttons)}</span>'
        f'<span class="vote" role="group" aria-label="{words("vote_ask")}">{asked}{votes}</span></div>'
    )


def _table(rows: Sequence[Row], citations: Sequence[Citation], words: Wording) -> str:
    """Places side by side, one row each."""
    if not rows:
        return ""
    said = ["".join(_part(part, citations, words) for part in row.parts) for row in rows]
    cells = (f'<th scope="row">{escape(r.place)}</th><td>{s}</td>' for r, s in zip(rows, said, strict=True))
    return f'<table class="compared"><tbody>{"".join(f"<tr>{c}</tr>" for c in cells)}</tbody></table>'


def _line(parts: Sequence[AnswerPart], citations: Sequence[Citation], words: Wording) -> str:
    return f'<p class="line">{"".join(_part(p, citations, words) for p in parts)}</p>'


def _part(part: AnswerPart, citations: Sequence[Citation], words: Wording) -> str:
    text = _highlighted(part.text, part)
    folded = in_script(part.text, _reader(words))
    if part.kind == "quote" and folded != part.text:
        shown = _highlighted(folded, part)
        text = f'<span class="in-source">{text}</span><span class="in-reader" hidden>{shown}</span>'
    mark = ""
    if part.mark is not None and 1 <= part.mark <= len(citations):
        label = f"{words('open_mark')}{part.mark}"
        mark = _opener(citations[part.mark - 1], f"[{part.mark}]", "ref", label)
    return f'<span class="{part.kind}">{text}</span>{mark}'


def _highlighted(text: str, part: AnswerPart) -> str:
    return highlight(text, [(Span(a, b), Element("b", "key")) for a, b in part.key])


def _citation(citation: Citation, words: Wording, n: int | None = None) -> str:
    label = f'<span class="no">[{n}]</span>{escape(citation.official)}' if n else escape(citation.official)
    quoted = "" if n else f'<p class="excerpt">{escape(citation.quote)}</p>'
    # a citation of the answer has a banner for it
    told = citation.errata and not n
    erratum = f'<p class="erratum-line">{words("erratum_quote")}{_wordings(citation)}</p>' if told else ""
    both = f"“{citation.quote}”——{citation.official}"
    return (
        f"<li>{_opener(citation, label, 'cite')}{quoted}{erratum}"
        f'<span class="tools">{_copy(citation.official, words("copy_official"))}'
        f"{_copy(both, words('copy_quote'))}</span></li>"
    )


def _opener(citation: Citation, inner: str, css: str, label: str = "") -> str:
    span = Span(citation.start, citation.end)
    named = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<a class="{css}" href="{escape(link(citation.measure_id, span))}" '
        f'data-clause="{escape(citation.measure_id)}" data-mark="{span.start}-{span.end}"{named}>{inner}</a>'
    )


def _copy(text: str, label: str) -> str:
    return f'<button type="button" data-copy="{escape(text)}">{label}</button>'
