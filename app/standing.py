"""The banner of a document that is not in force: what it is, and which document took its place."""

from __future__ import annotations

from app.citation import document_name
from app.markup import escape
from app.wording import Wording
from corpus.load import Corpus
from corpus.types import Metadata


def standing_name(meta: Metadata, words: Wording) -> str:
    """Return the document's standing in the page's language: in force, draft, superseded, repealed."""
    return words("status_" + meta.status.replace(" ", "_"))


def standing_html(corpus: Corpus, meta: Metadata, words: Wording) -> str:
    """Return the banner, empty for a document in force."""
    if meta.status == "in force":
        return ""
    successor = corpus.by_id.get(meta.superseded_by or "")
    link = ""
    if successor is not None:
        name = escape(document_name(successor.meta))
        link = f'{words("superseded_by")}<a href="/doc/{escape(successor.meta.id)}" lang="zh">{name}</a>'
    name = standing_name(meta, words)
    return f'<p class="banner"><strong>{name}</strong>{words("standing_check")}{link}</p>'
