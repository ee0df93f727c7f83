"""How often something is to be done: 每年组织一次, 每学期不少于4次, 一个任期…一次, 3~5年为一个周期…一轮."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.fact_numbers import DASH, NUMBER, SPACE, find_amounts, value_of
from corpus.types import Fact, Span

_LENGTH = r"个?(?:学年|学期|季度|月|周)|年"
_LONG = rf"{SPACE}(?P<low>{NUMBER})(?:{DASH}(?P<high>{NUMBER}))?{SPACE}(?P<unit>{_LENGTH})"
_TIMES = "次轮遍"
# 每年, 每两年; a day of a month (每月5日) and an age (每周岁) are none
_EVERY = re.compile(
    rf"每(?:一?个?(?P<name>学年|学期|季度|季|半年|年度?|月|周(?!岁)|天|日)|隔?{_LONG})(?P<deadline>[底末初终])?"
)
_CYCLE = re.compile(rf"(?:以|按|每)?(?P<cycle>{_LONG})为(?:[一1]个?)?(?:周期|轮)(?:期)?")
_TERM = re.compile(r"(?:[一每]个|每届)?任期(?:结束|届满|期满)?[时内前后]?")
# 一年两次, 三年一轮: the period stands before the number with nothing between
_COMPACT = re.compile(rf"(?P<cycle>{_LONG}|半年){SPACE}(?={NUMBER}{SPACE}[{_TIMES}])")
_BY = re.compile(r"按(?P<name>月|季度?|周|学期)(?![份内历期底末])")
_AT_LEAST = re.compile(r"(?:至少|最少|不少于)$")
_BOUND_AHEAD = 3
_NO_AMOUNT = Fact("count", "", "", "=", Span(0, 0))
_STOP = re.compile(r"[。;\n]")
_CARRIES_ON = re.compile(r"[,、](?:[应须需要还]|累计|总计|合计|共计|时间|总时间|总数|次数){0,3}$")
_LONGEST_GAP = 36
_CYCLE_GAP, _TERM_GAP, _REACH = 60, 16, 80


def read_frequencies(text: str) -> Iterator[Fact]:
    """Yield frequencies of folded `text` in order, each followed by the duration that its period states.

    A period without a number (每年适时组织) is a frequency with an empty value; a deadline (每年底) is none.
    """
    at = 0
    for match, pattern in _periods(text):
        if match.start() < at:
            continue
        end = _stop(text, match.end(), _periods_after(text, match.end()))
        amount = _amount(text, match, pattern, end)
        if amount is None and (pattern not in (_EVERY, _BY) or not _stands_bare(match)):
            continue
        at = amount.span.end if amount else match.end()
        bound = _AT_LEAST.search(text[max(0, match.start() - _BOUND_AHEAD) : match.start()])
        start = match.start() - len(bound.group()) if bound else match.start()
        fact = amount or _NO_AMOUNT
        yield replace(
            fact,
            kind="frequency",
            comparator=">=" if bound and fact.comparator == "=" else fact.comparator,
            span=Span(start, at),
            period=_name(match),
        )
        if stated := _duration(match):
            yield stated


def _periods(text: str) -> list[tuple[re.Match[str], re.Pattern[str]]]:
    found: list[tuple[re.Match[str], re.Pattern[str]]] = []
    taken: set[int] = set()
    for pattern in (_CYCLE, _EVERY, _TERM, _COMPACT, _BY):
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(match.start(), match.end())):
                taken.update(range(match.start(), match.end()))
                found.append((match, pattern))
    return sorted(found, key=lambda pair: pair[0].start())


def _periods_after(text: str, start: int) -> int:
    reach = min(len(text), start + _REACH)
    following = _EVERY.search(text, start, reach)
    return following.start() if following else reach


def _stop(text: str, start: int, limit: int) -> int:
    stop = _STOP.search(text, start, limit)
    return stop.start() if stop else limit


def _amount(text: str, period: re.Match[str], pattern: re.Pattern[str], end: int) -> Fact | None:
    """The first amount that belongs to the period, up to `end`."""
    if period.groupdict().get("deadline"):
        return None
    longest = _CYCLE_GAP if pattern is _CYCLE else _TERM_GAP if pattern is _TERM else _LONGEST_GAP
    for amount in find_amounts(text, period.end(), end):
        gap = text[period.end() : amount.span.start]
        if len(gap) > longest or amount.kind == "duration" and text[amount.span.end - 1] == "内":  # 每学期开学两周内
            return None
        if pattern in (_CYCLE, _TERM):
            if amount.unit[0] in _TIMES:
                return amount
        elif pattern is _COMPACT:
            return amount if not gap.strip() else None
        else:
            # past a comma an amount is the period's only where the words say so: 每年参加培训,累计不少于40学时
            comma = max(gap.rfind(","), gap.rfind("、"))
            return amount if comma < 0 or _CARRIES_ON.match(gap, comma) else None
    return None


def _stands_bare(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    following = match.string[match.end() : match.end() + 1]
    return not groups.get("deadline") and groups["name"] not in ("天", "日", "年度") and following not in ("的", "都")


def _name(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if match.group().find("任期") >= 0:
        return "任期"
    words = groups.get("cycle") or groups.get("name") or match.group().removeprefix("每").removeprefix("隔")
    words = re.sub(r"\s", "", words).replace("个月", "月")
    return words[1:].removeprefix("个") if words[0] == "一" else words


def _duration(match: re.Match[str]) -> Fact | None:
    groups = match.groupdict()
    low, high, unit = groups.get("low"), groups.get("high"), groups.get("unit")
    if not low or not unit or low in ("一", "半"):
        return None
    value, upper = value_of(low), value_of(high) if high else ""
    if value is None or upper is None:
        return None
    return Fact("duration", value, unit.removeprefix("个"), "=", Span(match.start("low"), match.end("unit")), to=upper)
