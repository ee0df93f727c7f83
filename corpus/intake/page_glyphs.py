"""Code points that fonts of a page give for ordinary characters, and those that say nothing."""

from __future__ import annotations

import unicodedata

# CJK Radicals Supplement: the ideograph that is drawn alike (EquivalentUnifiedIdeograph.txt of Unicode). Fonts share
# one glyph between the two, and a PDF may name it by the radical; NFKC folds but two of them.
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺆⺉⺋⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺨⺩⺪⺬⺭⺯⺰⺱⺲⺶⺹⺺⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙亻冂刂㔾兀尣尢巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫丬犭王疋示礻糹纟罓罒羊耂肀臼艹艹艹虎衤覀西见角角讠贝车辶辶辶阝钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_COMPATIBILITY = (
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # Latin ligatures
    (0x2F800, 0x2FA1F),
)
_TURNED = (0xFE10, 0xFE6F)  # vertical and small forms of marks
_TO_FULL_WIDTH = 0xFEE0


def ordinary(char: str) -> str:
    """Return the ordinary character (or characters: ﬁ is fi) for what a font names by another code point."""
    if char < "\u2e80":
        return char
    if char in _RADICALS:
        return _RADICALS[char]
    code = ord(char)
    if any(first <= code <= last for first, last in _COMPATIBILITY):
        return unicodedata.normalize("NFKC", char)
    if _TURNED[0] <= code <= _TURNED[1]:
        folded = unicodedata.normalize("NFKC", char)
        return "".join(chr(ord(c) + _TO_FULL_WIDTH) if "!" <= c <= "~" else c for c in folded)
    return char


def unreadable(char: str) -> bool:
    """Whether the code point says nothing: private use, unassigned, a control, or the sign of a failed conversion."""
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cs") or (char < " " and char not in "\t\n\r")


def is_han(char: str) -> bool:
    """Whether `char` is set in a full square with its neighbours: an ideograph, kana or a full-width mark."""
    return char >= "\u2e80" or char in "“”‘’…—·〇"
