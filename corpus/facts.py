"""Facts that a text states: numbers, dates, frequencies, documents cited; each with its span, nothing inferred."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold_aligned
from corpus.types import Span

FactKind = Literal[
    "ratio", "percent", "count", "duration", "frequency", "date", "document",
    "own_number", "own_date", "openness", "copies",
]  # fmt: skip
Comparator = Literal["=", ">=", "<=", ">", "<", "~"]

_HAN = f"[{NUMERAL_CHARS}]"
_NUMBER = rf"(?:\d{{1,9}}(?:\.\d{{1,4}})?|{_HAN}{{1,5}})"
_SPACE = r"\s{0,2}"
_AT_LEAST = r"不少于|不得少于|不低于|不得低于|至少|最少|不小于|达到|大于等于"
_AT_MOST = r"不超过|不得超过|不高于|不得高于|不多于|不得多于|至多|最多|不大于"
_BEFORE = rf"(?:(?P<before>{_AT_LEAST}|{_AT_MOST}|超过|大于|高于|低于|少于|小于|约){_SPACE})?"
_COUNTED = "学时|课时|人次|个月|个工作日|工作日|人|名|个|所|项|条|届|家|类|分|万元|元|岁|公里|平方米|份|篇"
_LASTING = "年|学年|学期|月|周|日|天|小时|分钟"
_PERIOD = rf"每(?:{_NUMBER}?个?(?:学年|学期|季度|年|月|周|日|天|届|任期|轮)|半年)"

_RATIO = re.compile(
    rf"{_BEFORE}(?<!\d)(?P<a>\d{{1,4}}){_SPACE}:{_SPACE}(?P<b>\d{{1,4}})(?!\d)(?P<after>以上|以下|以内)?"
)
_PERCENT = re.compile(
    rf"{_BEFORE}(?:(?P<a>\d+(?:\.\d+)?){_SPACE}[%‰]|百分之(?P<han>{_HAN}{{1,5}}|\d+))(?P<after>以上|以下|以内)?"
)
_RANGE = re.compile(
    rf"(?P<a>{_NUMBER}){_SPACE}[~\-—至到]{_SPACE}(?P<b>{_NUMBER}){_SPACE}个?(?P<unit>{_LASTING}|{_COUNTED})"
)
_COUNT = re.compile(
    rf"{_BEFORE}(?P<ordinal>第)?(?P<a>{_NUMBER}){_SPACE}(?P<unit>{_COUNTED}|次|轮|{_LASTING})(?P<after>以上|以下|以内|左右)?"
)
_DATE = re.compile(
    rf"(?P<until>到|至|截至)?(?P<year>(?:19|20)\d\d|二[〇○0零]{_HAN[:-1]}○]{{2}}){_SPACE}年"
    rf"(?:{_SPACE}(?P<month>\d{{1,2}}){_SPACE}月(?:{_SPACE}(?P<day>\d{{1,2}}){_SPACE}日)?)?(?P<end>底前|底|年底前|末|前)?"
)
_FREQUENCY = re.compile(rf"{_PERIOD}[^。;,]{{0,12}}?{_BEFORE}(?P<a>{_NUMBER}){_SPACE}(?P<unit>次|轮|回|遍)")
_EVERY = re.compile(_PERIOD)
_DOCUMENT = re.compile(
    r"《[^《》〈〉]*(?:〈[^〈〉]*〉[^《》〈〉]*)*》(?:[(〔]?[^()〔〕《》,。;]{1,12}〔\d{4}〕\s?\d+\s?号)?"
)
_OPENNESS = re.compile(r"此件[^()〔〕\n]{0,4}公开[^()〔〕\n]{0,4}|(?:主动|依申请|不予)公开")
_COPIES = re.compile(r"(?:抄送|抄报|主送)[:][^\n]+")
_NOT_A_COUNT = frozenset("一个 一项 一份 一条 一类".split())


@dataclass(frozen=True, slots=True)
class Fact:
    """A stated value.

    own_number, own_date: the document's own number and date; openness: 此件公开发布 and the like; copies: 抄送….

    value: `1:5`, `20`, `3~5`, `2022-04`, or the cited title; numbers in Arabic digits.
    unit: what it counts in (学时, 次, 年, %), empty for ratios and documents.
    comparator: bound that the text gives (`>=` for 不少于), `=` where it gives none, `~` for a range.
    """

    kind: FactKind
    value: str
    unit: str
    comparator: Comparator
    span: Span


def extract_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts of `text` in reading order, spans in code points of `text`."""
    folded = fold_aligned(text)
    facts: list[Fact] = []
    taken: list[Span] = []
    for read in (_documents, _dates, _frequencies, _ratios, _percents, _ranges, _counts):
        for fact in read(folded):
            if not any(fact.span.start < t.end and t.start < fact.span.end for t in taken):
                facts.append(fact)
                taken.append(fact.span)
    return tuple(sorted(facts, key=lambda f: f.span))


