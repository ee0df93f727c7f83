"""The numbers that a browser sets before the items of an ordered list, which the page's text does not hold."""

from __future__ import annotations

import re

from lxml import etree

from corpus.intake.numbers import format_number

_TYPES = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_STYLES = {
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
}
_HAN = frozenset({"chineseCounting", "ideographDigital"})
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[a-z]+(?:-[a-z]+)+)\b", re.I)


def item_label(item: etree._Element, counts: dict[etree._Element, int]) -> str:
    """Return the number before the text of `item`, with its stop: `3.`, 三、; empty in a list without numbers.

    counts: the last number of each list so far; the item's list is brought up to date.
    """
    around = item.getparent()
    if around is None or around.tag != "ol":
        return ""
    own = _whole(item.get("value"))
    first = _whole(around.get("start"))
    number = counts.get(around, (1 if first is None else first) - 1) + 1 if own is None else own
    counts[around] = number
    style = _STYLE.search(f"{around.get('style', '')};{item.get('style', '')}")
    named = style[1].lower() if style else ""
    if named == "none":
        return ""
    kind = _STYLES.get(named) or _TYPES.get(around.get("type", "")) or "decimal"
    return f"{format_number(number, kind)}{'、' if kind in _HAN else '.'}"


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else None
