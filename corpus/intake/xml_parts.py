"""Parsing XML that comes from outside: no document type, no entities, nothing loaded from elsewhere."""

from __future__ import annotations

from lxml import etree

from corpus.errors import UnreadableFileError

_DOCTYPE = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Return the root element of an XML part; comments and processing instructions are left out.

    name: file and part, for the error.

    :raises UnreadableFileError: it is no XML, nested deeper than any document, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # a declared entity can stand for gigabytes or for a file of this machine
    if any(mark in data for mark in _DOCTYPE):
        raise UnreadableFileError(f"{name} is refused: it declares a document type, as no document does")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"{name} does not read as XML ({error.msg}): save the file once more") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(f"{name} is refused: it declares a document type, as no document does")
    return root