def own_facts(text: str, number: str | None, date: str | None) -> tuple[Fact, ...]:
    """Return where front matter or closing states the document's own number, date (YYYY-MM-DD), openness and copies."""
    folded = fold_aligned(text)
    out = [Fact("openness", m.group(), "", "=", _span(m)) for m in _OPENNESS.finditer(folded)]
    out += [Fact("copies", m.group(), "", "=", _span(m)) for m in _COPIES.finditer(folded)]
    if number:
        needle = fold_aligned(number)
        out += [Fact("own_number", number, "", "=", _span(m)) for m in re.finditer(re.escape(needle), folded)]
    out += [Fact("own_date", f.value, "", "=", f.span) for f in _dates(folded) if date and f.value == date]
    return tuple(sorted(out, key=lambda f: f.span))


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _comparator(match: re.Match[str]) -> Comparator:
    groups = match.groupdict()
    before, after = groups.get("before") or "", groups.get("after") or ""
    if after in ("以上",) or re.fullmatch(_AT_LEAST, before):
        return ">="
    if after in ("以下", "以内") or re.fullmatch(_AT_MOST, before):
        return "<="
    if before in ("超过", "大于", "高于"):
        return ">"
    if before in ("低于", "少于", "小于"):
        return "<"
    return "~" if before == "约" or after == "左右" else "="


def _digits(text: str) -> str:
    value = parse_numeral(text)
    return text if value is None else str(value)


def _documents(text: str) -> list[Fact]:
    return [Fact("document", m.group(), "", "=", _span(m)) for m in _DOCUMENT.finditer(text)]


def _dates(text: str) -> list[Fact]:
    out = []
    for m in _DATE.finditer(text):
        year = "".join(_digits(c) if c not in "○" else "0" for c in m["year"]) if not m["year"].isdigit() else m["year"]
        parts = [year] + [f"{int(m[g]):02d}" for g in ("month", "day") if m[g]]
        bound: Comparator = "<=" if m["end"] in ("底前", "年底前", "前") or m["until"] else "="
        out.append(Fact("date", "-".join(parts), "", bound, _span(m)))
    return out


def _frequencies(text: str) -> list[Fact]:
    out = []
    for m in _FREQUENCY.finditer(text):
        period = _EVERY.match(m.group())
        every = period.group() if period else ""
        bound: Comparator = ">=" if re.search(_AT_LEAST, m.group()) else _comparator(m)
        out.append(Fact("frequency", _digits(m["a"]), f"{m['unit']}/{every[1:]}", bound, _span(m)))
    return out


def _ratios(text: str) -> list[Fact]:
    return [Fact("ratio", f"{int(m['a'])}:{int(m['b'])}", "", _comparator(m), _span(m)) for m in _RATIO.finditer(text)]


def _percents(text: str) -> list[Fact]:
    return [
        Fact("percent", m["a"] or _digits(m["han"]), "%", _comparator(m), _span(m)) for m in _PERCENT.finditer(text)
    ]


def _ranges(text: str) -> list[Fact]:
    out = []
    for m in _RANGE.finditer(text):
        kind: FactKind = "duration" if re.fullmatch(_LASTING, m["unit"]) else "count"
        out.append(Fact(kind, f"{_digits(m['a'])}~{_digits(m['b'])}", m["unit"], "~", _span(m)))
    return out


def _counts(text: str) -> list[Fact]:
    out = []
    for m in _COUNT.finditer(text):
        core = re.sub(r"\s", "", m["a"] + m["unit"])
        if m["ordinal"] or core in _NOT_A_COUNT and not m["before"]:
            continue
        kind: FactKind = "duration" if re.fullmatch(_LASTING, m["unit"]) else "count"
        out.append(Fact(kind, _digits(m["a"]), m["unit"], _comparator(m), _span(m)))
    return out
