"""The responsibility note that closes a measure: （责任单位：…）, 牵头单位：…；配合单位：…, （…牵头，…配合）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.script import fold_aligned
from corpus.types import Span

_OPEN, _CLOSE = "([〔{【", ")]〕}】"
_SEPARATORS = "、,;\n"
_OFFICE = "(?:单位|部门|处室|科室|股室)"
_LEAD_LABEL = rf"(?:牵头|主责|主办|主要责任)(?:责任)?{_OFFICE}"
_LABEL = rf"(?:{_LEAD_LABEL}|(?:责任|配合|协办|协助|协同|参与|参加|实施|落实|承办){_OFFICE})"
_LABELLED = re.compile(rf"[(\[〔{{【]{_LABEL}:")
_BARE = re.compile(rf"{_LABEL}:[^。\n]+。?")
_PIECE_LABEL = re.compile(rf"(?:(?P<lead>{_LEAD_LABEL})|(?P<unit>{_LABEL})|[^:()]{{2,8}}):")
# the words after the last unit of a group: 教育局牵头, 财政局、人社局配合
_ROLE = re.compile(r"(?:(?P<lead>牵头)(?:负责|组织|落实)?|(?:[按依]职责|分工|共同|具体)*(?:负责|配合|参与|协助|落实))$")
_LEAD_RULE = re.compile(r"第一(?:单位|个单位)为(?:牵头|主要责任|责任)?单位")
_LEAD_MARK = re.compile(r"[(\[〔](?:牵头|主责)(?:单位)?[)\]〕]$")
_HOLDS_ON = "下同"
_LONGEST_ROLE_NOTE = 300


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility note.

    span: the note. units: the units in it, in the printed order. leads: those of them that its words make lead units.
    holds_on: the rule 第一单位为牵头单位 holds for later notes too. first_leads: that rule stands in this note.
    """

    span: Span
    units: tuple[Span, ...]
    leads: tuple[Span, ...]
    first_leads: bool
    holds_on: bool


def read_note(text: str) -> Note | None:
    """Return the last responsibility note of a measure's `text`, spans in code points of `text`.

    Notes that follow one another without a word between, such as a line for the lead and one for the others, are one.
    """
    folded = fold_aligned(text)
    found = _find_notes(folded)
    if not found:
        return None
    first = len(found) - 1
    while first and _follows(folded, found[first - 1][0], found[first][0]):
        first -= 1
    units: list[Span] = []
    leads: list[Span] = []
    rules: list[str] = []
    for _, inner in found[first:]:
        rules += _read_units(folded, inner, units, leads)
    first_leads = any(_LEAD_RULE.search(rule) for rule in rules)
    span = Span(found[first][0].start, found[-1][0].end)
    return Note(span, tuple(units), tuple(leads), first_leads, first_leads and _HOLDS_ON in rules)


def lead_rule(text: str) -> Span | None:
    """Return where a measure's `text` rules for later notes too that the first unit leads, in code points of `text`."""
    note = read_note(text)
    rule = _LEAD_RULE.search(fold_aligned(text)) if note and note.holds_on else None
    return Span(*rule.span()) if rule else None


def opens_with_note(line: str) -> bool:
    """Whether `line` begins with a labelled responsibility note."""
    head = fold_aligned(line[:16])
    return bool(_LABELLED.match(head) or _BARE.match(head))


def closes_with_note(line: str) -> bool:
    """Whether `line` ends with a responsibility note whose bracket is closed."""
    if fold_aligned(line[-1:]) not in _CLOSE:
        return False
    note = read_note(line)
    return note is not None and note.span.end == len(line)


def note_starts(text: str) -> list[int]:
    """Return the offsets at which responsibility notes begin in `text`."""
    return [span.start for span, _ in _find_notes(fold_aligned(text))]


def _find_notes(text: str) -> list[tuple[Span, Span]]:
    """Each note with what stands inside its bracket, in order; a bracket that is never closed runs to the end."""
    closing = _pairs(text)
    found = []
    for match in _LABELLED.finditer(text):
        end = closing.get(match.start())
        inner = Span(match.start() + 1, len(text) if end is None else end)
        found.append((Span(match.start(), len(text) if end is None else end + 1), inner))
    opening = {end: start for start, end in closing.items()}
    at = 0
    for line in text.split("\n"):
        body = line.rstrip("。")
        start = opening.get(at + len(body) - 1)
        if _BARE.fullmatch(line):
            found.append((Span(at, at + len(line)), Span(at, at + len(body))))
        elif start is not None and _tells_roles(text, start, at + len(body) - 1):
            found.append((Span(start, at + len(body)), Span(start + 1, at + len(body) - 1)))
        at += len(line) + 1
    return sorted(set(found))


def _pairs(text: str) -> dict[int, int]:
    """Where each bracket that opens is closed; a bracket of one form may be closed by another."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            opened.append(i)
        elif char in _CLOSE and opened:
            closing[opened.pop()] = i
    return closing


def _tells_roles(text: str, start: int, end: int) -> bool:
    """Whether the bracket [start, end] at the end of a line says who leads and who helps."""
    if end - start > _LONGEST_ROLE_NOTE:
        return False
    inner = text[start + 1 : end]
    after_sentence = start == 0 or text[start - 1] in "。;\n"
    if inner.startswith("由") or ":" in inner or "。" in inner or not _ROLE.search(inner):
        return False
    return after_sentence or "牵头" in inner


def _follows(text: str, before: Span, after: Span) -> bool:
    return before.end <= after.start and not text[before.end : after.start].strip()


def _read_units(text: str, inner: Span, units: list[Span], leads: list[Span]) -> list[str]:
    """Add the units inside a note to `units` and those that lead to `leads`; return the rules that it states."""
    rules = []
    role, group = "unit", len(units)
    for piece in _split(text, inner):
        label = _PIECE_LABEL.match(piece.of(text))
        if label:
            role = label.lastgroup or "other"
            piece, group = _trimmed(text, piece.start + label.end(), piece.end), len(units)
        word = piece.of(text)
        if _LEAD_RULE.search(word) or word == _HOLDS_ON:
            rules.append(word)
            continue
        mark, does = _LEAD_MARK.search(word), _ROLE.search(word)
        cut = mark or does
        unit = _trimmed(text, piece.start, piece.start + cut.start()) if cut else piece
        if role == "other" or unit.start == unit.end:
            continue
        units.append(unit)
        if does and does["lead"]:
            leads += units[group:]
        elif role == "lead" or mark:
            leads.append(unit)
        group = len(units) if does else group
    return rules


def _split(text: str, span: Span) -> list[Span]:
    """Split at separators that stand outside inner brackets, without surrounding white space."""
    parts, depth, start = [], 0, span.start
    for i in range(span.start, span.end):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            depth -= 1
        elif text[i] in _SEPARATORS and depth == 0:
            parts.append(_trimmed(text, start, i))
            start = i + 1
    parts.append(_trimmed(text, start, span.end))
    return parts


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] == "。"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "。"):
        end -= 1
    return Span(start, end)
