"""The first screen: what the page knows, from the documents' metadata, what it does not do, and questions to try."""

from __future__ import annotations

from collections.abc import Sequence

from app.markup import escape
from app.standing import standing_name
from app.wording import Wording
from corpus.load import Corpus
from corpus.types import PolicyDocument

_STEPS = ("step_ask", "step_check", "step_copy")
_LIMITS = ("limit_verbatim", "limit_scope", "limit_silent")
# Questions of the corpus's own language: they are asked as they stand, whatever the page's language.
_EXAMPLES = (
    ("example_office", ("谁负责约谈？", "督导结果怎么使用？", "整改不力怎么处理？")),
    ("example_inspectors", ("督学按什么比例配备？", "威海经开区的督学每年培训多少学时？")),
    ("example_compare", ("各地督学配备比例有什么不同？", "大足的评估监测有哪些？", "海南的工作目标是什么？")),
)


def welcome_html(corpus: Corpus, words: Wording) -> str:
    """Return the first screen's text for the documents of `corpus`."""
    rows = "".join(_row(d, words) for d in corpus.documents)
    total = sum(_measures(d) for d in corpus.documents)
    count = f"{len(corpus.documents)} {words('documents_unit')}{total} {words('measures_unit')}"
    return (
        f'<section class="welcome"><div class="knows"><h2>{words("knows")}'
        f'<span class="total">{count}</span></h2><ul>{rows}</ul></div>'
        f'<div class="limits"><h2>{words("how_to")}</h2>{_list(_STEPS, words)}'
        f"<h2>{words('does_not')}</h2>{_list(_LIMITS, words)}</div></section>"
    )


def examples_html(words: Wording) -> str:
    """Return questions to try, one row for each kind of user; each is a button that carries its question."""
    rows = []
    for kind, questions in _EXAMPLES:
        buttons = "".join(f'<button type="button" class="example" lang="zh" data-ask>{q}</button>' for q in questions)
        rows.append(f'<div class="example-row"><p class="example-kind">{words(kind)}</p>{buttons}</div>')
    return "".join(rows)


def short_name(document: PolicyDocument) -> str:
    """Return the short name of the document's region."""
    return document.meta.aliases[0] if document.meta.aliases else document.meta.region


def short_names(documents: Sequence[PolicyDocument]) -> dict[str, str]:
    """Return a name for each document id that no other bears: its region, and more where several are of one region."""
    alike: dict[str, list[PolicyDocument]] = {}
    for document in documents:
        alike.setdefault(short_name(document), []).append(document)
    names = {}
    for region, held in alike.items():
        names.update({d.meta.id: region for d in held} if len(held) == 1 else _told_apart(region, held))
    return names


def _told_apart(region: str, documents: Sequence[PolicyDocument]) -> dict[str, str]:
    """The shortest of year, genre, title and id that tells the documents of one region apart."""
    metas = [d.meta for d in documents]
    ways = (
        [str(m.date.year) if m.date else "" for m in metas],
        [m.genre for m in metas],
        [f"{m.genre} {m.date.year}" if m.date else m.genre for m in metas],
        [m.name for m in metas],
    )
    told = next((way for way in ways if all(way) and len(set(way)) == len(metas)), [m.id for m in metas])
    return {m.id: f"{region} {more}" for m, more in zip(metas, told, strict=True)}


def _list(keys: Sequence[str], words: Wording) -> str:
    return "<ul>" + "".join(f"<li>{words(key)}</li>" for key in keys) + "</ul>"


def _row(document: PolicyDocument, words: Wording) -> str:
    meta = document.meta
    date = escape(meta.date.isoformat()) if meta.date else words("no_date")
    number = f"{escape(meta.number)} · " if meta.number else ""
    facts = f"{number}{date} · {_measures(document)} {words('measures_short')}"
    badge = f'<span class="badge">{standing_name(meta, words)}</span>' if meta.status != "in force" else ""
    return (
        f'<li><span class="region">{escape(short_name(document))}</span>'
        f'<span class="title"><a href="/doc/{escape(meta.id)}" target="_blank" rel="noopener">{escape(meta.name)}'
        f'</a><span class="facts">{facts}{badge}</span></span></li>'
    )


def _measures(document: PolicyDocument) -> int:
    return sum(m.kind == "measure" for m in document.measures)
