"""Homophone slips of pinyin typing put right before search: 督导责认区 is searched as 督导责任区."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

_HAN_RUN = re.compile(r"[\u3400-\u9fff]{2,}")


# Characters that join words in a question; a slip is looked for in words of the field alone.
_FUNCTION = frozenset(
    "之其当搞归何建占兼副想派关找由师"
    "的了着过是有在不没要能会该得就也都还又再才最很吗呢啊吧么这那哪谁几多少个各每其他她它我你们和与及或跟同对把被给让"
    "从到向往由以于为因所上下里外前后中去来出进起做作用叫说看问答一二三四五六七八九十百千两半年月日时分天次回"
)


class Spelling:
    """Knows the words of the field and how they sound.

    A bigram of a question that stands in no text of the field is replaced by one of the field's terms that sounds
    the same and shares one of its two characters. Everyday words (自己, 今年) are left alone, and so are two different
    characters: 异议 is a word of its own, not a slip of 意义.
    """

    def __init__(self, texts: Iterable[str], terms: Iterable[str], everyday: Iterable[str] = ()) -> None:
        self._known: Counter[str] = Counter(everyday)
        self._by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        of_terms = Counter(_bigrams(terms))
        self._known.update(of_terms)
        self._known.update(_bigrams(texts))
        for bigram, _ in sorted(of_terms.items(), key=lambda item: (-item[1], item[0])):
            if not _FUNCTION & set(bigram):
                self._by_sound[self._sound(bigram)].append(bigram)

    @staticmethod
    def _sound(text: str) -> tuple[str, ...]:
        return tuple(lazy_pinyin(text, style=Style.NORMAL))

    def correct(self, folded: str, names: Iterable[tuple[int, int]] = ()) -> str:
        """Return folded text of the same length with homophone slips replaced.

        names: spans that are no words of the field and stay as they are, such as those of places.
        """
        chars = list(folded)
        kept = {i for start, end in names for i in range(start, end)}
        for i in range(len(chars) - 1):
            pair = chars[i] + chars[i + 1]
            if (
                i in kept
                or i + 1 in kept
                or pair in self._known
                or _FUNCTION & set(pair)
                or not _HAN_RUN.fullmatch(pair)
            ):
                continue
            slip = self._slip(chars, i)
            if slip:
                chars[i : i + 2] = list(slip)
        return "".join(chars)

    def _slip(self, chars: list[str], i: int) -> str | None:
        """The bigram meant at `i`, where replacing does not break a known bigram beside it."""
        pair = chars[i] + chars[i + 1]
        for meant in self._by_sound.get(self._sound(pair), ()):
            if (meant[0] == pair[0]) == (meant[1] == pair[1]):
                continue
            left_changes, right_changes = meant[0] != pair[0], meant[1] != pair[1]
            if left_changes and i > 0 and chars[i - 1] + pair[0] in self._known:
                continue
            if right_changes and i + 2 < len(chars) and pair[1] + chars[i + 2] in self._known:
                continue
            return meant
        return None


def _bigrams(texts: Iterable[str]) -> list[str]:
    return [a + b for text in texts for run in _HAN_RUN.findall(text) for a, b in pairwise(run)]
