"""Cross references: 按第五条, 依照本办法第十二条第二款, 前款, 本方案第（三）项, 见附件2, and what they lead to.

Forms follow the Technical Specifications for Legislation (Trial) of the NPC's Legislative Affairs Commission: articles,
paragraphs (款) and items (项) are named by number, neighbours as 前款 and 前条. A reference leads only to a unit that
bears the number in print, and only where the paragraph and the item that it names are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.labels import Labels, read_labels, scope_of
from corpus.markers import Level
from corpus.numerals import NUMERAL_CHARS, parse_numeral
from corpus.script import fold_aligned
from corpus.types import Heading, Measure, Metadata, PolicyDocument, Reference, Span

_N = rf"(?:[{NUMERAL_CHARS}]{{1,7}}|\d{{1,4}})"
_GENRE = "办法|条例|规定|方案|意见|细则|通知|措施|要点|规则|规程|章程|准则|制度|计划|决定|标准|法"
_OF = "(?:的|中|中的|之)?"
_NUMBER_FIRST = re.compile("第|[(〔]")
_OWN = rf"(?:(?P<own>本(?:{_GENRE})){_OF})?"
_INSIDE = rf"(?:第(?P<para>{_N})款)?(?:第?[(〔]?(?P<item>{_N})[)〕]?项(?!目))?"
_ARTICLE = re.compile(rf"{_OWN}第(?P<n>{_N})条(?:之(?P<sub>[一二三四五六七八九十]{{1,3}}))?(?![件例目]){_INSIDE}")
_BEFORE = re.compile(
    rf"(?<![之以目此当提先空])前(?P<many>[两二三])?(?P<what>条(?![件例款目])|款(?![项待])|项(?!目)){_INSIDE}"
)
_THIS = re.compile(rf"本(?P<what>条(?![件例款目])|款(?![项待])|章(?!程)|节|编(?!制)){_INSIDE}")
_BRACKETED = re.compile(
    rf"{_OWN}(?:第(?P<part>{_N})部分{_OF})?(?:第[(〔](?P<n>{_N})[)〕](?:条(?![件例])|款(?!待)|项(?!目))|[(〔](?P<bare>{_N})[)〕]项(?!目))"
)
_COUNTED = re.compile(rf"(?P<own>本(?:{_GENRE})){_OF}第(?P<n>{_N})(?P<what>项(?!目)|部分)")
_CHAPTER = re.compile(rf"{_OWN}第(?P<n>{_N})(?P<what>编|章(?!程)|节(?![课日目假点]))")
_ATTACHED = re.compile(rf"(?P<see>见|[(〔])?(?P<ref>附(?P<what>件|表|录)(?:\s?(?P<n>{_N}))?)(?P<close>[)〕])?")
_NAMED = re.compile(
    rf"(?:《(?P<title>[^《》]{{1,80}})》(?:[(〔](?:[^()〔〕]|〔\d{{4}}〕){{1,30}}[)〕])?|(?<!本)(?:{_GENRE})|附(?P<what>[件表录])\s?(?P<n>{_N})?)"
    rf"{_OF}$"
)
_SERIES = re.compile(r"(?:[、,]|[和及至或与]|以及|或者){1,2}$")
_LOOK_BACK = 120
_OWN_TEXT = ""
_LEVELS: dict[str, Level] = {"编": "book", "章": "chapter", "节": "division"}
_MANY = {None: 1, "两": 2, "二": 2, "三": 3}

Found = tuple[Span, tuple[str | None, ...]]


def resolve_references(meta: Metadata, measures: Sequence[Measure], parts: Sequence[Heading]) -> tuple[Measure, ...]:
    """Return the measures with their cross references; a place that names two units (前两条) gives two."""
    labels = read_labels(measures, parts)
    title = fold_aligned(meta.title or "")
    return tuple(replace(measure, references=_references(title, measure, labels)) for measure in measures)


def unit_behind(document: PolicyDocument, text: str, at: int) -> Reference | None:
    """Return the unit of `document` that folded `text` names from offset `at` on, right behind the document's name."""
    # a document that names itself is read in the same way: 本办法第五条
    own = "本办法"
    words = own + text[at : at + _LOOK_BACK]
    begun = _NUMBER_FIRST.search(words)
    for pattern in (_ARTICLE, _BRACKETED, _COUNTED, _CHAPTER):
        match = pattern.match(words)
        if match and begun:
            target = _target(match, document.measures[0], read_labels(document.measures, document.parts), None)
            span = Span(at + begun.start() - len(own), at + match.end() - len(own))
            return Reference(span, target) if target else None
    return None


def _references(title: str, measure: Measure, labels: Labels) -> tuple[Reference, ...]:
    text = fold_aligned(measure.text)
    found = [
        *_numbered(title, measure, text, labels),
        *_neighbours(measure, text, labels),
        *_this(measure, text, labels),
        *_attached(measure, text, labels),
    ]
    out: list[Reference] = []
    end = len(measure.label)
    for span, targets in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if span.start >= end:
            out += [Reference(span, target) for target in targets]
            end = span.end
    return tuple(out)


