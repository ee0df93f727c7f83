"""Rules that are one place's own: whole sentences of a document that no other chosen document states in like words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.course.quiz_bench import Bench
from app.course.quiz_text import printed, sentences
from app.course.quiz_truth import plain
from corpus.glossary import load_taiwan_words
from corpus.types import Measure, Span

_SHORTEST, _LONGEST = 16, 76
# Words that tell what level of office speaks would give the place away.
_LEVEL = re.compile(r"省|县|市(?!场)|(?<!责任)区(?!域)|镇|乡|街道|管委|党工委|分局|我国|全国|国家级")
# A sentence that leans on the one before it says too little alone.
_LEANS = re.compile(
    r"^(?:其|此|该|上述|以上|前款|要|并|同时|且|但|或|也|还|参照|主要|涉嫌|重点督导|对于?.{2,12}存在此类|为了?)"
    r"|此类|如下|下列|其他系列|前款|前条|前项|本条|本章|第[^，。]{1,8}[条款项](?:的|之|第|规定|、|，|$)|：$"
)
_SHARED = 0.55  # share from which a rule is as good as stated elsewhere too
_ALIKE = 0.33  # share of pairs of letters that two rules may have in common at most


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence of one document.

    topics: names of those that its measure rules on. alike: by other document, how near that comes to it, 0 to 1.
    own: whether no other document comes so near that the rule could be called that one's too.
    """

    measure: Measure
    span: Span
    text: str
    topics: tuple[str, ...]
    alike: tuple[tuple[str, float], ...]
    own: bool

    @property
    def id(self) -> str:
        """Its measure and its place in it."""
        return f"{self.measure.id}:rule:{self.span.start}"

    def foreign_to(self, document_id: str) -> bool:
        """Whether another document says nothing of the kind."""
        return document_id != self.measure.document_id and dict(self.alike).get(document_id, 1.0) <= _ALIKE

    def likeness(self, document_id: str) -> float:
        """How near another document comes to it, 0 to 1."""
        return dict(self.alike).get(document_id, 0.0)


def rules_of(bench: Bench, document_id: str) -> Iterator[Rule]:
    """Yield the sentences of a document's chosen measures that can be asked about, in reading order."""
    document = bench.corpus.by_id[document_id]
    names = [plain(name) for name in (document.meta.region, *document.meta.aliases) if not name.isascii()]
    others = [d.meta.id for d in bench.corpus.documents if d.meta.id != document_id]
    for measure in bench.measures_of(document_id):
        if measure.kind in ("front", "closing", "attachment"):
            continue
        for span in sentences(measure):
            text = printed(span.of(measure.text))
            if not _can_be_asked(text) or any(name in plain(text) for name in names):
                continue
            alike = tuple((other, _alike(bench, other, text)) for other in others)
            own = all(bench.truth.likeness(other, text) <= _SHARED for other in others)
            yield Rule(measure, span, text, bench.topics[measure.id], alike, own)


def _alike(bench: Bench, document_id: str, text: str) -> float:
    return 1.0 if bench.truth.shared_run(document_id, text) else bench.truth.likeness(document_id, text)


def _can_be_asked(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or _LEVEL.search(text) or _LEANS.search(text):
        return False
    return not any(word in text for word in _converted())


@cache
def _converted() -> frozenset[str]:
    """Words that a converter put in: they tell the one document that has them."""
    return frozenset(word for word in load_taiwan_words() if len(word) > 1)
