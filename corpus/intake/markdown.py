"""Reading Markdown files: the text without its marks, tables as rows, numbers of lists as they are written."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import UnreadableFileError
from corpus.intake.characters import blank, tidy
from corpus.intake.encoding import decode
from corpus.intake.types import FileText, Progress
from corpus.intake.web import piece_text

_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"[\w.-]+[ \t]*:.*|[ \t]+.*|[ \t]*-[ \t].*|#.*|[ \t]*")
_NOTE = re.compile(r"^(\[\^[^\]\n]+\]:)", re.M)
# CommonMark takes **句子。**下文 for no emphasis, since a mark precedes and a letter follows the closing asterisks
_EMPHASIS = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_DEEPEST = 100  # the parser leaves out what is nested deeper
_BREAK = re.compile(r"<br\b", re.I)


def read_markdown(path: Path, progress: Progress | None = None) -> FileText:
    """Return the text of a Markdown file (CommonMark with tables); front matter goes to the margins.

    :raises UnreadableFileError: the bytes are no text, or hold none.
    """
    found = decode(path.read_bytes())
    source, warnings = tidy(found.text)
    front, source = _split_front(source)
    # a note's text must not be taken for the target of a link, where it would be lost
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(_NOTE.sub(r"\\\1", source))
    text = "\n".join(line for line in _lines(tokens, path.name) if line.strip())
    if blank(text):
        raise UnreadableFileError(f"{path.name!r} holds no text: add a file that has some")
    return FileText(text, "md", front, warnings=(*found.warnings, *warnings, *_look_at(tokens)))


def _split_front(source: str) -> tuple[tuple[str, ...], str]:
    """The lines of the front matter, and what follows it."""
    match = _FRONT.match(source)
    if not match or not all(_FIELD.fullmatch(line) for line in match[1].splitlines()):
        return (), source
    return tuple(dict.fromkeys(line for line in match[1].splitlines() if line.strip())), source[match.end() :]


def _lines(tokens: list[Token], name: str) -> list[str]:
    lines: list[str] = []
    cells: list[str] = []
    numbers: list[int] = []
    label = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "ordered_list_open":
            numbers.append(-1)
        elif token.type == "ordered_list_close":
            numbers.pop()
        elif token.type == "list_item_open" and token.info:
            numbers[-1] = _next(numbers[-1], int(token.info))
            label = f"{numbers[-1]}{token.markup}"
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append("\t".join(cells).rstrip())
        elif token.type == "inline" and before and before.type in ("td_open", "th_open"):
            cells.append(_inline(token).replace("\n", " "))
        elif text := _block(token, name):
            lines += (label + text).split("\n")
            label = ""
    return lines


def _next(last: int, written: int) -> int:
    """The number of an item as it is written, or one more than the last where all are written as 1."""
    return written if written > last else last + 1


def _block(token: Token, name: str) -> str:
    if token.type == "inline":
        return _inline(token)
    if token.type == "html_block":
        return piece_text(token.content, name)
    return token.content if token.type in ("fence", "code_block") else ""


def _inline(token: Token) -> str:
    text = ""
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak") or child.type == "html_inline" and _BREAK.match(child.content):
            text += "\n"
        elif child.type in ("text", "code_inline", "image"):
            text += child.content
    return _EMPHASIS.sub(r"\1", text)


def _look_at(tokens: list[Token]) -> list[str]:
    children = [child for token in tokens for child in token.children or ()]
    notes = []
    if pictures := sum(child.type == "image" for child in children):
        notes.append(f"{pictures} pictures are not read, only what is written for them")
    if struck := sum(child.type == "s_open" for child in children):
        notes.append(f"{struck} passages that are struck through were kept")
    return notes
