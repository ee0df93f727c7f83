"""What a question takes for granted: a value, a post's holder, an office's seat, that something was done away with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.agents import agents_in
from app.ask_kinds import ENGLISH_UNITS
from app.cut import clause_spans
from app.question import ParsedQuestion
from corpus.facts import Fact, extract_facts
from corpus.types import Span

GrantedKind = Literal["value", "post", "seat", "gone"]

_MEASURED = frozenset({"ratio", "percent", "count", "frequency", "duration"})
_ASKED = re.compile(r"[谁哪啥何]|什么|多少|多[长久]|是否|那[个里]")
_WHO_HOLDS = re.compile(r"谁|哪|何人|什么(?:人|职务|领导)")  # in the clause of the post itself
_POST = re.compile(r"担任|兼任|出任|任")
_AROUND = re.compile(r"^(?:请问|为什么|为何|凭什么|怎么|规定|让|由)+|(?:本人|亲自|直接|来)+$")
_SEAT = re.compile(
    r"(?:设(?:立|置)?|放|挂)在(?P<seat>[^,。;:?的是怎]{2,16}?)(?=[,。;?]|的|是|怎|有|出于|理由|合|为|后|$)"
)
_GONE = (
    r"取消|撤[销掉]|废[除止]|停[办止掉用]|不再|免[除于去]|豁免|一律不|不对外|不公[布开]|(?<!归)不归|(?<!用)不用|"
    r"不必|无需|(?<!需)不需要|禁止|不(?:允许|准许?|许|让)(?<!让不让)(?<!准不准)"
)
_HALF = re.compile(r"一半|半数")
_REASON = r"为什么|为何|凭什么|怎么会|既然|自从|理由|原因|原来"
_WITHIN = "[^,。?]{0,40}"  # of one clause; bounded, since what is asked may be 2,000 characters long
_TAKEN_AS_GONE = re.compile(
    rf"(?:{_REASON})[^。?]*?(?P<gone>{_GONE})|"
    rf"(?P<then>{_GONE}){_WITHIN}?(?:以后|之后|后(?=[,改由怎])|了,)|"
    rf"(?P<past>{_GONE})了{_WITHIN},(?:改|那|又|现在|今后|谁|怎|由)|"
    rf"(?P<why>{_GONE})[^。?]*(?:{_REASON})|"
    rf"(?:规定|一律){_WITHIN}?(?P<ruled>{_GONE}|不得|保密){_WITHIN},"
)
_ENGLISH_GONE = (
    r"abolish\w*|exempt\w*|opt(?:s|ed)? out|no longer|scrapp?(?:ed|s|ing)?|cancell?(?:ed|s|ing)?|exclud\w+|forbid\w*|"
    r"forbade|bann?(?:ed|s)?|prohibit\w*|dispens\w+ with|do(?:es|ne)? away with|not (?:need|required|subject)"
)
_ENGLISH_TAKEN_AS_GONE = re.compile(
    rf"\b(?:why|since|now that|after|given that|what (?:is the )?reason)\b.*?\b(?P<gone>{_ENGLISH_GONE})\b"
)
# what a clause says such things with
DONE_AWAY = re.compile(
    r"取消|撤[销并]|废[除止]|停[办止]|不再|免[除予去]|吊销|注销|不得|不许|禁止|严禁|除外|退出|解聘|不纳入|不参加|不公开"
)
_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve".split()
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
_NUMBER_WORDS = {word: str(n) for n, word in enumerate(_TO_TWELVE, start=1)} | {
    word: str(10 * n) for n, word in enumerate(_TENS, start=1)
}
_ENGLISH_VALUE = re.compile(
    rf"\b(?P<number>\d{{1,3}}|{'|'.join(word for word in _NUMBER_WORDS if word != 'one')})[ -]"
    r"(?:(?!(?:of|in|the|an?|per|for|and|to|how|many|which|is|are|covers?|schools?|times?)\b)[a-z-]+ ){0,2}?"
    r"(?P<unit>hours?|zones|districts|areas|aspects|years?)\b"
)
_OWN_CASE = re.compile(r"\bi\b|\bmy\b|\bwe\b|\bago\b")  # whose years are no rule's
_UNITS = ENGLISH_UNITS | dict.fromkeys(("districts", "areas", "aspects"), "个")


@dataclass(frozen=True, slots=True)
class Granted:
    """One thing taken for granted. said: its words, at `span` of `question.asked`; fact: its value, where it is one."""

    kind: GrantedKind
    said: str
    span: Span
    fact: Fact | None = None


def granted_in(question: ParsedQuestion) -> Iterator[Granted]:
    """Yield what the question takes for granted, values first."""
    for fact in _values(question):
        yield Granted("value", fact.span.of(question.asked), fact.span, fact)
    if not question.english and "yes_no" not in question.kinds:
        yield from _holders(question.asked)
    if "yes_no" in question.kinds:
        return
    for match in _SEAT.finditer(question.asked):
        if not _ASKED.search(match["seat"]):
            yield Granted("seat", match["seat"].replace(" ", ""), Span(*match.span("seat")))
    gone = (_ENGLISH_TAKEN_AS_GONE if question.english else _TAKEN_AS_GONE).search(question.asked)
    if gone:
        group = next(name for name, words in gone.groupdict().items() if words)
        yield Granted("gone", gone[group], Span(*gone.span(group)))


def seats_in(text: str) -> list[str]:
    """Return where folded text of a clause says that an office sits."""
    return [match["seat"] for match in _SEAT.finditer(text)]


def names_post(text: str) -> bool:
    """Whether folded text says who holds a post."""
    return bool(_POST.search(text))


def _values(question: ParsedQuestion) -> Iterator[Fact]:
    for fact in extract_facts(question.asked):
        if fact.kind in _MEASURED and not question.asked[: fact.span.start].endswith("哪"):  # 哪两个
            yield fact
    for match in _HALF.finditer(question.asked):
        yield Fact("percent", "50", "%", "=", Span(*match.span()))
    for match in _ENGLISH_VALUE.finditer(question.asked) if question.english else ():
        if match["unit"].startswith("year") and _OWN_CASE.search(question.asked):
            continue
        unit = _UNITS[match["unit"].removesuffix("s") + "s"]
        value = _NUMBER_WORDS.get(match["number"], match["number"])
        yield Fact("duration" if unit == "年" else "count", value, unit, "=", Span(*match.span()))


def _holders(asked: str) -> Iterator[Granted]:
    for span in agents_in(asked) if _POST.search(asked) else ():
        said = _AROUND.sub("", span.of(asked).replace(" ", ""))
        clause = next(c for c in clause_spans(asked) if c.start <= span.start < c.end)
        if (
            said
            and not _WHO_HOLDS.search(clause.of(asked))
            and not _ASKED.search(said)
            and _POST.match(asked, span.end)
        ):
            yield Granted("post", said, span)
            return
