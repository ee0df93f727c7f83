"""Reading saved web pages."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree, html

from corpus.errors import UnreadableFileError
from corpus.intake.characters import blank, shorten, tidy
from corpus.intake.encoding import decode
from corpus.intake.types import FileText, Progress
from corpus.intake.web_archive import unwrap
from corpus.intake.web_line import Line
from corpus.intake.web_lines import read_lines
from corpus.intake.web_main import choose

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_HEAD = 4096  # bytes; browsers look for the charset in the first 1024
_ENCODING = re.compile(r"<\?xml[^>]{0,200}\?>")
# the names that the standard for government sites (国办发〔2017〕47号) gives to facts of an article
_FACTS = ("SiteName", "ColumnName", "ArticleTitle", "PubDate", "ContentSource", "Author", "Keywords", "Description")


def read_web_page(path: Path, progress: Progress | None = None) -> FileText:
    """Return the main text of a saved page; navigation, captions and footers go to the margins.

    No link is followed and nothing is loaded; entities that a page declares stay as they are written.

    :raises UnreadableFileError: the file is no page, or holds no text.
    """
    data, charset = unwrap(path.read_bytes())
    declared = _CHARSET.search(data[:_HEAD])
    found = decode(data, declared[1].decode("ascii") if declared else charset)
    root = parse_page(found.text, path.name)
    title, facts = _head(root)
    shown, hidden, notes = _shown(read_lines(root))
    choice = choose(shown, title)
    text, warnings = tidy("\n".join(line.text for line in choice.text))
    if blank(text):
        raise UnreadableFileError(f"{path.name!r} holds no text: open the page in a browser and save it once more")
    if not choice.found:
        notes.append("no running text was found in the page: compare the text with it")
    if choice.doubtful:
        quoted = shorten(max(choice.doubtful, key=lambda line: len(line.text)).text)
        notes.append(f"{len(choice.doubtful)} lines around the text that read like it were left out (“{quoted}”)")
    notes += _look_at(root, choice.text)
    margins = dict.fromkeys([*facts, *(line.text for line in (*choice.margins, *hidden))])
    return FileText(text, "html", tuple(margins), warnings=(*found.warnings, *warnings, *notes))


def parse_page(text: str, name: str) -> etree._Element:
    """Return the root of a page or of a piece of one.

    :raises UnreadableFileError: it holds no element, or is nested too deep.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        # an encoding that the page names no longer holds once its bytes are decoded
        root = html.document_fromstring(_ENCODING.sub("", text.replace("\0", "")).encode(), parser=parser)
    except etree.LxmlError as error:
        raise UnreadableFileError(f"{name!r} does not read as a web page ({error}): save the page once more") from error
    fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    if fatal:
        raise UnreadableFileError(
            f"{name!r} does not read as a web page ({fatal[0].message}): save its text as a text file"
        )
    return root


def piece_text(markup: str, name: str) -> str:
    """Return the text of a piece of HTML inside another kind of file, one paragraph or row of a table a line."""
    return "\n".join(line.text for line in read_lines(parse_page(f"<body>{markup}", name)) if not line.hidden)


def _head(root: etree._Element) -> tuple[str, list[str]]:
    """What the page calls its text, and what its head states about it."""
    title = " ".join("".join(root.xpath("string(//head/title)")).split())
    named = {meta.get("name", "").lower(): meta.get("content", "").strip() for meta in root.iterdescendants("meta")}
    facts = [f"{name}: {named[name.lower()]}" for name in _FACTS if named.get(name.lower())]
    return named.get("articletitle") or title, [title, *facts] if title else facts


def _shown(lines: list[Line]) -> tuple[list[Line], list[Line], list[str]]:
    """Lines that the page shows, lines that it hides, and warnings.

    Where it hides more text than it shows, a script was to show it, and all of it counts.
    """
    hidden = [line for line in lines if line.hidden]
    if not hidden:
        return lines, [], []
    size, rest = sum(len(line.text) for line in hidden), sum(len(line.text) for line in lines if not line.hidden)
    quoted = shorten(max(hidden, key=lambda line: len(line.text)).text)
    if size > rest:
        return lines, [], [f"most of the text is hidden until a script shows it (“{quoted}”): compare it with the page"]
    return [line for line in lines if not line.hidden], hidden, [f"{size} hidden characters were left out (“{quoted}”)"]


def _look_at(root: etree._Element, lines: tuple[Line, ...]) -> list[str]:
    notes = []
    if unseen := [line.unseen for line in lines if line.unseen]:
        count = sum(map(len, unseen))
        notes.append(f"{count} characters that no reader sees were kept (“{shorten(unseen[0])}”)")
    if frames := len(root.xpath("//iframe | //frame")):
        notes.append(f"the page shows {frames} other pages in frames, which are not read")
    return notes
