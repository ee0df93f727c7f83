"""An answer as HTML of the page; every word of a question or a document is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app import messages
from app.clause import link
from app.conversation import Turn
from app.markup import escape, highlight
from app.types import Answer, AnswerPart, Citation
from corpus.types import Span


def turn_html(turn: Turn, scopes: Mapping[str, str], shown: int | None = None) -> str:
    """Return one question with its answer.

    scopes: the short name of each document id, for the scope that the question was narrowed to.
    shown: how many lines of the answer to show while it streams; None shows it whole, with its citations.
    """
    scope = "、".join(scopes.get(i, i) for i in turn.policies)
    narrowed = f'<p class="asked-scope">范围：{escape(scope)}</p>' if scope else ""
    return (
        f'<article class="turn"><div class="asked"><p class="question">{escape(turn.question)}</p>{narrowed}</div>'
        f"{_reply(turn, shown)}</article>"
    )


def line_count(answer: Answer) -> int:
    """Return the number of lines of the answer's text: how many steps its streaming takes."""
    return len(_lines(answer.parts))


def notice_html(sentence: str) -> str:
    """Return a sentence of the page about a question that was not asked."""
    return f'<p class="notice" role="alert">{escape(sentence)}</p>'


def status_text(turn: Turn) -> str:
    """Return what a screen reader is told when the answer is there."""
    if turn.answer is None:
        return turn.failure or messages.LOOKING_UP
    if turn.answer.abstained:
        return f"{turn.answer.text}"
    return f"答复完毕，引用{len(turn.answer.citations)}处：{turn.answer.text}"


def _reply(turn: Turn, shown: int | None) -> str:
    if turn.failure is not None:
        return f'<div class="reply failed">{escape(turn.failure)}</div>'
    if turn.answer is None:
        return f'<div class="reply pending">{messages.LOOKING_UP}</div>'
    return _answer(turn.answer, shown)


def _answer(answer: Answer, shown: int | None) -> str:
    lines = _lines(answer.parts)
    body = "".join(_line(line, answer.citations) for line in lines[:shown])
    kind = " abstained" if answer.abstained else ""
    tag = f'<p class="verdict">{messages.ABSTAINED}</p>' if answer.abstained else ""
    understood = (
        f'<p class="understood"><span>{messages.UNDERSTOOD}</span>{escape(answer.understood)}</p>'
        if answer.understood
        else ""
    )
    rest = "" if shown is not None else _below(answer)
    return f'<div class="reply{kind}">{understood}{tag}<div class="lines">{body}</div>{rest}</div>'


def _below(answer: Answer) -> str:
    parts = []
    if answer.citations:
        rows = "".join(_citation(c, n) for n, c in enumerate(answer.citations, start=1))
        parts.append(f'<div class="cited"><p class="cap">{messages.CITATIONS}</p><ol>{rows}</ol></div>')
    if answer.nearest:
        rows = "".join(_citation(c, None) for c in answer.nearest)
        parts.append(f'<div class="nearest"><p class="cap">{messages.NEAREST}</p><ul>{rows}</ul></div>')
    parts.append(f'<p class="tools">{_copy(plain_text(answer), messages.COPY_ANSWER)}</p>')
    return "".join(parts)


def plain_text(answer: Answer) -> str:
    """Return the answer with its citations as text to paste."""
    rows = [f"[{n}] {c.official}" for n, c in enumerate(answer.citations, start=1)]
    understood = [f"{messages.UNDERSTOOD}{answer.understood}"] if answer.understood else []
    near = [messages.NEAREST, *(f"- {c.official}：{c.quote}" for c in answer.nearest)] if answer.nearest else []
    return "\n".join([f"问：{answer.question}", *understood, f"答：{answer.text}", *rows, *near])


def _lines(parts: Sequence[AnswerPart]) -> list[list[AnswerPart]]:
    """Split the parts at the line breaks of fixed phrases; line breaks inside quotes stay in their quote."""
    lines: list[list[AnswerPart]] = [[]]
    for part in parts:
        if part.kind == "quote" or "\n" not in part.text:
            lines[-1].append(part)
            continue
        for n, piece in enumerate(part.text.split("\n")):
            if n:
                lines.append([])
            if piece:
                lines[-1].append(AnswerPart(part.kind, piece, part.mark))
    return [line for line in lines if line]


def _line(parts: Sequence[AnswerPart], citations: Sequence[Citation]) -> str:
    return f'<p class="line">{"".join(_part(p, citations) for p in parts)}</p>'


def _part(part: AnswerPart, citations: Sequence[Citation]) -> str:
    text = highlight(part.text, [(Span(a, b), "b.key") for a, b in part.key])
    mark = ""
    if part.mark is not None and 1 <= part.mark <= len(citations):
        mark = _opener(citations[part.mark - 1], f"[{part.mark}]", "ref", f"引用{part.mark}，打开条款原文")
    return f'<span class="{part.kind}">{text}</span>{mark}'


def _citation(citation: Citation, n: int | None) -> str:
    label = f'<span class="no">[{n}]</span>{escape(citation.official)}' if n else escape(citation.official)
    quoted = "" if n else f'<p class="excerpt">{escape(citation.quote)}</p>'
    errata = "".join(f"「{escape(raw)}」" for raw in citation.errata)
    erratum = f'<p class="erratum-line">勘误：来源文本此处作{errata}</p>' if errata else ""
    both = f"“{citation.quote}”——{citation.official}"
    return (
        f"<li>{_opener(citation, label, 'cite')}{quoted}{erratum}"
        f'<span class="tools">{_copy(citation.official, messages.COPY_OFFICIAL)}'
        f"{_copy(both, messages.COPY_QUOTE)}</span></li>"
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
