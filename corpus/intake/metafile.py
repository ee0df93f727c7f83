"""meta.toml as text: written whole for a new document, changed line by line for one that is there."""

from __future__ import annotations

import datetime
import json
import re
import tomllib

from corpus.errors import CorpusError
from corpus.types import Metadata, Status

_KEYS = (
    "title", "issuer", "number", "date", "genre", "region", "aliases", "level", "access", "status", "superseded_by",
    "sha256", "original", "original_sha256",
)  # fmt: skip


def meta_toml(meta: Metadata) -> str:
    """Return the meta.toml of a document; what is None, empty or `in force` is left out."""
    lines = []
    for key in _KEYS:
        value = getattr(meta, key)
        if value is not None and value != () and not (key == "status" and value == "in force"):
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def with_status(text: str, status: Status, superseded_by: str | None) -> str:
    """Return a meta.toml with another status; every other line, comments too, stays as it is.

    :raises CorpusError: the keys stand in it in a way that no line can be changed for.
    """
    wanted = tomllib.loads(text)
    wanted.pop("status", None)
    wanted.pop("superseded_by", None)
    kept = [
        line for line in text.removesuffix("\n").split("\n") if not re.match(r"\s*(?:status|superseded_by)\s*=", line)
    ]
    if status != "in force":
        wanted["status"] = status
        kept.append(f"status = {_toml(status)}")
    if superseded_by is not None:
        wanted["superseded_by"] = superseded_by
        kept.append(f"superseded_by = {_toml(superseded_by)}")
    new = "\n".join(kept) + "\n"
    try:
        found = tomllib.loads(new)
    except tomllib.TOMLDecodeError:
        found = {}
    if found != wanted:
        raise CorpusError("status or superseded_by stands in meta.toml over several lines: change it there by hand")
    return new


def _toml(value: str | datetime.date | tuple[str, ...]) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    # a JSON string is a TOML string but for DEL, which TOML wants escaped
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
