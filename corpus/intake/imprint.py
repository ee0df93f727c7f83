"""Number, issuer and date of a new text, from its head, its signature, its last page and its margins.

Where they stand follows GB/T 9704-2012: the number under the red header, the issuer with the date of signature below
the text, the printing note with its own, later date on the last page. Orders of a government carry 令 with a number.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from corpus.intake.lines import Found, Line, Lines, fields
from corpus.intake.title import ORGANISATION, join_lines, printed_title
from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold, fold_aligned

_NUMBER = r"[\u4e00-\u9fff]{1,14}\s*[〔\[(【{]\s*(?:19|20)\d\d\s*[〕\])】}]\s*第?\s*\d{1,5}\s*号"
_OWN_NUMBER = re.compile(rf"(?:^|[\s|])(?P<number>{_NUMBER})(?=$|[\s|(])")
_AFTER_TITLE = re.compile(rf"[(〔](?P<number>{_NUMBER})[)〕]$")
_ORDER = re.compile(r"(?P<who>(?:[\u4e00-\u9fff]\s*){2,20}令)\s*(?P<number>第\s*\d{1,4}\s*号)?$")
_ORDER_NUMBER = re.compile(r"[(〔]?(第\s*\d{1,4}\s*号)[)〕]?$")
_ORDER_NOTE = re.compile(r"(?P<who>(?:(?!日)[\u4e00-\u9fff]){2,20}?令)\s*第\s*\d{1,4}\s*号")
_WHOLE_NAME = re.compile("^中华人民共和国(?=国务院|.+部$)")
_ZEROS = "〇○◯零oо0"
_ARABIC = r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
_HAN = (
    rf"(?P<hy>[一二三四五六七八九{_ZEROS}]\s*(?:[一二三四五六七八九{_ZEROS}]\s*){{3}})年\s*"
    rf"(?P<hm>[{NUMERAL_CHARS}]{{1,2}})\s*月\s*(?P<hd>[{NUMERAL_CHARS}]{{1,3}})\s*日"
)
_DATE = re.compile(rf"{_ARABIC}|{_HAN}")
_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)\s?[-./年]\s?(?P<m>\d{1,2})\s?[-./月]\s?(?P<d>\d{1,2})")
_SIGNED = re.compile(rf"(?P<who>[^\d。,;:]{{0,60}}?)\s*(?P<date>{_ARABIC}|{_HAN})\s*(?:[(〔][^()]*[)〕])?$")
_PROMULGATED = re.compile(r"^[(〔\[].{0,200}?(?:公布|发布|通过|印发|施行|批准)[^()]*[)〕\]]$")
_ENACTED = re.compile(r"[^。;\d]{0,40}(?:公布|发布|颁布|令)")
_ORGANISATION_LINE = re.compile(rf"[^。,;:!?]{{1,40}}?{ORGANISATION}(?:\s*[(〔](?:章|印|盖章|公章|代章)[)〕])?$")
_BETWEEN = re.compile(r"[(〔].{0,20}[)〕]$")
_HEADER = re.compile(r"(?P<who>.{2,40}?)\s*文\s*件$")
_MOST_SIGNATORIES = 6


def find_number(lines: Lines) -> Found[str] | None:
    """Return the document's own number as printed, its brackets as 〔〕; numbers cited in prose do not count."""
    places = (*lines.head, *lines.margins, *lines.rest)
    stated = next(fields(places, "发文字号|文号|文件编号|发文文号|公文文号"), None)
    for line in places:
        if line.folded.startswith("《"):
            continue
        match = _OWN_NUMBER.search(line.folded) if not re.search("[。,;]", line.folded) else None
        match = match or (_AFTER_TITLE.search(line.folded) if "关于" in line.folded[:40] else None)
        if match:
            start, end = match.span("number")
            return line.found(_bracketed(line.text[start:end]), start, end)
    if stated and re.fullmatch(_NUMBER, fold_aligned(stated.value)):
        return Found(_bracketed(stated.value), stated.quote, stated.start)
    return _order_number(lines)


def find_issuer(lines: Lines) -> Found[str] | None:
    """Return the issuing office, several with a space between: the signature, else title, header, order or field."""
    signed = _signature(lines)
    if signed and signed[0]:
        return signed[0]
    printed = printed_title(lines)
    if printed:
        whole = join_lines(printed[0])
        match = re.match(rf"(?P<who>.{{2,60}}?{ORGANISATION})\s*关于", fold_aligned(whole.value))
        if match:
            return Found(whole.value[: match.end("who")], whole.quote, whole.start)
    for line in (*lines.head, *lines.margins):
        match = _HEADER.fullmatch(line.folded)
        if match and re.search(rf"{ORGANISATION}$", match["who"].replace(" ", "")):
            return line.found("".join(line.text[: match.end("who")].split()), 0)
        if (order := _ORDER.fullmatch(line.folded)) and order.end("who") > 3:
            who = "".join(line.text[: order.end("who") - 1].split())
            return line.found(_WHOLE_NAME.sub("", who), 0)
        if note := _order_note(line):
            who = line.text[note.start("who") : note.end("who") - 1]
            return line.found(_WHOLE_NAME.sub("", who), *note.span())
    return next(fields((*lines.head, *lines.margins), "发布机构|发文机关|发文单位|制定机关|发布机关|发文机构"), None)


