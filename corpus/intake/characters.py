"""Characters that carry no text: control characters, zero-width marks and marks of direction, taken out."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 controls, soft hyphen, zero-width characters, marks and overrides of direction, variation selectors,
# byte-order marks and noncharacters
_MUTE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with line ends as line feeds and without mute characters, and a warning where any was taken out."""
    text = _LINE_ENDS.sub("\n", text)
    warnings = []
    if found := _MUTE.search(text):
        text, count = _MUTE.subn("", text)
        warnings.append(f"{count} control characters were left out, the first of them U+{ord(found[0]):04X}")
    if private := _PRIVATE.findall(text):
        warnings.append(f"{len(private)} characters of private use stand in the text: compare it with the file")
    return text, tuple(warnings)


def blank(text: str) -> bool:
    """Whether no letter, digit or Chinese character stands in `text`."""
    return not any(c.isalnum() for c in text)


def shorten(text: str, length: int = 20) -> str:
    """Return the beginning of `text` on one line, for a warning."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length] + "…"
