"""Which sentence of the page says an error: its key in texts.toml. The error's own message stays on the server."""

from __future__ import annotations

from corpus.errors import (
    CorpusError,
    DudaoError,
    IndexDamagedError,
    IndexFault,
    IndexMissingError,
    IndexStaleError,
    InputError,
    ModelError,
    ServerError,
)

UNFORESEEN = "failure_unforeseen"
_KEYS: tuple[tuple[type[DudaoError], str], ...] = (
    (InputError, "failure_refused"),
    (IndexMissingError, "failure_index_missing"),
    (IndexStaleError, "failure_index_stale"),
    (IndexDamagedError, "failure_index_damaged"),
    (ModelError, "failure_model"),
    (IndexFault, "failure_index"),
    (CorpusError, "failure_corpus"),
    (ServerError, "failure_server"),
)


def failure_of(error: Exception) -> str:
    """Return the key of the one sentence that the page shows for `error`."""
    return next((key for kind, key in _KEYS if isinstance(error, kind)), UNFORESEEN)