def find_date(lines: Lines) -> Found[datetime.date] | None:
    """Return the date of signature, else that of 成文日期, of promulgation, of publishing, of printing."""
    signed = _signature(lines)
    if signed:
        return signed[1]
    around = (*lines.head, *lines.margins, *lines.rest)
    return next(
        (
            found
            for candidates in (
                _field_dates(around, "成文日期|成文时间|签署日期|发文日期"),
                _promulgated(lines.head),
                _field_dates(around, "发布日期|发布时间|公布日期|印发日期|日期|pubdate"),
                _printed(around),
            )
            for found in candidates
        ),
        None,
    )


def _signature(lines: Lines) -> tuple[Found[str] | None, Found[datetime.date]] | None:
    """The first date on a line of its own that an office stands above or before; else the first such date at all."""
    bare: Found[datetime.date] | None = None
    for n, line in enumerate(lines.body):
        match = _SIGNED.fullmatch(line.folded)
        date = _read(match) if match else None
        if match is None or date is None or re.search("印发|起施行", line.folded):
            continue
        found = line.found(date, *match.span("date"))
        who = _signatories(lines.body, n, match["who"].strip())
        if who:
            return who, found
        bare = bare or (found if not match["who"] else None)
    return (None, bare) if bare else None


def _signatories(body: Sequence[Line], n: int, beside: str) -> Found[str] | None:
    if beside:
        line = body[n]
        return line.found(line.text[: len(beside)], 0, len(beside)) if _ORGANISATION_LINE.fullmatch(beside) else None
    names: list[Line] = []
    for line in reversed(body[max(0, n - _MOST_SIGNATORIES) : n]):
        if not names and _BETWEEN.fullmatch(line.folded):
            continue
        if not _ORGANISATION_LINE.fullmatch(line.folded):
            break
        names.insert(0, line)
    if not names:
        return None
    value = " ".join(re.sub(r"\s*[(（〔].*", "", line.text) for line in names)
    value = re.sub(r"\s+", " ", value)
    return Found(value, "\n".join(line.text for line in names), names[0].start)


def _order_number(lines: Lines) -> Found[str] | None:
    """第624号 under 国务院令, as 国务院令第624号; or the whole of it in the note under the title of a regulation."""
    for line, below in zip_longest(lines.head, lines.head[1:]):
        if note := _order_note(line):
            return line.found("".join(line.text[note.start() : note.end()].split()), *note.span())
        order = _ORDER.fullmatch(line.folded)
        if not order:
            continue
        who = "".join(line.text[: order.end("who")].split())
        if order["number"]:
            return line.found(who + "".join(order["number"].split()))
        follows = _ORDER_NUMBER.fullmatch(below.folded) if below else None
        if below and follows:
            return Found(who + "".join(follows[1].split()), f"{line.text}\n{below.text}", line.start)
    return None


def _order_note(line: Line) -> re.Match[str] | None:
    return _ORDER_NOTE.search(line.folded) if _PROMULGATED.match(line.folded) else None


def _bracketed(number: str) -> str:
    text = "".join(number.split())
    folded = fold_aligned(text)
    match = re.fullmatch(r"(.+?)[〔\[(【{](\d{4})[〕\])】}](第?)(\d+)(号)", folded)
    if not match:
        return text
    return f"{text[: match.end(1)]}〔{match[2]}〕{text[match.start(3) : match.end(3)]}{match[4]}{text[-1]}"


def _field_dates(lines: Sequence[Line], labels: str) -> Iterator[Found[datetime.date]]:
    for stated in fields(lines, labels):
        folded = fold_aligned(stated.value)
        date = _read(_DATE.match(folded) or _ISO.match(folded))
        if date:
            yield Found(date, stated.quote, stated.start)


def _promulgated(head: Sequence[Line]) -> Iterator[Found[datetime.date]]:
    """The note under the title of a regulation: the date that 公布 follows, else its first date."""
    for line in head:
        if not _PROMULGATED.match(line.folded):
            continue
        dates = [(m, date) for m in _DATE.finditer(line.folded) if (date := _read(m))]
        enacted = [pair for pair in dates if _ENACTED.match(line.folded, pair[0].end())]
        for match, date in (enacted or dates)[:1]:
            yield line.found(date, *match.span())


def _printed(lines: Sequence[Line]) -> Iterator[Found[datetime.date]]:
    for line in lines:
        for match in _DATE.finditer(line.folded):
            date = _read(match)
            if date and line.folded[match.end() :].strip().startswith("印发"):
                yield line.found(date, *match.span())


def _read(match: re.Match[str] | None) -> datetime.date | None:
    if match is None:
        return None
    groups = match.groupdict()
    written = [groups[k] or "" for k in "ymd"] if groups.get("y") else [groups[k] or "" for k in ("hy", "hm", "hd")]
    numbers = [parse_numeral(_zeros(fold(part))) for part in written]
    try:
        return datetime.date(*(n or 0 for n in numbers))
    except ValueError:  # 2021年13月40日 is no date, and no other is read into it
        return None


def _zeros(text: str) -> str:
    return text if text.isascii() and text.isdigit() else "".join("〇" if c in _ZEROS else c for c in text)
