"""Who may read a document: the one place that decides it."""

from __future__ import annotations

from corpus.types import Metadata


def may_read(meta: Metadata) -> bool:
    """Whether whoever uses the page may read a document, its text and its source file.

    There are no accounts yet and the page is served on this machine alone, so every access label is let through,
    `internal` too. Accounts make their decision here.
    """
    return meta.access in ("public", "internal", "unmarked")
