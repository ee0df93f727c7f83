"""Chinese and Arabic numerals as they stand in headings and in values."""

from __future__ import annotations

import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARS = "".join(_DIGITS) + "".join(_UNITS)
_LONGEST = 9  # 九千九百九十九 has seven characters; longer runs are no heading number


def parse_numeral(text: str) -> int | None:
    """Return the value of a Chinese or Arabic numeral up to 9999, or None if `text` is none.

    Full-width digits count as digits. 二〇二一 (digit by digit) is read positionally.
    """
    text = unicodedata.normalize("NFKC", text)
    if not text or len(text) > _LONGEST:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    if any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _parse_positional(text)


def _parse_positional(text: str) -> int | None:
    total, digit, last_unit = 0, None, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last_unit or digit == 0:
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif digit is not None and digit != 0:
            return None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)


def format_numeral(value: int) -> str:
    """Return `value` (1 to 9999) as a Chinese heading numeral: 13 is 十三, 102 is 一百零二.

    :raises ValueError: outside 1 to 9999.
    """
    if not 1 <= value <= 9999:
        raise ValueError(f"heading numerals run from 1 to 9999, got {value}")
    names = "零一二三四五六七八九"
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += ("零" if pending_zero else "") + names[digit] + name
        pending_zero = False
    return out[1:] if out.startswith("一十") else out
