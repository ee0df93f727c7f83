"""Reading a question: script folded, slips put right, places, what it asks for, its topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.ask_kinds import ask_kinds, wanted_values
from app.follow import FollowUps
from app.places import NamedPlaces, PlaceFinder
from app.question import ParsedQuestion
from corpus.numerals import parse_numeral
from corpus.script import fold
from index.concepts import ConceptHit, Concepts
from index.search_text import SearchText
from index.spelling import Spelling

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{2,}")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?!\d)(?![号名人位所个元分])|"
    r"(二[〇○零0][一二三四五六七八九〇○零]{2})年|"
    r"(?<![\d休满过近了任足达])([12]\d)年(?:度|的|迎|工作|要)"
)
_MEASURE = re.compile(r"第([一二三四五六七八九十百\d]{1,5})(?:条|项|款)|[(]([一二三四五六七八九十]{1,4})[)]")
_PAST = re.compile(
    r"旧(?:文件|版|规定|办法|意见|方案|条例)|老(?:文件|规定|版)|原(?:文件|规定|办法|条例|来的规定)|(?:已|被)(?:废止|取代|失效)|"
    r"废止的|失效的|修订前|上一版|\b(?:old|former|repealed|superseded|previous)\b"
)
# Phrases that only make a sentence a question; they are left out of its topic.
_BOILERPLATE = re.compile(
    r"请问|想问一下|想问|问一下|麻烦|我想知道|想知道|帮我|查一下|告诉我|一下|是多少|有多少|多少|什么时候|什么样|什么|哪一年|哪年|"
    r"为何|(?<![任如缘])[由以]?何(?:人|部门|单位|机构|方式|种|时|处)|哪些|哪个|哪几[项个种类条]|哪几|哪里|哪儿|哪|"
    r"怎么样|怎么办|怎么|如何|怎样|谁|是不是|是否|有没有|要不要|能不能|会不会|可不可以|对不对|"
    r"吗|呢|啊|呀|吧|么|的话|到底|究竟|具体|分别|规定|有关|关于|文件里|文件|这份|这个|那个|那份|本身|应该|应当|必须|需要|"
    r"可以|可能|我们|你们|他们|咱们|那边|这边|几"
)
# what is said around an English question and asks for nothing
_ENGLISH_FRAME = re.compile(
    r"\b(?:a )?quick (?:one|question)\b"
    r"(?:(?!\b(?:who|what|when|where|which|how|why|is|are|do|does|can|must|may|should)\b)[^:,?.])*[:,.]?|"
    r"\bwhat do(?:es)? (?:the|these|those|all|our|your) (?:\w+ )?(?:documents?|texts?|polic(?:y|ies)|papers?|files?) "
    r"(?:say|state|provide)(?: (?:about|on) (?:it|this|that))?\s*(?:[?.]|$)|"
    r"\b(?:thank you|thanks|please (?:tell me|advise|explain))\b[.!,]?|"
    r"\b(?:i would|i'd) like to know\b|\bcould you tell me\b"
)
_ENGLISH_STOP = frozenset(
    """a an the of in on at to for from by with and or is are was were be been being do does did what which who whom
    whose when where how many much often long must should can could may might will would shall it its this that
    these those there their they them he she his her i we you your our as if about into than then there any each
    every per one under body bodies happen happens happened name named whether document documents work hold holds
    conduct conducts number kind kinds mean means meant involve involves need needs come comes used use using cover
    covers aim aims differ differs compare located just became become year years day days run runs carry carries
    carried plan plans planned year's ask asks asked still ever against due hold reach have has had not no also get
    got please tell me does between during within out up down over more most least first same so such only other
    another some all both make made take taken set""".split()
)


class QuestionParser:
    """Reads questions with the glossary and the places of the corpus."""

    def __init__(
        self,
        search_text: SearchText,
        spelling: Spelling,
        of_places: Spelling,
        concepts: Concepts,
        places: PlaceFinder,
        follow_ups: FollowUps,
    ) -> None:
        self._search_text = search_text
        self._spelling = spelling
        self._of_places = of_places
        self._concepts = concepts
        self._places = places
        self._follow_ups = follow_ups

    def parse(self, question: str, history: Sequence[str] = ()) -> ParsedQuestion:
        """Return the question as understood after `history`, the earlier questions, oldest first."""
        parsed = self._parse_one(question)
        previous: ParsedQuestion | None = None
        for earlier in history:
            one = self._parse_one(earlier)
            previous = self._follow_ups.follow(one, previous) if previous else one
        return self._follow_ups.follow(parsed, previous) if previous else parsed

    def _parse_one(self, question: str) -> ParsedQuestion:
        lowered = question.lower()
        english = len(_HAN.findall(lowered)) * 3 < len(_LATIN.findall(lowered)) * 2
        typed = " ".join(lowered.split()) if english else self._search_text(question)
        places = self._places.find(typed, english)
        text = typed if english else self._spelling.correct(typed, places.spans)
        if text != typed:
            places = self._places.find(text)
        if not english and not places.spans:  # 杭洲的督学: a place stands first where it is slipped over
            guess = self._of_places.correct(text[:2]) + text[2:]
            if guess != text and (found := self._places.find(guess)).spans:
                text, places = guess, found
        placeless = _without_places(text, places)
        if english:
            placeless = _ENGLISH_FRAME.sub(lambda m: " " * len(m.group()), placeless)
        topic = placeless if english else " ".join(_BOILERPLATE.sub(" ", placeless).split())
        concepts = self._concepts.in_english(topic) if english else self._concepts.in_question(placeless)
        if english:  # 总督学 in brackets inside an English sentence
            concepts = [*concepts, *self._concepts.in_question(self._search_text(" ".join(_HAN.findall(lowered))))]
        kinds = ask_kinds(typed)
        return ParsedQuestion(
            raw=question,
            text=text,
            english=english,
            traditional=not english and _is_traditional(question),
            documents=places.documents,
            scope=(),
            uncovered=places.uncovered,
            loose=places.loose,
            years=_years(text),
            kinds=kinds,
            wants=wanted_values(typed, kinds) or (wanted_values(text, ask_kinds(text)) if text != typed else ()),
            topic=topic,
            concepts=tuple(concepts),
            numbers=() if english else _numbers(text),
            unknown=_unknown_words(topic, concepts) if english else (),
            terms=self._terms(concepts, placeless),
            core=_strip_end(self._places.with_slot(question) if english else self._places.stripped(question)),
            asked=_strip_end(" ".join(placeless.split())),
            past=bool(_PAST.search(text)),
        )

    def _terms(self, concepts: Sequence[ConceptHit], text: str) -> tuple[str, ...]:
        """The terms of concepts that the question names in other words than the field's own."""
        official = self._concepts.official
        said = [h for h in concepts if h.weight == 1.0 and not any(form in text for form in official[h.concept])]
        return tuple(official[h.concept][0] for h in said)


