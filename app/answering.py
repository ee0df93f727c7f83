"""What answers a question, as the page and the command line see it, and a fake of it for tests and screenshots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from app.citation import cite
from app.types import Answer, AnswerPart, Citation, Timing
from corpus.errors import IndexDamagedError, InputError
from corpus.load import Corpus
from corpus.types import Measure, Span


class Answering(Protocol):
    """The answering engine: a corpus and one method."""

    @property
    def corpus(self) -> Corpus:
        """The documents that it answers from."""

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """Answer one question.

        history: earlier user questions of the conversation, oldest first.
        policies: document ids to narrow to; empty means all.
        :raises InputError: the question or a document id is refused.
        """


# One row a canned answer: a word of the question, and for each place (measure id, first words, deciding words).
_CANNED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "约谈": (
        ("xiushan/13", "由县政府教育督导委员会", "县政府教育督导委员会"),
        ("tangshan/15", "对县级政府的约谈", "市级教育督导机构会同与督导事项相关的部门"),
        ("hainan/13", "對同級政府", "教育督導機構會同組織部門和與督導事項相關的部門"),
        ("weihai/16", "教育督导机构要严肃约谈", "教育督导机构"),
    ),
    "比例": (
        ("xiushan/16", "教育督导责任区专职责任督学", "1:5"),
        ("tangshan/18", "县级督学按", "1∶5"),
        ("hainan/16", "各市縣督學", "1∶5"),
        ("weihai/6", "按国家规定比例", "国家规定比例"),
        ("dazu/14", "按与学校数", "1：5"),
    ),
    "学时": (("weihai/8", "督学每年参加集中培训", "不少于40学时"),),
    "评估监测": (("dazu/19", "根据市级", "学前教育普及普惠督导评估监测"), ("dazu/20", "组织实施", "国家和市级")),
    "工作目标": (("hainan/p1.1", "以習近平", "“長牙齒”"),),
}
_NEAREST = ("tangshan/18", "weihai/8")


class FakeAnswering:
    """Canned answers over the real corpus.

    A question with 错误演示 raises IndexDamagedError, one with 崩溃演示 an unforeseen exception; a question without
    a known word is abstained on; one with 不同 compares; a follow-up (那威海呢) is
    understood from the last question of `history`.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.calls: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = (), policies: Sequence[str] = ()) -> Answer:
        """See `Answering.ask`."""
        self.calls.append((question, tuple(history), tuple(policies)))
        if not question.strip():
            raise InputError("the question is empty")
        if "错误演示" in question:
            raise IndexDamagedError("index 'demo' fails its check: run `dudao index build`")
        if "崩溃演示" in question:
            raise RuntimeError("an unforeseen failure of the fake")
        understood = _understood(question, history)
        word = next((w for w in _CANNED if w in (understood or question)), None)
        rows = [r for r in _CANNED.get(word or "", ()) if _within(r[0], policies, understood)]
        if not rows:
            return self._abstain(question)
        return self._answer(question, rows, understood)

    def _answer(self, question: str, rows: Sequence[tuple[str, str, str]], understood: str | None) -> Answer:
        parts: list[AnswerPart] = []
        citations: list[Citation] = []
        for n, (measure_id, first, key) in enumerate(rows, start=1):
            citation = self._cite(measure_id, first or key)
            citations.append(citation)
            meta = self.corpus.by_id[self.corpus.measures[measure_id].document_id].meta
            at = citation.quote.find(key)
            parts.append(AnswerPart("fact", meta.region, None))
            parts.append(AnswerPart("phrase", "："))
            spans = ((at, at + len(key)),) if at >= 0 else ()
            parts.append(AnswerPart("quote", citation.quote, n, spans))
            parts.append(AnswerPart("phrase", "\n" if n < len(rows) else ""))
        ids = tuple(row[0] for row in rows)
        made = _made(question, tuple(parts), False, tuple(citations), (), ids, understood)
        return replace(made, compared="不同" in question)

    def _abstain(self, question: str) -> Answer:
        nearest = tuple(self._cite(i, self.corpus.measures[i].heading) for i in _NEAREST)
        parts = (AnswerPart("phrase", "本库文件未见规定。"),)
        return _made(question, parts, True, (), nearest, _NEAREST, None)

    def _cite(self, measure_id: str, words: str) -> Citation:
        measure = self.corpus.measures[measure_id]
        start, end = _sentence(measure, words)
        return cite(self.corpus, measure, Span(start, end))


def _understood(question: str, history: Sequence[str]) -> str | None:
    if not history or not question.startswith("那"):
        return None
    return question.removeprefix("那").rstrip("？?呢") + "：" + history[-1]


def _within(measure_id: str, policies: Sequence[str], understood: str | None) -> bool:
    document_id = measure_id.split("/")[0]
    if understood and "威海" in understood:
        return document_id == "weihai"
    return not policies or document_id in policies


def _sentence(measure: Measure, words: str) -> tuple[int, int]:
    """From `words` to the end of their sentence; the first sentence where the measure does not hold them."""
    at = max(measure.text.find(words), 0)
    ends = [i for i in (measure.text.find(stop, at) for stop in "。；;\n") if i >= 0]
    return at, min(ends, default=len(measure.text))


def _made(
    question: str,
    parts: tuple[AnswerPart, ...],
    abstained: bool,
    citations: tuple[Citation, ...],
    nearest: tuple[Citation, ...],
    retrieved: tuple[str, ...],
    understood: str | None,
) -> Answer:
    timing = Timing(total=1.0, embed=0.5, search=0.3, answer=0.2)
    confidence = 0.1 if abstained else 0.9
    return Answer(question, parts, abstained, citations, nearest, retrieved, timing, "fake", understood, confidence)
