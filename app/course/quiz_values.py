"""Values that a question asks for: numbers, periods and deadlines, each with what could be taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.course.quiz_text import Cloze, cloze
from app.course.quiz_truth import Truth, plain
from app.course.quiz_types import About
from corpus.numerals import format_numeral, parse_numeral
from corpus.script import fold_aligned
from corpus.types import Fact, Measure, Span

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?::\d+)?(?:~\d+)?|[一二三四五六七八九十两]+")
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百]*$")  # the rest of 第七十条 counts nothing
_NUMBER_KINDS = ("ratio", "percent", "count", "duration", "frequency")
# Periods that could be taken for one another, the likest first.
_PERIODS = {
    "年": ("半年", "两年", "三年", "学期"),
    "学年": ("学期", "两年", "三年", "月"),
    "学期": ("月", "学年", "季度", "两年"),
    "季度": ("月", "半年", "学期", "年"),
    "月": ("周", "季度", "学期", "半年"),
    "周": ("月", "两周", "季度", "学期"),
    "任期": ("学年", "学期", "聘期", "年度"),
}
# 每任期 and 一个年 are no Chinese, and would give the key away.
_PERIOD_FITS = re.compile(r"每(?!任期).+|[^每](?!年$).+")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|底|初)?")
_CONTEXT_MIN = 10  # letters that a question shows around what it asks for
_COMES_FROM = {"place": 1.0, "measure": 0.8, "topic": 0.6, "elsewhere": 0.4}


@dataclass(frozen=True, slots=True)
class Rival:
    """A value that could be taken for the asked one and is not true of the document asked.

    source: id of the measure that states it, empty where it only lies near the key. near: 0 to 1.
    """

    words: str
    source: str
    near: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a measure states, with the stretch of text around it and its rivals, the nearest first.

    accepted: wordings of the value that a blank takes, the printed one first.
    sure: whether rivals may be shown as false in a sentence of their own.
    """

    id: str
    about: About
    measure: Measure
    fact: Fact
    stretch: Cloze
    accepted: tuple[str, ...]
    rivals: tuple[Rival, ...]


def claims_of(truth: Truth, measure: Measure) -> Iterator[Claim]:
    """Yield what a measure states as a value and a question can ask for, in reading order."""
    if measure.kind in ("front", "closing", "attachment"):
        return
    facts = [f for f in truth.facts[measure.id] if f.kind in (*_NUMBER_KINDS, "date")]
    for fact in facts:
        asked = _asked(measure, fact)
        if asked is None:
            continue
        about, span = asked
        stretch = cloze(measure, span, [f.span for f in facts if f is not fact])
        if stretch is None or len(stretch.before) + len(stretch.after) < _CONTEXT_MIN or _counted_out(stretch):
            continue
        rivals = tuple(_rivals(truth, measure, fact, about, stretch))
        counted = plain(fact.of.of(measure.text)) if fact.of else str(span.start)
        yield Claim(
            f"{measure.id}:{about}:{counted}:{plain(stretch.asked)}",
            about,
            measure,
            fact,
            stretch,
            _accepted(stretch.asked),
            rivals,
        )


def _asked(measure: Measure, fact: Fact) -> tuple[About, Span] | None:
    """What is asked of a fact, and the words that are left blank: its number, or its period where the number is 1."""
    text = fold_aligned(measure.text)
    if fact.kind == "date":
        found = _DATE.search(text, fact.span.start, fact.span.end)
        stands = found and fact.precision in ("year", "month", "day", "year end")
        return ("deadline", Span(found.start(), found.end())) if found and stands else None
    if fact.kind == "frequency" and fact.value in ("", "1"):
        at = text.find(fact.period, fact.span.start, fact.span.end) if fact.period in _PERIODS else -1
        return ("period", Span(at, at + len(fact.period))) if at >= 0 else None
    if fact.kind not in _NUMBER_KINDS:
        return None
    for match in _NUMBER.finditer(text, fact.span.start, fact.span.end):
        if _ORDINAL.search(text, 0, match.start()):
            continue
        if _value(match[0]) == (f"{fact.value}~{fact.to}" if fact.to else fact.value):
            return "value", Span(match.start(), match.end())
    return None


def _counted_out(stretch: Cloze) -> bool:
    """Whether the stretch lists what the number counts, so that it need only be counted: A、B、C等3个."""
    listed = stretch.before.rpartition("，")[2].count("、") + 1
    return listed > 2 and _value(stretch.asked) == str(listed)


def _value(words: str) -> str:
    """A number as a fact holds it."""
    number = parse_numeral(words)
    return words if number is None else str(number)


def _accepted(words: str) -> tuple[str, ...]:
    """The wordings of a value that a blank takes."""
    forms = [words, fold_aligned(words)]
    folded = forms[1]
    if ":" in folded:
        forms += [folded.replace(":", "："), folded.replace(":", "∶"), folded.replace(":", "比")]
    number = parse_numeral(folded)
    if number is not None and 0 < number < 100:
        forms += [str(number), format_numeral(number)]
    if "~" in folded:
        forms += [folded.replace("~", sign) for sign in "-—～至到"]
    if folded.endswith("年") and folded[:-1].isdigit():
        forms.append(folded[:-1])
    return tuple(dict.fromkeys(forms))


