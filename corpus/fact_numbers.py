"""Numbers that a text states with what they count in and the bound it gives: 不低于20%, 1:5, 9个, 不超过5年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.types import Comparator, Fact, FactKind, Span

SPACE = r"[^\S\n]{0,2}"
NUMBER = rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:\.\d{{1,4}})?|[{NUMERAL_CHARS}]{{1,7}}|半)"
DASH = rf"{SPACE}(?:~|-|—{{1,2}}|–|至|到){SPACE}"

_VERB = rf"(?:(?![{NUMERAL_CHARS}每半])[\u4e00-\u9fff]){{0,6}}?"
_BEFORE: dict[Comparator, str] = {
    # an adverb bounds the number after its verb: 至少召开1次
    ">=": rf"不(?:得|能|应|可)?(?:少于|低于|小于|短于)|(?:至少|最少){_VERB}|最低|达到|(?<![传表下到])达|(?<![不未])满",
    "<=": rf"不(?:得|能|应|可)?(?:超过|超出|高于|多于|大于|长于)|(?:至多|最多){_VERB}|最高|最长",
    ">": r"(?<![不得能应可])(?:超过|超出|大于|高于|多于)",
    "<": r"(?<![不得能应可])(?:低于|少于|小于)|不足|不到|[不未]满",
    "~": r"大?约为?",
}
_AFTER: dict[Comparator, str] = {
    ">=": r"(?:\(含[^()]{0,4}\))?及?以上",
    "<=": r"(?:\(含[^()]{0,4}\))?(?:及?以下|以内|之内|内(?![设部外容涵]))",
    "~": r"左右|上下",
}
_BOUND = rf"(?:(?P<before>{'|'.join(_BEFORE.values())}){SPACE})?"
# a share of something may be bounded ahead of what it is taken of: 不超过总数的40%
_BOUND_OF = rf"(?:(?P<before>{'|'.join(_BEFORE.values())}){SPACE}(?:[\u4e00-\u9fff]{{1,12}}的{SPACE})?)?"
_BOUND_AFTER = rf"(?P<after>{'|'.join(_AFTER.values())})?"

# a unit is followed by what would make it another word: 人 in 人员, 项 in 项目
_LASTING = (
    r"个?学年|个?学期|个季度|个月|个?工作日|年(?![级度终底末初代龄轻均制]|行动|规划|计划|攻坚|义务教育|一贯)|周(?![期年岁边围密])|"
    r"日(?![常均报])|天(?!然)|个?小时|分钟"
)
_COUNTED = (
    r"个?(?:学时|课时|学分|百分点)|节课|人次|万人|[万亿]元|周岁|平方米|公里|人(?![员民才事口生力大物类群士数均社工])|"
    r"名(?![称单额义册优])|位(?![置于])|个(?![体性别])|所(?![有属需在以谓辖])|项(?!目(?!标))|条(?![件例款约])|"
    r"家(?![长庭访园])|类(?!似)|种|份|篇|岁|米|亩|倍|门(?!户)|套|台|间(?![接隔])|件|部(?![门分署委])|册|批|轮|遍|次(?![要序日生])|"
    r"场|节(?![日约假])|户|组(?![织长])|支(?![持部付出撑])"
)
# these rank or name more often than they count, and do count beside a bound
_RANKING = r"届|期|级|分(?![之类级别工析为])|处(?![理罚分室科])|元(?![素旦])|本(?![级区科地])"
_DIGITS_COUNT = frozenset(("分", "处", "元", "本"))
ARTICLE_BREAKERS = frozenset("第统同唯专万之单任某另每逐进其何")

_QUANTITY = re.compile(
    rf"{_BOUND}(?<![\d.第〔:/])(?<!学前)(?!(?<=[a-z])\d)(?P<low>{NUMBER})(?:(?:年|个月|名|人|日|次)?{DASH}(?P<high>{NUMBER}))?(?P<more>[多余])?{SPACE}"
    rf"(?P<unit>{_LASTING}|{_COUNTED}|{_RANKING}){_BOUND_AFTER}"
)
_LASTS = re.compile(_LASTING)
_RATIO = re.compile(
    rf"{_BOUND}(?<![\d:.])(?P<a>\d{{1,4}}){SPACE}[:比]{SPACE}(?P<b>(?!0\d)\d{{1,4}})(?![\d:]|{DASH}\d+:){_BOUND_AFTER}"
)
_FRACTION = re.compile(rf"{_BOUND_OF}(?P<b>{NUMBER})分之(?P<a>{NUMBER}){_BOUND_AFTER}")
_PERCENT = re.compile(
    rf"{_BOUND_OF}(?<![\d.])(?P<low>\d+(?:\.\d+)?)(?:%?{DASH}(?P<high>\d+(?:\.\d+)?))?{SPACE}(?P<unit>[%‰]){_BOUND_AFTER}"
)
# 三成 is thirty in a hundred
_TENTHS = re.compile(
    rf"{_BOUND_OF}(?P<low>[一二三四五六七八九\d])成(?![立为员果长就本熟效功绩])(?P<half>半)?{_BOUND_AFTER}"
)
_CLOCK = re.compile(r"(?:[午晚早间日]|:\d\d\s?(?:至|到|-|~|—))\s?$")
_EACH = re.compile(r"各(?![级类自种地])[^,。;、\n]{0,8}$")
_TERM = re.compile(r"(?:[任聘]期|为期|期限|有效期|试用期)为?$")


def read_numbers(text: str) -> Iterator[Fact]:
    """Yield ratios, shares, counts and durations of folded `text`, none across another's span, not in order.

    A number that names or ranks (第三期, 一批, 两级) is not among them.
    """
    taken: set[int] = set()
    for read in (_fractions, _ratios, _percents, _quantities):
        for fact in read(text):
            places = range(fact.span.start, fact.span.end)
            if taken.isdisjoint(places):
                taken.update(places)
                yield fact


def find_amounts(text: str, start: int, end: int) -> Iterator[Fact]:
    """Yield counts and durations of folded `text` within [start, end), 一次 among them, for a frequency to take."""
    for match in _QUANTITY.finditer(text, start, end):
        fact = _amount(match)
        if fact and (match["low"] != "一" or match["unit"] in ("次", "轮", "遍", "场") or _stands_alone(match)):
            yield fact


def value_of(numeral: str) -> str | None:
    """Return a numeral's value in Arabic digits: `1,800` is 1800, `二十` is 20, `半` is 0.5; None where it is none."""
    if numeral == "半":
        return "0.5"
    plain = numeral.replace(",", "")
    if plain[:1].isdigit():
        return plain
    if set(numeral) <= set("百千"):  # 百年, 千名: many
        return None
    value = parse_numeral(numeral)
    return None if value is None else str(value)


