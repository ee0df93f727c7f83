"""Quantities in a wording: comparator, value and unit, as clauses state them (不少于40学时, 1:5, 15个工作日内)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.normalise import normalise, without_marks

_MORE = ("超过", "多于", "高于", "大于")
_LESS = ("少于", "低于", "小于", "不足", "不到")
_NOT = ("不", "不得", "不能", "不可", "不应", "不应当", "不宜")
_AT_LEAST = (*(no + less for no in _NOT for less in _LESS[:3]), "至少", "最少")
_AT_MOST = (*(no + more for no in _NOT for more in _MORE), "最多", "至多")
_BEFORE = {w: c for c, words in (("≥", _AT_LEAST), ("≤", _AT_MOST), (">", _MORE), ("<", _LESS)) for w in words}
_AFTER = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤"}
_UNITS = (
    "个工作日|工作日|个百分点|个学时|学时|课时|小时|分钟|学年|学期|年度|个月|周岁|周年|"
    "年|月|日|天|周|岁|人次|人|名|位|个|次|所|项|种|类|级|期|轮|届|倍|分|万元|元|条|份|家|门|套|支"
)
_QUANTITY = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE)})?"
    r"(?P<value>[0-9]+(?:\.[0-9]+)?(?:[:/][0-9]+)*%?)"
    rf"(?P<unit>{_UNITS})?"
    rf"(?P<after>{'|'.join(_AFTER)})?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated amount; `comparator` is one of ≥ ≤ > < or empty, `unit` empty where none follows."""

    comparator: str
    value: str
    unit: str


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a wording in reading order, after `normalise`."""
    return tuple(_quantity(match) for match in _QUANTITY.finditer(normalise(without_marks(text))))


def _quantity(match: re.Match[str]) -> Quantity:
    comparator = _BEFORE.get(match["before"] or "") or _AFTER.get(match["after"] or "") or ""
    return Quantity(comparator, match["value"], (match["unit"] or "").removeprefix("个") or (match["unit"] or ""))


def states(answer: str, wanted: Quantity) -> bool:
    """Tell whether `answer` states the quantity: equal value, unit and comparator.

    What the wanted quantity leaves open (no unit, no comparator) is not compared.
    """
    return any(
        found.value == wanted.value and wanted.unit in ("", found.unit) and wanted.comparator in ("", found.comparator)
        for found in quantities(answer)
    )


def as_stated(wording: str, texts: Sequence[str]) -> tuple[tuple[Quantity, ...], ...]:
    """Return the quantities of a wording as each of the texts that hold it states them, or its own where none does.

    The text decides what the wording leaves open: 40学时 of a clause that says 不少于40学时 is at least 40学时.
    """
    own = quantities(wording)
    needle = normalise(wording)
    found = [stated for text in texts if own and (stated := _around(needle, normalise(text), len(own)))]
    return tuple(dict.fromkeys(found)) or (own,)


def _around(needle: str, text: str, wanted: int) -> tuple[Quantity, ...]:
    """The quantities of `text` that overlap `needle` where it stands; none where one is cut or their count differs."""
    at = text.find(needle)
    while at >= 0:
        end = at + len(needle)
        matches = [m for m in _QUANTITY.finditer(text) if m.start() < end and at < m.end()]
        if len(matches) == wanted and all(at <= m.start("value") and m.end("value") <= end for m in matches):
            return tuple(map(_quantity, matches))
        at = text.find(needle, at + 1)
    return ()


def quantity_scores(answer: str, nuggets: Sequence[Sequence[str]], texts: Sequence[str] = ()) -> tuple[int, int]:
    """Return how many nuggets state quantities, and for how many of them the answer states all of one wording.

    texts: of the gold measures, which give the unit and the comparator that a nugget leaves out.
    """
    stating = [[w for w in wordings if quantities(w)] for wordings in nuggets]
    stating = [wordings for wordings in stating if wordings]
    right = sum(any(_stated(answer, w, texts) for w in wordings) for wordings in stating)
    return len(stating), right


def _stated(answer: str, wording: str, texts: Sequence[str]) -> bool:
    return any(all(states(answer, q) for q in stated) for stated in as_stated(wording, texts))
