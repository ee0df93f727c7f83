"""What a question takes for granted and a document states otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.agents import agents_in
from app.cut import clause_spans
from app.granted import DONE_AWAY, Granted, granted_in, names_post, seats_in
from app.question import ParsedQuestion
from app.rank import FUNCTION_CHARS, Scored
from corpus.facts import Fact
from corpus.types import Span
from index.evidence import Evidence
from index.lexical import lexical_terms
from index.units import Units

_PERIODS = frozenset({"日", "天", "周", "月", "季度", "学期", "学年", "年"})
_COUNTS = frozenset({"count", "frequency"})  # 培训80学时 beside 每年不少于40学时
_LOOKED_AT = 3  # best measures of the document
_NEAR = 2.0  # a sentence speaks of what is asked when its score is this near to the best of its measure
# share of the question's other words that stand in a sentence about the same value, and about anything else: the same
# post, office or matter, or a value of another period
_OF_VALUE, _OF_ELSE = 0.25, 0.5
# what asks whether a value holds, or is not sure of it, takes nothing for granted
_OPEN = re.compile(
    r"[吗吧]|够不够|能不能|是不是|是否|对不对|可不可以|还是|好像|记得|大概|左右|听说|"
    r"\b(?:could|can|may|still|too (?:late|long)|is (?:that|it|this)|about|around|heard)\b"
)
_AROUND_NAME = re.compile(r"^(?:本|该|一位|分管|主管|区(?!长))+|(?:里面|里|内|那边|那里|同志|来)+$")
_FRAME = re.compile(r"为什么|为何|凭什么|怎么|既然|自从|原来|规定|之后|以后|理由|原因")


class Premises:
    """Finds contradicted premises; holds what sentences state, nothing of a question."""

    def __init__(self, units: Units, evidence: Evidence) -> None:
        self._units = units
        self._evidence = evidence

    def contradicted(self, question: ParsedQuestion, scored: Scored, ranking: Sequence[int]) -> int | None:
        """Return the sentence that states otherwise than the question does, or None.

        Only for a question about one document. For a value, another of the same kind and unit has to stand in a
        sentence that speaks of what is asked, and the question's own nowhere in that measure; for a post or an office,
        another holder or seat. What is said to be done away with is contradicted where the document's best measure
        rules on it and says nothing of the kind.

        ranking: rows of measures, best first.
        """
        if len(question.documents) != 1:
            return None
        rows = [r for r in ranking if self._evidence.document_ids[r] == question.documents[0]][:_LOOKED_AT]
        for granted in granted_in(question):
            for row in rows[:1] if granted.kind == "gone" else rows:
                sentence = self._otherwise(question, granted, scored, row)
                if sentence is not None:
                    return sentence
        return None

    def taken_for_granted(self, question: ParsedQuestion, scored: Scored, ranking: Sequence[int]) -> int | None:
        """Return what `contradicted` does where the question is sure of what it says and asks for something else."""
        if question.kinds & {"yes_no", "compare"} or _OPEN.search(question.asked):
            return None
        return self.contradicted(question, scored, ranking)

    def _otherwise(self, question: ParsedQuestion, granted: Granted, scored: Scored, row: int) -> int | None:
        sentences = self._evidence.sentences_of(row)
        near = self._near(scored, sentences)
        if granted.fact:
            return self._other_value(question, granted.fact, scored, sentences, near)
        # the rest of a question about a post is about its holder too
        about = None if granted.kind == "post" else granted.span
        if granted.kind == "gone":  # what is asked besides may be the matter of another sentence
            of_it = [i for i in sentences if self._of_topic(question, i, granted.said, about)]
            texts = [self._units.sentences[i].search for i in of_it]
            if any(granted.said in text or DONE_AWAY.search(text) for text in texts):
                return None
            return max(of_it, key=lambda i: float(scored.sentence_rank[i]), default=None)
        near = [i for i in near if self._of_topic(question, i, granted.said, about)]
        for i in near:
            held = self._stated(i, granted)
            if held and not any(_names(granted.said, other) for other in held):
                return i
        return None

    def _stated(self, sentence: int, granted: Granted) -> list[str]:
        """What a sentence says of a post's holder or of an office's seat."""
        text = self._units.sentences[sentence].search
        if granted.kind == "seat":
            return seats_in(text)
        return [span.of(text) for span in agents_in(text)] if names_post(text) else []

    def _other_value(
        self, question: ParsedQuestion, said: Fact, scored: Scored, sentences: range, near: Sequence[int]
    ) -> int | None:
        alike = {i: [f for f in self._evidence.facts[i] if _same_kind(said, f)] for i in sentences}
        if any((f.value, f.period) == (said.value, said.period or f.period) for held in alike.values() for f in held):
            return None
        words = said.span.of(question.asked)
        found = [
            i for i in near if alike[i] and self._of_topic(question, i, words, said.span, _share_for(said, alike[i]))
        ]
        return max(found, key=lambda i: float(scored.sentence_rank[i]), default=None)

    def _of_topic(
        self, question: ParsedQuestion, sentence: int, said: str, at: Span | None, share: float = _OF_ELSE
    ) -> bool:
        """Whether a sentence speaks of the clause in which `at` stands, or where that is None of the topic.

        said: what is taken for granted, which need not stand in the sentence.
        """
        if question.english:
            table = self._evidence.sentence_concepts[sentence]
            found = [bool(table[h.concept]) for h in question.concepts]
        else:
            around = next((c for c in clause_spans(question.asked) if at and c.start <= at.start < c.end), None)
            text = self._units.sentences[sentence].search
            found = [t in text for t in _terms(around.of(question.asked) if around else question.topic, said)]
        met = sum(found)
        return met >= share * len(found) and (met > 1 or met >= _OF_ELSE * max(len(found), 1))

    @staticmethod
    def _near(scored: Scored, sentences: range) -> list[int]:
        """Sentences near to the best of their measure, best first."""
        best = max(float(scored.sentence_rank[i]) for i in sentences)
        near = [i for i in sentences if float(scored.sentence_rank[i]) >= best - _NEAR]
        return sorted(near, key=lambda i: -float(scored.sentence_rank[i]))


def _terms(clause: str, left_out: str) -> list[str]:
    """The content terms of a clause of the question, without what it takes for granted."""
    terms = lexical_terms(_FRAME.sub(" ", clause.replace(left_out, " ")))
    return [t for t in dict.fromkeys(terms) if not FUNCTION_CHARS & set(t)]


def _same_kind(said: Fact, stated: Fact) -> bool:
    kinds = said.kind == stated.kind or {said.kind, stated.kind} <= _COUNTS and said.unit not in ("次", "轮")
    periods = not said.period or said.period == stated.period or {said.period, stated.period} <= _PERIODS
    return kinds and said.unit == stated.unit and periods and bool(said.value and stated.value)


def _share_for(said: Fact, held: Sequence[Fact]) -> float:
    """How much of the topic has to be met: more where the values are of other periods, 每周一次 beside 每年一次."""
    return _OF_VALUE if any(said.period in ("", f.period) for f in held) else _OF_ELSE


def _names(said: str, held: str) -> bool:
    """Whether the holder or seat that a question names is the one of a clause, in other words perhaps.

    A 副市长 is no 市长; 分管教育的副市长 is 分管教育工作的副市长, and 教育分局里面 is 教育分局.
    """
    a, b = _head(said), _head(held)
    return a == b or any(
        short and long.endswith(short) and not long[: -len(short)].endswith("副") for short, long in ((a, b), (b, a))
    )


def _head(name: str) -> str:
    """What a name comes down to: its last part, without what stands around it."""
    return _AROUND_NAME.sub("", name.rsplit("的", 1)[-1])
