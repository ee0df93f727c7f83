"""Web pages saved as one file (.mht, MIME of type multipart/related): the page among its pictures."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from corpus.errors import UnreadableFileError

_HEADERS = re.compile(r"(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?Content-Type:\s*multipart/related", re.I)
_HEAD = 4096  # characters


def is_archived(text: str) -> bool:
    """Whether a file begins as a page saved with all that belongs to it."""
    return bool(_HEADERS.match(text[:_HEAD]))


def unwrap(data: bytes) -> tuple[bytes, str | None]:
    """Return the page in `data` and the encoding that is stated for it; `data` itself where it is a plain page.

    :raises UnreadableFileError: the file is an archive without a page.
    """
    if not is_archived(data[:_HEAD].decode("ascii", errors="replace")):
        return data, None
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b"", part.get_content_charset()
    raise UnreadableFileError("the saved page holds no HTML: save it once more as HTML only")
