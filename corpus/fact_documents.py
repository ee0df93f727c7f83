"""Documents that a text cites, and what one prints of itself: number, date, mark of access, receivers of copies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.fact_dates import read_dates
from corpus.intake.access import find_access
from corpus.types import Fact, Span

_TITLE = re.compile(r"《(?P<title>[^《》〈〉]*(?:〈[^〈〉]*〉[^《》〈〉]*)*)》")
# 厅字〔2020〕1号 as GB/T 9704-2012, 7.2.5 has it, the brackets that older texts print, and orders (国务院令第624号)
_SERIAL = r"(?:[〔\[【(]\d{4}[〕\]】)]\s?第?\s?\d{1,5}\s?号|令\s?第?\s?\d{1,5}\s?号)"
_NUMBER = rf"[a-z\u4e00-\u9fff]{{1,15}}{_SERIAL}"
_BRACKET = re.compile(
    rf"\s?[(〔\[](?P<lead>[^()〔〕《》]{{0,20}}?[,;:、])?(?P<number>{_NUMBER})(?:[^()《》]|《[^《》]{{0,60}}》|\([^()]{{0,60}}\)){{0,80}}?[)〕\]]"
)
_BARE = re.compile(_NUMBER)
_BEFORE_NUMBER = re.compile(
    r".*(?:按照|根据|依据|依照|遵照|参照|落实|执行|贯彻|转发|印发|下发|制定|废止|文件|参见|见|以|按|和|及|与|的|将|对|由)"
)
_SHORT_NAME = re.compile(r"(?:简称|下称)为?[\"“'‘]?$")
_NO_DOCUMENT = re.compile(r"(?:证|证书|日报|学报|杂志|通知书|告知书|意见书|表)$")

_OWN_NUMBER = re.compile(rf"^[ \t]*(?P<number>{_NUMBER})[ \t]*(?:签发人.*)?$", re.M)
_ISSUED = re.compile(r"^\s*(?:印发|发布|公布)?\s*$")
_COPIES = re.compile(r"^[ \t]*(?:抄[送报]|[分报]送)[ \t]*:(?P<list>[^\n]*)", re.M)
_RECEIVER = re.compile(r"(?:[^、,;。()]|\([^()]*\))+")
# 现将《…》印发给你们; 《…》已经会议审议通过,现予公布
_TITLES_BETWEEN = re.compile(r"(?:《[^《》]*》[、和及与]?)+$")
_ISSUES = re.compile(r"现(?:将|予?以?(?:印发|公布|发布))$")
_IS_ISSUED = re.compile(
    r"(?:[、和及与]?《[^《》]*》)*(?:已|业|经)[^《》。\n]{0,80}(?:现|予以?)[^《》。\n]{0,4}(?:印发|公布|发布)"
)
_REACH = 200
_IS_PASSED_ON = re.compile(r"[^《》。\n]{0,8}转[发给]")


def read_documents(text: str, folded: str) -> Iterator[Fact]:
    """Yield the documents that `text` cites by a title in marks or by a number; `folded` is the text folded, aligned.

    A short name is not a citation where it is set up (以下简称《意见》), a title inside a title is part of it.
    """
    taken: set[int] = set()
    for match in _TITLE.finditer(folded):
        if _SHORT_NAME.search(folded[max(0, match.start() - 6) : match.start()]):
            continue
        taken.update(range(match.start(), match.end()))
        if _NO_DOCUMENT.search(match["title"]):
            continue
        bracket = _BRACKET.match(folded, match.end())
        end = bracket.end() if bracket else match.end()
        number = text[bracket.start("number") : bracket.end("number")] if bracket else ""
        taken.update(range(match.start(), end))
        title = text[match.start("title") : match.end("title")]
        yield Fact("document", title, "", "=", Span(match.start(), end), number=number)
    for match in _BARE.finditer(folded):
        lead = _BEFORE_NUMBER.match(match.group())
        span = Span(match.start() + (lead.end() if lead else 0), match.end())
        if taken.isdisjoint(range(span.start, span.end)):
            yield Fact("document", "", "", "=", span, number=span.of(text))


def own_marks(text: str, folded: str) -> Iterator[Fact]:
    """Yield what front matter or closing prints of the document itself: number, date, mark of access, receivers."""
    for match in _OWN_NUMBER.finditer(folded):
        span = Span(match.start("number"), match.end("number"))
        yield Fact("own_number", span.of(text), "", "=", span)
    yield from _own_dates(folded)
    for mark in find_access(text):
        yield Fact("openness", mark.access, "", "=", Span(mark.start, mark.start + len(mark.text)))
    for copies in _COPIES.finditer(folded):
        receivers = _RECEIVER.finditer(folded, copies.start("list"), copies.end("list"))
        for order, match in enumerate((m for m in receivers if m.group().strip()), start=1):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            span = Span(start, start + len(match.group().strip()))
            yield Fact("copies", span.of(text), "", "=", span, order=order)


def names_itself(folded: str, cited: Fact) -> bool:
    """Whether front matter names by `cited` the document that it issues: 现将《…》印发给你们."""
    if cited.number:
        return False
    before = _TITLES_BETWEEN.sub("", folded[max(0, cited.span.start - _REACH) : cited.span.start])
    if _ISSUES.search(before):
        return not _IS_PASSED_ON.match(folded, cited.span.end)
    return bool(_IS_ISSUED.match(folded, cited.span.end))


def _own_dates(folded: str) -> Iterator[Fact]:
    """A date that fills its line, or ends it with the word that it was printed."""
    for fact in read_dates(folded):
        start = folded.rfind("\n", 0, fact.span.start) + 1
        end = folded.find("\n", fact.span.end)
        rest = folded[fact.span.end : end if end >= 0 else len(folded)]
        before = folded[start : fact.span.start].strip().strip("(")
        if fact.precision == "day" and fact.comparator == "at" and _ISSUED.match(rest.strip(")")):
            if not before or rest.strip():
                yield Fact("own_date", fact.value, "", "=", fact.span)