def _is_traditional(text: str) -> bool:
    folded = fold(text)
    return sum(a != b for a, b in zip("".join(text.split()).lower(), folded, strict=False) if _HAN.match(a)) >= 1


def _without_places(text: str, places: NamedPlaces) -> str:
    """The text with the names of places blanked out."""
    chars = list(text)
    for start, end in places.spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _unknown_words(topic: str, concepts: Sequence[ConceptHit]) -> tuple[str, ...]:
    covered = [(h.start, h.end) for h in concepts]
    return tuple(
        m.group()
        for m in re.finditer(r"[a-z][a-z'-]{2,}", topic)
        if m.group() not in _ENGLISH_STOP and not any(a <= m.start() < b for a, b in covered)
    )


def _years(text: str) -> tuple[int, ...]:
    out = []
    for full, han, short in _YEAR.findall(text):
        if full:
            out.append(int(full))
        elif han:
            value = parse_numeral(han.replace("○", "零"))
            out += [value] if value else []
        elif short:
            out.append(2000 + int(short))
    return tuple(dict.fromkeys(out))


def _numbers(text: str) -> tuple[int, ...]:
    values = [parse_numeral(a or b) for a, b in _MEASURE.findall(text)]
    return tuple(v for v in values if v)


def _strip_end(text: str) -> str:
    return text.rstrip("？?。 ")
