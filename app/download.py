"""Names of files that a browser is given to keep."""

from __future__ import annotations

import re
from urllib.parse import quote

_NAME_CAP = 80
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
# Names of devices on Windows, whatever the suffix.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def file_name(stem: str, suffix: str) -> str:
    """Return a name that every system takes: `stem` without what a path or a file name must not hold, and `suffix`.

    suffix: with its dot; a stem of which nothing is left becomes `dudao`.
    """
    kept = " ".join(_FORBIDDEN.sub(" ", stem).split()).strip(". ")[:_NAME_CAP].rstrip(". ")
    if not kept or _DEVICES.match(kept):
        kept = f"dudao {kept}".strip()
    return kept + suffix


def attachment(name: str) -> str:
    """Return the Content-Disposition that saves a response as `name` (RFC 6266, its name in UTF-8 after RFC 5987)."""
    suffix = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    plain = "dudao" + (suffix[0] if suffix else "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