def _numbered(title: str, measure: Measure, text: str, labels: Labels) -> Iterator[Found]:
    """Units named by number; behind the name of a document or attachment, and on in a series, they are its own."""
    matches = sorted(
        (m for pattern in (_ARTICLE, _BRACKETED, _COUNTED, _CHAPTER) for m in pattern.finditer(text)),
        key=lambda m: (m.start(), -m.end()),
    )
    end = 0
    named: str | None = _OWN_TEXT
    for match in matches:
        if match.start() < max(end, len(measure.label)):
            continue
        between = text[end : match.start()] if match.start() - end <= 4 else ""
        if match["own"]:
            named = _OWN_TEXT
        elif not _SERIES.fullmatch(between):
            named = _named_before(text, match.start(), title, labels)
        target = _target(match, measure, labels, named or None) if named is not None else None
        end = match.end()
        if target or match.re is not _CHAPTER or match["what"] != "节":
            yield Span(match.start(), match.end()), (target,)


def _named_before(text: str, at: int, title: str, labels: Labels) -> str | None:
    """The document named right before offset `at`: empty for the text's own, an attachment's id, None for another."""
    match = _NAMED.search(text, max(0, at - _LOOK_BACK), at)
    if match is None or match["title"] is not None and match["title"] == title:
        return _OWN_TEXT
    return labels.attachments.get((match["what"], parse_numeral(match["n"] or ""))) if match["what"] else None


def _target(match: re.Match[str], measure: Measure, labels: Labels, under: str | None) -> str | None:
    if match.re is _ARTICLE:
        return _article(match, measure, labels, under)
    number = parse_numeral(match["n"] or match["bare"] if match.re is _BRACKETED else match["n"])
    if match.re is _CHAPTER:
        return labels.unit(measure, (_LEVELS[match["what"]],), number, 0, under)
    if match.re is _COUNTED:
        levels: tuple[Level, ...] = ("han",) if match["what"] == "部分" else ("digit", "paren")
        return labels.unit(measure, levels, number, 0, under)
    if match["part"]:
        under = labels.unit(measure, ("han",), parse_numeral(match["part"]), 0, under)
        return labels.unit(measure, ("paren",), number, 0, under) if under else None
    if not match["own"] and not under and number in labels.inside(measure.id).items:
        return measure.id
    return labels.unit(measure, ("paren",), number, 0, under)


def _article(match: re.Match[str], measure: Measure, labels: Labels, under: str | None) -> str | None:
    number, sub = parse_numeral(match["n"]), parse_numeral(match["sub"] or "") or 0
    target = labels.unit(measure, ("article",), number, sub, under)
    if target is None and match["own"] and scope_of(measure.id) not in labels.articles:
        target = labels.unit(measure, ("digit", "paren"), number)  # 本方案第十条 in a text that prints （十）
    return _checked(match, target, labels)


def _checked(match: re.Match[str], target: str | None, labels: Labels) -> str | None:
    """Return `target` where the paragraph and the item that the reference names stand in it."""
    if target is None:
        return None
    inside = labels.inside(target)
    paragraph, item = parse_numeral(match["para"] or ""), parse_numeral(match["item"] or "")
    if paragraph and paragraph > len(inside.paragraphs) or item and item not in inside.items:
        return None
    return target


def _neighbours(measure: Measure, text: str, labels: Labels) -> Iterator[Found]:
    """前条, 前款, 前项, and several of them."""
    articles = labels.articles.get(scope_of(measure.id), [])
    for match in _BEFORE.finditer(text):
        many = _MANY[match["many"]]
        span = Span(match.start(), match.end())
        if match["what"] == "条":
            at = labels.place.get(measure.id)
            if at is not None:
                named = articles[max(at - many, 0) : at] if at >= many else []
                yield span, tuple(_checked(match, one, labels) for one in named) or (None,)
            continue
        first_end = labels.inside(measure.id).first_item_end
        there = (
            labels.paragraph(measure, span.start) > many
            if match["what"] == "款"
            else first_end is not None and first_end <= span.start
        )
        yield span, (_checked(match, measure.id, labels) if there else None,)


def _this(measure: Measure, text: str, labels: Labels) -> Iterator[Found]:
    """本条, 本款, 本章, 本节, 本编, where the unit is an article."""
    if measure.id not in labels.place:
        return
    for match in _THIS.finditer(text):
        what = match["what"]
        target: str | None = measure.id
        if what in _LEVELS:
            target = next((i for i in reversed(measure.path) if labels.level.get(i) == _LEVELS[what]), None)
        else:
            target = _checked(match, target, labels)
        yield Span(match.start(), match.end()), (target,)


def _attached(measure: Measure, text: str, labels: Labels) -> Iterator[Found]:
    """附件2, and 附件 alone where the text says 见附件 or （附件） and has but one; a list of attachments is none."""
    for match in _ATTACHED.finditer(text):
        at = match.start("ref")
        pointed = match["n"] or match["see"] == "见" or match["see"] and match["close"]
        if not pointed or at == 0 or text[at - 1] == "\n":
            continue
        alike = [unit for (what, _), unit in labels.attachments.items() if what == match["what"]]
        numbered = labels.attachments.get((match["what"], parse_numeral(match["n"] or "")))
        target = numbered if match["n"] else alike[0] if len(alike) == 1 else None
        yield Span(at, match.end("ref")), (target,)
