"""The search layer's wording of clauses and sentences: folded, and Taiwan vocabulary in mainland words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.load import Corpus
from corpus.script import fold
from corpus.types import Measure


class SearchText:
    """Folds text for matching and embedding. `taiwan`: folded Taiwan-localised word to folded mainland word."""

    def __init__(self, taiwan: Mapping[str, str]) -> None:
        self._taiwan = dict(taiwan)
        words = sorted(self._taiwan, key=lambda w: (-len(w), w))
        self._pattern = re.compile("|".join(map(re.escape, words))) if words else None

    def __call__(self, text: str) -> str:
        """Return `text` as it is matched; never shown."""
        folded = fold(text)
        if self._pattern is None:
            return folded
        return self._pattern.sub(lambda m: self._taiwan[m.group()], folded)


def context_of(corpus: Corpus, measure: Measure) -> str:
    """Return the headings above a measure and its own, as they are put before each of its pieces when embedded."""
    titles = [corpus.headings[h].title for h in measure.path if h in corpus.headings]
    if measure.kind == "front":
        meta = corpus.by_id[measure.document_id].meta
        titles = ["文件标题 文号 发文机关 印发日期 依据", meta.title or ""]
    if measure.kind == "closing":
        titles = ["文末"]
    return " ".join(t for t in (*titles, measure.heading) if t)
