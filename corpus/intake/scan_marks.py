"""Marks as recognition gives them, set right by their neighbours: full width beside Chinese, 〔〕 round a year."""

from __future__ import annotations

import re

from corpus.intake.page_glyphs import is_han

_FULL = dict(zip(",;:?!()<>", "，；：？！（）〈〉", strict=True))
_PAIRS = {"(": ")", "（": "）", "<": ">", "〈": "〉"}
_NUMERALS = "一二三四五六七八九十百千零〇"
# GB/T 9704-2012, 7.2.5: the year in a document number stands in hexagonal brackets
_NUMBERED = re.compile(r"[\[【〔\[(（{]((?:19|20)\d\d)[\]】〕)）}]\s*(?=\d{1,5}[号號])")
_NOTED = re.compile(r"\[(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\]")
_ZERO = re.compile(rf"(?<=[{_NUMERALS}])[0oO○]{{1,2}}(?=[{_NUMERALS}年])")
_DASH = re.compile(r"(?<![-—–\w])[—–\-―](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff”》）])[—–\-―](?=[\u4e00-\u9fff“《（])")
_KANA = re.compile(r"[\u3041-\u30ff]")


def set_marks(text: str) -> str:
    """Return a recognised line with its marks as Chinese type has them; of digits only the 0 in 二〇二一 is changed.

    A half-width mark becomes full-width where a neighbour is Chinese, and so does its partner; one between digits
    stays. A single dash between Chinese characters is the double one, of which recognition sees one stroke.
    """
    text = _without_spaces(_NUMBERED.sub(r"〔\1〕", text))
    text = _NOTED.sub(lambda m: "〔" if m[0] == "[" else "〕", text)
    text = _ZERO.sub(lambda m: "〇" * len(m[0]), text)
    if len(_KANA.findall(text)) == text.count("く"):  # the only kana in Chinese text is an angle bracket misread
        text = text.replace("く", "〈")
    chars = list(text)
    for at, char in enumerate(chars):
        if char in _FULL and any(is_han(n) for n in (*chars[max(at - 1, 0) : at], *chars[at + 1 : at + 2])):
            chars[at] = _FULL[char]
    _pair(chars)
    return _DASH.sub("——", "".join(chars))


def _without_spaces(text: str) -> str:
    """Spaces stay between words that are not Chinese."""
    return re.sub(r"(?<=\S)\s+(?=\S)", lambda m: _space(text, m), text.strip())


def _space(text: str, gap: re.Match[str]) -> str:
    before, after = text[gap.start() - 1], text[gap.end()]
    return " " if before.isascii() and after.isascii() and not (before.isdigit() and after.isdigit()) else ""


def _pair(chars: list[str]) -> None:
    """Give the two brackets of a pair one width: full where either has it."""
    opened: list[int] = []
    for at, char in enumerate(chars):
        if char in _PAIRS:
            opened.append(at)
        elif char in _PAIRS.values() and opened:
            first = opened.pop()
            if chars[first] in "（〈" or char in "）〉":
                chars[first] = _FULL.get(chars[first], chars[first])
                chars[at] = _FULL.get(char, char)
