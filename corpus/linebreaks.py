"""Which lines of a text go on with the line before them, and which begin a paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.markers import ITEM_LEVELS, MARK_LENGTH, is_table_row, read_marker
from corpus.notes import closes_with_note, opens_with_note
from corpus.numerals import NUMERAL_CHARS
from corpus.script import fold_aligned

_TERMINAL = "。！？；：:;!?…"
_CLOSING = "”’」』）)】〕》"
_PROSE = re.compile(r"[，。；、,;]")
# words that take an object: the number that begins the next line is referred to
_TAKES_OBJECT = re.compile(
    r"(?:依照|按照|根据|依据|参照|遵照|适用|符合|违反|本办法|本条例|本规定|本细则|本方案|本意见|第.{1,6}条[、和及或至])$"
)
_NUMBER = re.compile(rf"第[{NUMERAL_CHARS}\d]{{1,7}}[编章节条款项]|[(〔][{NUMERAL_CHARS}]{{1,7}}[)〕]")
_FULL_LINE, _WRAPPED_SHARE = 0.85, 0.6
_FEWEST_WRAPPED, _NARROWEST_WRAPPED, _WIDEST_WRAPPED = 8, 40, 120  # lines; widths in half-width columns


def joins(texts: Sequence[str]) -> list[bool]:
    """Return for each line but the first whether it goes on with the line before."""
    full = _full_width([_width(text) for text in texts])
    return [_continues(before, after, full) for before, after in zip(texts, texts[1:], strict=False)]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _full_width(widths: Sequence[int]) -> int | None:
    """The width from which a line counts as full, where most lines are broken at one width; else None."""
    if len(widths) < _FEWEST_WRAPPED:
        return None
    widest = sorted(widths)[int(len(widths) * 0.95)]
    full = int(widest * _FULL_LINE)
    share = sum(w >= full for w in widths) / len(widths)
    return full if share >= _WRAPPED_SHARE and _NARROWEST_WRAPPED <= widest <= _WIDEST_WRAPPED else None


def _continues(before: str, after: str, full: int | None) -> bool:
    """Whether the line `after` goes on with the sentence or paragraph of the line `before`."""
    if _NUMBER.match(fold_aligned(after[:MARK_LENGTH])) and _TAKES_OBJECT.search(fold_aligned(before[-12:])):
        return True
    marker = read_marker(after)
    if marker and marker.level not in ITEM_LEVELS or after.startswith("——"):
        return False
    if is_table_row(before) or is_table_row(after):
        return False
    if re.match(r"[（(〔]此件", after) or opens_with_note(after) and before[-1] in _TERMINAL:
        return False
    if full is not None:
        return _width(before) >= full
    ends = before.rstrip(_CLOSING)[-1:] in _TERMINAL or closes_with_note(before)
    if ends and not _open_bracket(before):
        return False
    heading = read_marker(before)
    body = before[heading.length :] if heading else before
    return bool(_PROSE.search(body)) and not _is_heading(before)


def _open_bracket(text: str) -> bool:
    folded = unicodedata.normalize("NFKC", text)
    return folded.count("(") > folded.count(")") or text.count("《") > text.count("》")


def _is_heading(line: str) -> bool:
    """A marked line without a sentence in it, such as (二)科學高效運轉,最佳化教育督導運行機制."""
    marker = read_marker(line)
    return bool(marker) and len(line) <= 40 and not re.search(r"[。；;]", line) and line[-1] not in "，,、"
