"""What a question carries over from the ones before it: 那威海呢？, 专职的呢？, and what it is then read as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.phrases import in_traditional, place_name
from app.places import SLOT
from app.question import ParsedQuestion
from corpus.types import Metadata

_NEW_TOPIC = re.compile(r"另外(?!的)|换个|顺便问|再问(?:一个|个)|还想问|另一个问题|行了|好了[,，]")
_PLACELESS = re.compile(r"各地|哪(?:些|几个?|个)(?:地方|地区|省|市|县)|那些地方|各处|全部|所有地方|\bwhich places?\b")
_ANAPHORA = re.compile(
    r"这个|那个|这些|那些|它|他们|她们|这样|此|该|结果|之后|然后|\bit\b|\bthey\b|\bthat\b|\bthis\b|\bthem\b"
)
_FOLLOWS = re.compile(r"^(?:那|那么|然后|还有|和|跟|与|and\b|what about|how about)|呢[?？]?$|比呢|也是|一样吗")
_COMPARES = re.compile(r"比|不同|区别|差|对比|\bcompare|\bdiffer")
# what is said when an earlier question is put again for another place
_SAME_AGAIN = re.compile(
    r"[\W\d年比省市县区那和跟与也是的同]|这样|一样|如此|同样|这么|做法|情况|怎样|配|搞|办|说|定|有|没"
)
_ENGLISH_REGIONS = frozenset("zone county district city province region area there".split())
_YEAR_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT, _SHORT_ELSEWHERE = 12, 8


class FollowUps:
    """Fills questions from earlier ones; holds the documents' metadata by id, nothing of a question."""

    def __init__(self, documents: Mapping[str, Metadata]) -> None:
        self._documents = documents

    def follow(self, now: ParsedQuestion, before: ParsedQuestion) -> ParsedQuestion:
        """Fill what `now` leaves out from `before`; one in characters of both scripts is in the script of `before`."""
        if before.traditional and not now.english and in_traditional(now.raw) == now.raw:
            now = replace(now, traditional=True)
        if _NEW_TOPIC.search(now.text) or _PLACELESS.search(now.text):
            return now
        named = bool(now.documents or now.uncovered)
        bare = not now.concepts and len(_bare(now)) <= 2
        if named and bare or now.years and bare:
            return self._switch(now, before)
        elliptic = (
            not named
            and len(now.text) <= _SHORT
            or bool(_FOLLOWS.search(now.text))
            and len(now.text) <= (5 if now.english else 2) * _SHORT
            or bool(_ANAPHORA.search(now.text))
            and not named
            or named
            and _asks_alike(now, before)
        )
        documents = now.documents if named else before.documents
        if not elliptic:
            if named or not before.documents:
                return now
            return replace(
                now, documents=documents, loose=before.loose, understood=self._understood(now, documents, now.core)
            )
        wants = now.wants or (() if now.kinds else before.wants)
        kinds = now.kinds or before.kinds
        carried = replace(
            now,
            documents=documents,
            loose=now.loose if named else before.loose,
            uncovered=now.uncovered or (() if named else before.uncovered),
            years=now.years or before.years,
            kinds=kinds,
            wants=wants,
            context=before.topic if not before.context else f"{before.context} {before.topic}",
        )
        core = f"{before.core}{' — ' if now.english else '——'}{now.core.replace(SLOT, '').strip()}"
        return replace(carried, understood=self._understood(now, documents, core))

    def _switch(self, now: ParsedQuestion, before: ParsedQuestion) -> ParsedQuestion:
        """The earlier question for another place or year, or for both places where they are compared."""
        documents = now.documents
        if not documents and not now.uncovered:
            documents = before.documents
        elif _COMPARES.search(now.text):
            documents = tuple(dict.fromkeys((*before.documents, *now.documents)))
            if now.uncovered and not documents and not before.uncovered:  # with all that answered before
                documents = tuple(self._documents)
        switched = replace(
            before,
            raw=now.raw,
            traditional=now.traditional,
            english=before.english,
            documents=documents,
            loose=tuple(d for d in (*before.loose, *now.loose) if d in documents),
            uncovered=now.uncovered,
            years=now.years or before.years,
            topic=_YEAR_DIGITS.sub(str(now.years[0]), before.topic) if now.years else before.topic,
            asked=_YEAR_DIGITS.sub(str(now.years[0]), before.asked) if now.years else before.asked,
            core=_YEAR_DIGITS.sub(str(now.years[0]), before.core) if now.years else before.core,
            kinds=before.kinds | (now.kinds & {"compare"}),
        )
        year = now.years[0] if now.years else None
        return replace(switched, understood=self._understood(switched, documents, before.core, now.uncovered, year))

    def _understood(
        self,
        question: ParsedQuestion,
        documents: Sequence[str],
        core: str,
        uncovered: Sequence[str] = (),
        year: int | None = None,
    ) -> str:
        """What a follow-up is read as: 唐山市：督学任期几年, or How long do inspectors in Tangshan City serve."""
        metas = [self._documents[d] for d in documents]
        regions = [place_name(meta, question.traditional, question.english) for meta in metas]
        names = (" and " if question.english else "、").join([*uncovered, *regions])
        if year:
            names += f" ({year})" if question.english else f"{year}年"
        if SLOT in core and names:
            return core.replace(SLOT, names.strip(), 1).replace(SLOT, "")
        return f"{names.strip()}{': ' if question.english else '：'}{core}" if names else core


def _bare(parsed: ParsedQuestion) -> str:
    """What is left of a question without place, question words, years and marks."""
    if parsed.english:
        return "".join(word for word in parsed.unknown if word not in _ENGLISH_REGIONS)
    return _SAME_AGAIN.sub("", parsed.topic)


def _asks_alike(now: ParsedQuestion, before: ParsedQuestion) -> bool:
    """Whether a few words about another place ask for a like value: 唐山放宽到几年, 唐山也有个最低线吗."""
    if now.concepts or len(now.asked) > _SHORT_ELSEWHERE:
        return False
    alike = any(a.kinds & b.kinds for a in now.wants for b in before.wants)
    return alike or bool(before.wants) and now.asked.startswith("也有")
