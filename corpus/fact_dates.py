"""Dates and deadlines that a text states: 到2022年, 2025年底前, 2022年4月, 每年11月底前, 自2021年1月1日起."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.fact_numbers import DASH, SPACE
from corpus.numerals import parse_numeral
from corpus.types import Comparator, Fact, Span

_HAN_DIGIT = "[〇○零一二三四五六七八九]"
_YEAR = rf"(?:19|20)\d\d|[一二]{_HAN_DIGIT}{{3}}"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_FROM, _BY = "自从|自|从", "截止到|截至|截止|到|至"
_LEAD = rf"(?:(?:(?P<from>{_FROM})|(?P<by>{_BY})){SPACE})?"
_TAIL = rf"{SPACE}(?P<tail>之前|以前|前(?![\d一二三两四几])|以来|起|之后|以后|后)?"
_DAY = (
    rf"(?P<month>{_SMALL}){SPACE}月(?![龄内以票])"
    rf"(?:(?P<whole>份)|{SPACE}(?P<day>{_SMALL}){SPACE}日|(?P<tenth>[上中下]旬|底|末|初))?"
)
_PART = r"年?(?P<part>底|末|初)|(?P<half>上半年|下半年|[一二三四]季度|第[一二三四]季度|[春秋]季学期)"
_DATE = re.compile(
    rf"{_LEAD}(?P<year>{_YEAR})(?:{SPACE}年?{DASH}(?P<last>{_YEAR}))?{SPACE}"
    rf"(?:(?P<school>学年)|年度?(?:{SPACE}{_DAY}|{_PART})?){_TAIL}"
)
_EACH_YEAR = re.compile(rf"{_LEAD}(?:(?P<every>每年){SPACE})?(?<![\d第])(?:{_DAY}|年?(?P<part>底|末)){_TAIL}")
_EACH_MONTH = re.compile(rf"每(?P<period>月){SPACE}(?P<day>{_SMALL}){SPACE}日{_TAIL}")
_PRECISE = {
    "底": "end", "末": "end", "初": "start", "上旬": "first third", "中旬": "second third", "下旬": "last third",
}  # fmt: skip
_HALVES = {"上": "first half", "下": "second half", "春": "spring term", "秋": "autumn term"}


def read_dates(text: str) -> Iterator[Fact]:
    """Yield the dates of folded `text`, spans not crossing, not in order."""
    taken: set[int] = set()
    for pattern, read in ((_DATE, _date), (_EACH_MONTH, _of_month), (_EACH_YEAR, _of_year)):
        for match in pattern.finditer(text):
            fact = read(match)
            if fact and taken.isdisjoint(range(fact.span.start, fact.span.end)):
                taken.update(range(fact.span.start, fact.span.end))
                yield fact


def _date(match: re.Match[str]) -> Fact | None:
    parts = [_digits(match["year"])]
    precision = "school year" if match["school"] else "year"
    if match["month"]:
        fine = _month_and_day(match)
        if fine is None:
            return None
        numbers, precision = fine
        parts += numbers
    elif match["part"]:
        precision = f"year {_PRECISE[match['part']]}"
    elif match["half"]:
        half = match["half"].removeprefix("第")
        precision = _HALVES.get(half[0]) or f"quarter {parse_numeral(half[0])}"
    last = _digits(match["last"]) if match["last"] else ""
    return Fact("date", "-".join(parts), "", _bound(match), _span(match), to=last, precision=precision)


def _of_year(match: re.Match[str]) -> Fact | None:
    """A day or a month without a year; a mere 年底 is one only where it comes again each year."""
    period = "年" if match["every"] else ""
    if match["part"]:
        return _again("", f"year {_PRECISE[match['part']]}", period, match) if period else None
    fine = _month_and_day(match)
    if fine is None or not match["month"].isdigit() and not any(match[g] for g in ("day", "tenth", "tail", "whole")):
        return None
    numbers, precision = fine
    return _again("--" + "-".join(numbers), precision, period, match)


def _of_month(match: re.Match[str]) -> Fact | None:
    day = parse_numeral(match["day"])
    return _again(f"---{day:02d}", "day", "月", match) if day and day <= 31 else None


def _again(value: str, precision: str, period: str, match: re.Match[str]) -> Fact:
    return Fact("date", value, "", _bound(match), _span(match), period=period, precision=precision)


def _month_and_day(match: re.Match[str]) -> tuple[list[str], str] | None:
    month, day = parse_numeral(match["month"]), parse_numeral(match["day"]) if match["day"] else None
    if not month or month > 12 or (match["day"] and not (day and day <= 31)):
        return None
    if day:
        return [f"{month:02d}", f"{day:02d}"], "day"
    return [f"{month:02d}"], f"month {_PRECISE[match['tenth']]}" if match["tenth"] else "month"


def _bound(match: re.Match[str]) -> Comparator:
    groups = match.groupdict()
    tail = groups["tail"] or ""
    if tail.endswith("前"):
        return "before"
    if tail or groups.get("from"):
        return "from"
    return "by" if groups.get("by") else "at"


def _digits(year: str) -> str:
    if year.isdigit() and year.isascii():
        return year
    return "".join("0" if c in "〇○零" else str(parse_numeral(c)) for c in year)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.start() + len(match.group().rstrip()))