def bound_of(match: re.Match[str]) -> Comparator:
    """Return the comparator of a match with the groups `before` and `after`."""
    for words, bounds in ((match["after"], _AFTER), (match["before"], _BEFORE)):
        for comparator, pattern in bounds.items():
            if words and re.fullmatch(pattern, words):
                return comparator
    return "="


def _fractions(text: str) -> Iterator[Fact]:
    for m in _FRACTION.finditer(text):
        a, b = value_of(m["a"]), value_of(m["b"]) or {"百": "100", "千": "1000"}.get(m["b"])
        if a is None or b is None:
            continue
        span = Span(m.start(), m.end())
        if b in ("100", "1000"):
            yield Fact("percent", a, "%" if b == "100" else "‰", bound_of(m), span)
        else:
            yield Fact("ratio", f"{a}/{b}", "", bound_of(m), span)
    for m in _TENTHS.finditer(text):
        tenths = value_of(m["low"])
        if tenths:
            yield Fact("percent", tenths + ("5" if m["half"] else "0"), "%", bound_of(m), Span(m.start(), m.end()))


def _ratios(text: str) -> Iterator[Fact]:
    for m in _RATIO.finditer(text):
        if not _CLOCK.search(text, max(0, m.start() - 6), m.start()):
            yield Fact("ratio", f"{int(m['a'])}:{int(m['b'])}", "", bound_of(m), Span(m.start(), m.end()))


def _percents(text: str) -> Iterator[Fact]:
    for m in _PERCENT.finditer(text):
        yield Fact("percent", m["low"], m["unit"], bound_of(m), Span(m.start(), m.end()), to=m["high"] or "")


def _quantities(text: str) -> Iterator[Fact]:
    for match in _QUANTITY.finditer(text):
        fact = _amount(match)
        if fact and _stands_alone(match):
            yield fact


def _amount(match: re.Match[str]) -> Fact | None:
    value = value_of(match["low"])
    upper = value_of(match["high"]) if match["high"] else ""
    if value is None or upper is None:
        return None
    unit = match["unit"]
    if unit not in ("个", "个月"):  # 月 alone is a month of the year
        unit = unit.removeprefix("个")
    kind: FactKind = "duration" if _LASTS.fullmatch(match["unit"]) else "count"
    comparator: Comparator = ">" if match["more"] else bound_of(match)
    return Fact(kind, value, unit, comparator, Span(match.start(), match.end()), to=upper)


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether an amount is a fact of its own and no article (一个), rank (十九届) or name."""
    bounded = bool(match["before"] or match["after"])
    unit, low = match["unit"], match["low"]
    if re.fullmatch(_RANKING, unit) and not bounded:
        return unit in _DIGITS_COUNT and low[0].isdigit()
    if low not in ("一", "半") or bounded or match["high"]:
        return True
    text, start = match.string, match.start("low")
    before = text[max(0, start - 10) : start]
    if before[-1:] in ARTICLE_BREAKERS or text[match.end() : match.end() + 1] == "一":
        return False
    if _LASTS.fullmatch(unit):
        return bool(_TERM.search(before))
    return low == "一" and (unit in ("名", "人") or bool(_EACH.search(before)))
