"""Small documents for tests."""

from __future__ import annotations

from corpus.clean import clean_text
from corpus.parse import parse_document
from corpus.types import Metadata, PolicyDocument

META = Metadata(
    id="t", region="某县", aliases=(), level="county", genre="办法", access="unmarked", sha256="0" * 64, title="某办法"
)


def parsed(text: str) -> PolicyDocument:
    """Return the tree of a raw text."""
    return parse_document(META, clean_text(text))


def cleaned(text: str) -> str:
    """Return the clean text of a raw text."""
    return clean_text(text).text