def _rivals(truth: Truth, measure: Measure, fact: Fact, about: About, stretch: Cloze) -> list[Rival]:
    """Values of other measures, the nearest first, then values that lie near; none that could be right or is shown."""
    found: dict[str, Rival] = {}
    shown = plain(stretch.before) + "\x00" + plain(stretch.after)
    for words, value, source, near in (
        *_stated(truth, measure, fact, about, stretch),
        *_beside(about, fact, stretch.asked),
    ):
        key = plain(words)
        if (
            (key in found and (found[key].near >= near or not source))
            or _meets(key, plain(stretch.asked))
            or _is_shown(key, shown)
        ):
            continue
        fits = about != "period" or _PERIOD_FITS.fullmatch(stretch.before[-1:] + words)
        if fits and not truth.could_hold(measure, fact, stretch, words, value):
            found[key] = Rival(words, source, near)
    return sorted(found.values(), key=lambda r: (not r.source, -r.near, r.words))


def _meets(a: str, b: str) -> bool:
    """Whether two wordings are one value, or one lies within the other, as 2022年 and 2022年4月 do."""
    same_year = a[:1].isdigit() and b[:1].isdigit() and "年" in a and "年" in b and (a in b or b in a)
    return _value(a) == _value(b) or same_year or {a, b} == {"年", "学年"}


def _is_shown(key: str, shown: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(key)}(?!\d)", shown) is not None and not key.isalpha()


def _stated(
    truth: Truth, measure: Measure, fact: Fact, about: About, stretch: Cloze
) -> Iterator[tuple[str, str, str, float]]:
    """What other measures state of the same kind: words, value, measure and nearness."""
    for other in truth.corpus.measures.values():
        if other.kind in ("front", "closing"):
            continue
        for found in truth.facts[other.id]:
            asked = _asked(other, found) if found is not fact and _alike(fact, found, about) else None
            if asked and asked[0] == about:
                words = _in_form(stretch.asked, fold_aligned(asked[1].of(other.text)).replace(":", "∶"))
                value = found.period if about == "period" else found.value
                yield words, value, other.id, _nearness(measure, fact, other, found)


def _alike(fact: Fact, found: Fact, about: About) -> bool:
    if found.kind != fact.kind:
        return False
    if about == "deadline":
        return found.precision == fact.precision and -1 <= int(found.value[:4]) - int(fact.value[:4]) <= 4
    if about == "value" and fact.value.isdigit() and found.value.isdigit():
        if not 1 / 5 < int(found.value) / max(int(fact.value), 1) < 5:
            return False
    return about == "period" or (found.unit == fact.unit and bool(found.to) == bool(fact.to))


def _nearness(measure: Measure, fact: Fact, other: Measure, found: Fact) -> float:
    if measure.id == other.id:
        return _COMES_FROM["measure"]
    if fact.of and found.of:
        a, b = plain(fact.of.of(measure.text)), plain(found.of.of(other.text))
        if a in b or b in a:
            return _COMES_FROM["place"]
    return _COMES_FROM["topic" if measure.heading[-2:] == other.heading[-2:] else "elsewhere"]


def _beside(about: About, fact: Fact, words: str) -> Iterator[tuple[str, str, str, float]]:
    """Values that nobody states and that lie near the key, for where other measures state too few."""
    for made in _neighbours(about, fact, words):
        yield made, _value(made.replace("∶", ":")), "", 0.5


def _neighbours(about: About, fact: Fact, words: str) -> Iterable[str]:
    if about == "period":
        return _PERIODS.get(words, ())
    if about == "deadline":
        year = int(fact.value[:4])
        tail = fold_aligned(words)[4:]
        return [f"{year + step}{tail}" for step in (-1, 1, 2, 3)]
    if fact.kind == "ratio":
        left, right = fact.value.split(":")
        steps = (-5, -2, 2, 5, 10) if int(right) > 7 else (-2, -1, 1, 2, 3, 5)
        return [f"{left}∶{int(right) + n}" for n in steps if int(right) + n > 0]
    if fact.to:
        low, high = int(fact.value), int(fact.to)
        return [f"{low + step}~{high + step}" for step in (-2, -1, 1, 2) if low + step > 0]
    if not fact.value.isdigit():
        return ()
    step = 5 if fact.kind == "percent" else 0
    return [_like(words, n) for n in _around(int(fact.value), step)]


def _around(number: int, step: int = 0) -> list[int]:
    """Numbers near `number`, as round as it is."""
    if step:
        return [n for n in (number - 2 * step, number - step, number + step, number + 2 * step) if n > 0]
    if number <= 12:
        return [n for n in (number - 2, number - 1, number + 1, number + 2, number + 3) if n > 0]
    unit = 10 ** (len(str(number)) - (1 if number < 100 else 2))
    near = (round(number * f / unit) * unit for f in (0.5, 0.75, 1.25, 1.5))
    return [n for n in dict.fromkeys(near) if n not in (0, number)]


def _like(words: str, number: int) -> str:
    """`number` in the numerals of `words`."""
    return str(number) if words[:1].isdigit() else format_numeral(number)


def _in_form(words: str, found: str) -> str:
    """`found` in the numerals of `words`, where it is a whole number."""
    number = parse_numeral(found)
    return found if number is None else _like(words, number)
