"""What a number counts, where the words stand beside it: 总督学1人, 9个教育督导责任区, 专职督学占比不低于20%."""

from __future__ import annotations

import re

from corpus.fact_numbers import find_amounts
from corpus.types import Fact, Span

_RUN = r"[^,。;:、\n()〔〕《》“”\"!?]"
_AHEAD = re.compile(rf"{_RUN}*")
_BEHIND = re.compile(rf"{_RUN}+$")
_LONGEST = 40

_BEFORE_ITS_NOUN = frozenset("个名位所项条家类种套台间件份篇批门户组")
_TIMES = frozenset("次轮遍场")
_SPELLS = re.compile(r"(?:时间|时长|期限?|年限|工龄|教龄|经历)$")
# a noun that follows its number ends before a verb, a particle or a joining word
_NOUN_ENDS = re.compile(
    r"的|中(?![小学职心])|内(?![部容])|及|和|与|或|并|以|由|后(?![勤备])|等(?![次级])|负责|开展|进行|实施|组织|制定|建立|完善|配备|担任|组成|"
    r"参加|参与|纳入|先行|提交|报送|全部|实现|达到|试点|完成|接受|考核"
)
# a noun that its number follows begins after the verb or the preposition that governs it
_NOUN_BEGINS = re.compile(
    r".*(?:设[立置有]?(?![施备计])|配[备齐]|聘[任用请]|选聘|共有?|有(?!关)|从|为|由|在(?![校职编籍读])|其中|对|将|按照?|实行|实施|开展|要求|确保)"
)
# what may stand between a noun and its number
_LINKS = re.compile(
    r"(?:原则上|一般|总体|应当?|须|[需要可]|按照?|占比?|比[例重]|之比|总数|数量|[控稳保][制定持]在|[为是在不也均各]|累计|总计|合计|一律)+$"
)
_VERB = re.compile(r"(?:适时|定期)?(?:组织实施|组织开展|组织|开展|实施|召开|进行|举办|安排|参加|接受|完成)")
_WITH = re.compile(r".*[与同](?P<noun>[^与同]+)$")


def subject_of(folded: str, fact: Fact) -> Span | None:
    """Return where the words stand that say what the number of `fact` counts, None where none stand beside it."""
    start, end = fact.span.start, fact.span.end
    if fact.kind == "ratio":
        return _taken_with(folded, start) or _behind(folded, start)
    if fact.kind == "frequency":
        return _of_frequency(folded, fact)
    if fact.kind == "duration":
        found = _behind(folded, start)
        return found if found and _SPELLS.search(found.of(folded)) else None
    if fact.kind == "count" and fact.unit in _BEFORE_ITS_NOUN and (ahead := _ahead(folded, end)):
        return ahead
    return _behind(folded, start) if fact.kind in ("count", "percent") else None


def _of_frequency(folded: str, fact: Fact) -> Span | None:
    start, end = fact.span.start, fact.span.end
    if not fact.value:
        verb = _VERB.match(folded, end)
        return _kept(folded, verb.end(), _run_end(folded, verb.end())) if verb else None
    if fact.unit in _TIMES and (ahead := _kept(folded, end, _run_end(folded, end))):
        return ahead
    return _within(folded, fact) or _behind(folded, start)


def _within(folded: str, fact: Fact) -> Span | None:
    """The noun between period and amount: 每年培训不少于40学时."""
    period_end = fact.span.start + 1 + len(fact.period)
    amounts = [a for a in find_amounts(folded, period_end, fact.span.end) if a.span.end == fact.span.end]
    if not amounts:
        return None
    words = folded[period_end : amounts[0].span.start]
    links = _LINKS.search(words)
    end = period_end + (links.start() if links else len(words))
    verb = _VERB.match(folded, period_end, end)
    return _kept(folded, verb.end() if verb else period_end, end)


def _ahead(folded: str, start: int) -> Span | None:
    end = _run_end(folded, start)
    stop = _NOUN_ENDS.search(folded, start, end)
    return _kept(folded, start, stop.start() if stop else end)


def _behind(folded: str, end: int) -> Span | None:
    line = folded[max(0, end - _LONGEST) : end]
    links = _LINKS.search(line)
    if links:
        end -= len(line) - links.start()
        line = line[: links.start()]
    run = _BEHIND.search(line)
    if run is None:
        return None
    verb = _NOUN_BEGINS.match(line, run.start())
    return _kept(folded, end - len(line) + (verb.end() if verb else run.start()), end)


def _taken_with(folded: str, end: int) -> Span | None:
    """The quantity that a ratio is taken to: 学校数 in 按与学校数1:5."""
    run = _BEHIND.search(folded[max(0, end - _LONGEST) : end])
    match = _WITH.match(run.group()) if run else None
    if match is None or _LINKS.search(match["noun"]):
        return None
    return _kept(folded, end - len(match["noun"]), end)


def _run_end(folded: str, start: int) -> int:
    run = _AHEAD.match(folded, start)
    return run.end() if run else start


def _kept(folded: str, start: int, end: int) -> Span | None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return Span(start, end) if end - start >= 2 else None
