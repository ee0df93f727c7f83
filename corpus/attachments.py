"""Where the attachments of a document begin: 附件1, 附：…; a list of attachments in the text begins none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.markers import MARK_LENGTH, is_table_row
from corpus.numbering import LONGEST_HEADING, Line
from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold, fold_aligned

_CAPTION = re.compile(
    rf"(?:(?P<label>附(?:件|表|录)\s*(?P<n>\d{{1,2}}|[{NUMERAL_CHARS}]{{1,3}})?)|(?P<bare>附\s*(?P<m>\d{{1,2}})))"
    r"(?:\s*[:.、]\s*|\s+|$|(?=《))|(?P<short>附)(?:\s*:\s*|$)"
)
_PROSE = re.compile(r"[。；;！？]")
_LISTED = re.compile(r"(\d{1,2})[.、]")
_DATE = re.compile(r"[\d一二三四五六七八九〇○零]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
RECORD = re.compile(r"(?:抄送|抄报|主送|报送|分送):|.{0,40}\d日印发$|[(〔]?此件|附(?:件|表|录)?\d{0,2}:")
_LONGEST_TITLE, _LONGEST_SIGNATURE, _SIGNATURE_LINES = 80, 40, 4


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: `lines` from its caption on; the first `head` of them are caption and title."""

    number: int
    label: str
    title: str
    head: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Caption:
    at: int
    number: int
    label: str
    rest: str


def split_attachments(lines: Sequence[Line]) -> tuple[list[Line], list[Attachment], list[Line]]:
    """Return the lines of the text itself, its attachments, and the record of copies after them.

    Numbers in a list of attachments (附件：1.… 2.…) are taken back.
    """
    captions = _captions(lines)
    ends = [*(c.at for c in captions), len(lines)][1:]
    heads = []
    last = {c.number: c.at for c in captions}
    for caption, end in zip(captions, ends, strict=True):
        listed = _take_back_list(lines, caption)
        if not listed and not _only_named(lines, caption, end, last[caption.number]):
            heads.append(caption)
    if not heads:
        return list(lines), [], []
    tail = _record_start(lines, heads[-1].at + 1)
    stops = [c.at for c in heads[1:]] + [tail]
    found = [_attachment(lines[c.at : stop], c) for c, stop in zip(heads, stops, strict=True)]
    return list(lines[: heads[0].at]), found, list(lines[tail:])


def signature_start(lines: Sequence[Line], after: int) -> int | None:
    """Index of the first line of the signature (issuers and a date, each on a line) behind index `after`, or None."""
    for i in range(after + 1, len(lines)):
        if not _is_date(lines[i]):
            continue
        first = i
        while first - 1 > after and i - first < _SIGNATURE_LINES and _is_issuer(lines[first - 1]):
            first -= 1
        return first
    return None


def _captions(lines: Sequence[Line]) -> list[_Caption]:
    out = []
    for i, line in enumerate(lines):
        match = _CAPTION.match(fold_aligned(line.text[:MARK_LENGTH])) if line.text[:1] == "附" else None
        if not match or len(line.text) > _LONGEST_TITLE or is_table_row(line.text) or _PROSE.search(line.text):
            continue
        name = next(group for group in ("label", "bare", "short") if match[group])
        number = parse_numeral(match["n"] or match["m"] or "")
        out.append(_Caption(i, number or 1, line.text[: match.end(name)].strip(), line.text[match.end() :].strip()))
    return out


def _take_back_list(lines: Sequence[Line], caption: _Caption) -> bool:
    """Whether a list of attachments begins at the caption; its numbers are taken back."""
    first = _LISTED.match(fold_aligned(caption.rest[:4]))
    expected = int(first[1]) + 1 if first else 1
    i = caption.at + 1
    while i < len(lines) and (match := _LISTED.match(fold_aligned(lines[i].text[:4]))) and int(match[1]) == expected:
        i, expected = i + 1, expected + 1
    closed = _signed(lines, i) or i < len(lines) and lines[i].text.startswith("附")
    numbered = first or i > caption.at + 1 and not caption.rest and closed
    if numbered:
        for line in lines[caption.at : i]:
            line.marker = None
    return bool(numbered)


def _only_named(lines: Sequence[Line], caption: _Caption, end: int, last: int) -> bool:
    """Whether a caption with a title on its line names an attachment that stands further down, or nowhere."""
    if not caption.rest:
        return False
    return caption.at < last or caption.at + 1 == end or _signed(lines[:end], caption.at + 1)


def _signed(lines: Sequence[Line], at: int) -> bool:
    """Whether signature, date or the record of copies is what stands at index `at`."""
    if at >= len(lines):
        return False
    if RECORD.match(fold_aligned(lines[at].text)):
        return True
    first = signature_start(lines[: at + _SIGNATURE_LINES + 1], at - 1)
    return first == at


def _record_start(lines: Sequence[Line], at: int) -> int:
    """Index of the record of copies that ends the text; the number of lines where there is none."""
    end = len(lines)
    while end > at and len(lines[end - 1].text) <= 200 and RECORD.match(fold_aligned(lines[end - 1].text)):
        end -= 1
    return end


def _attachment(lines: Sequence[Line], caption: _Caption) -> Attachment:
    title, head = caption.rest, 1
    if not title and len(lines) > 1 and _is_title(lines[1]):
        title, head = lines[1].text.strip(), 2
    return Attachment(caption.number, caption.label, title, head, tuple(lines))


def _is_title(line: Line) -> bool:
    short = len(line.text) <= LONGEST_HEADING and line.marker is None and not is_table_row(line.text)
    return short and not _PROSE.search(line.text) and line.text.rstrip()[-1:] not in "：:，,"


def _is_date(line: Line) -> bool:
    return len(line.text) <= 30 and bool(_DATE.fullmatch(fold(line.text)))


def _is_issuer(line: Line) -> bool:
    plain = line.marker is None and not is_table_row(line.text) and len(line.text) <= _LONGEST_SIGNATURE
    return plain and not re.search(r"[，。；：,;:！？]", line.text)
