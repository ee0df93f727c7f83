"""Names of WordprocessingML: elements and attributes by prefix, in its transitional and its strict form alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
_OFF = frozenset(("0", "false", "off"))


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    prefix = _PREFIXES.get(namespace.lstrip("{"))
    return f"{prefix}:{local}" if prefix else local


def tag(element: etree._Element) -> str:
    """Return the name of an element such as `w:p`; one of another vocabulary comes without a prefix."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, name: str = "w:val") -> str | None:
    """Return an attribute, None where the element or the attribute is absent."""
    if element is None:
        return None
    return next((str(found) for key, found in element.items() if _short(str(key)) == name), None)


def number(element: etree._Element | None, name: str = "w:val") -> int | None:
    """Return an attribute that is a whole number, else None."""
    found = value(element, name)
    return int(found) if found and found.lstrip("-").isdecimal() and len(found) < 10 else None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along `path`, one level a name."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if tag(e) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children of that name."""
    return (e for e in (() if element is None else element) if tag(e) == name)


def switched(element: etree._Element | None) -> bool | None:
    """Return whether a property such as w:vanish is on, None where it is not given."""
    if element is None:
        return None
    return (value(element) or "1").lower() not in _OFF
