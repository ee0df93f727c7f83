"""Other documents of the corpus that a text names as 《…》, and the unit of theirs that it names right behind.

A title alone does not tell a document: offices everywhere issue plans of the same name. So the number printed behind it
has to be that of the document; where none is printed, its title has to name its own place, or it is a national one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.references import unit_behind
from corpus.script import fold, fold_aligned
from corpus.types import PolicyDocument, Reference, Span

_TITLE = re.compile(r"《(?P<title>[^《》]{1,80})》(?:\((?P<number>[^()《》]{1,40})\))?")
_NUMBER = re.compile(r"\d")
_OF_ALL = "nation"


def named_documents(
    text: str, citing: PolicyDocument, titles: dict[str, tuple[PolicyDocument, ...]]
) -> tuple[Reference, ...]:
    """Return where `text` of the document `citing` names other documents, in reading order, and units of theirs.

    titles: the documents of the corpus by folded title. The target of a document as a whole is its id.
    """
    return tuple(_found(text, citing, titles)) if "《" in text else ()


def _found(text: str, citing: PolicyDocument, titles: dict[str, tuple[PolicyDocument, ...]]) -> Iterator[Reference]:
    folded = fold_aligned(text)
    for match in _TITLE.finditer(folded):
        document = _meant(match, citing, titles.get(fold(match["title"]), ()))
        if document is None:
            continue
        yield Reference(Span(match.start("title") - 1, match.end("title") + 1), document.meta.id)
        unit = unit_behind(document, folded, match.end())
        if unit is not None:
            yield unit


def _meant(match: re.Match[str], citing: PolicyDocument, alike: Sequence[PolicyDocument]) -> PolicyDocument | None:
    """The one document of those of this title that is meant; None where that is not certain."""
    if any(document.meta.id == citing.meta.id for document in alike):
        return None
    number = match["number"] or ""
    if _NUMBER.search(number):
        found = [d for d in alike if d.meta.number and fold(d.meta.number) == fold(number)]
    else:
        found = [d for d in alike if d.meta.level == _OF_ALL or _names_its_place(d)]
    return found[0] if len(found) == 1 else None


def _names_its_place(document: PolicyDocument) -> bool:
    title = fold(document.meta.title or "")
    return any(fold(name) in title for name in (document.meta.region, *document.meta.aliases))
