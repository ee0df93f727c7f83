"""The first screen: what the page knows, from the documents' metadata, and what it does not do."""

from __future__ import annotations

from collections.abc import Sequence

from app import messages
from app.markup import escape
from corpus.load import Corpus
from corpus.types import PolicyDocument


def welcome_html(corpus: Corpus) -> str:
    """Return the first screen's text for the documents of `corpus`."""
    rows = "".join(_row(d) for d in corpus.documents)
    steps = _list(messages.STEPS)
    limits = _list(messages.LIMITS)
    count = sum(_measures(d) for d in corpus.documents)
    return (
        f'<section class="welcome"><div class="knows"><h2>{messages.KNOWS}'
        f'<span class="total">{len(corpus.documents)} 份文件，{count} 条措施</span></h2><ul>{rows}</ul></div>'
        f'<div class="limits"><h2>{messages.HOW_TO}</h2>{steps}<h2>{messages.DOES_NOT}</h2>{limits}</div></section>'
    )


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def short_name(document: PolicyDocument) -> str:
    """Return the short name of the document's region."""
    return document.meta.aliases[0] if document.meta.aliases else document.meta.region


def _row(document: PolicyDocument) -> str:
    meta = document.meta
    date = meta.date.isoformat() if meta.date else f"日期{messages.NOT_STATED}"
    facts = " · ".join(f for f in (meta.number, date, f"{_measures(document)} 条") if f)
    return (
        f'<li><span class="region">{escape(short_name(document))}</span>'
        f'<span class="title"><a href="/doc/{escape(meta.id)}" target="_blank" rel="noopener">{escape(meta.name)}'
        f'</a><span class="facts">{escape(facts)}</span></span></li>'
    )


def _measures(document: PolicyDocument) -> int:
    return sum(m.kind == "measure" for m in document.measures)
