"""What a question takes for granted and a document states otherwise: a value, or who holds a post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.agents import agents_in
from app.cut import clause_spans
from app.question import ParsedQuestion
from app.rank import FUNCTION_CHARS, Scored
from corpus.facts import Fact, extract_facts
from index.evidence import Evidence
from index.lexical import lexical_terms
from index.units import Units

_MEASURED = frozenset({"ratio", "percent", "count", "frequency", "duration"})
_PERIODS = frozenset({"日", "天", "周", "月", "季度", "学期", "学年", "年"})
_LOOKED_AT = 3  # best measures of the document
_NEAR = 2.0  # a sentence speaks of what is asked when its score is this near to the best of its measure
# share of the question's other words that stand in a sentence about the same value, or about the same post, or about
# a value of another period
_OF_TOPIC, _OF_POST, _OF_OTHER = 0.25, 0.5, 0.5
# what asks whether a value holds, or is not sure of it, takes nothing for granted
_OPEN = re.compile(r"[吗吧]|够不够|能不能|是不是|是否|对不对|可不可以|还是|好像|记得|大概|左右|听说")
_ASKED = re.compile(r"[谁哪啥何]|什么|多少|是否")
_POST = re.compile(r"担任|兼任|出任|任")
_AROUND = re.compile(r"^(?:请问|为什么|为何|凭什么|怎么|规定|让|由)+|(?:本人|亲自|直接|来)+$")


class Premises:
    """Finds contradicted premises; holds what sentences state, nothing of a question."""

    def __init__(self, units: Units, evidence: Evidence) -> None:
        self._units = units
        self._evidence = evidence

    def contradicted(self, question: ParsedQuestion, scored: Scored, ranking: Sequence[int]) -> int | None:
        """Return the sentence that states otherwise than the question does, or None.

        Only for a question about one document. A value of the same kind and unit has to stand in a sentence that
        speaks of what is asked, and the question's own value nowhere in that measure; for a post, another holder.

        ranking: rows of measures, best first.
        """
        if len(question.documents) != 1:
            return None
        rows = [r for r in ranking if self._evidence.document_ids[r] == question.documents[0]][:_LOOKED_AT]
        for fact in extract_facts(question.asked):
            if question.asked[: fact.span.start].endswith("哪"):  # 哪两个
                continue
            for row in rows if fact.kind in _MEASURED else ():
                sentence = self._stated_otherwise(question, fact, scored, row)
                if sentence is not None:
                    return sentence
        holder = _holder(question)
        for row in rows if holder else ():
            sentence = self._held_otherwise(question, holder, scored, row)
            if sentence is not None:
                return sentence
        return None

    def taken_for_granted(self, question: ParsedQuestion, scored: Scored, ranking: Sequence[int]) -> int | None:
        """Return what `contradicted` does where the question is sure of what it says and asks for something else."""
        if question.kinds & {"yes_no", "compare"} or _OPEN.search(question.asked):
            return None
        return self.contradicted(question, scored, ranking)

    def _stated_otherwise(self, question: ParsedQuestion, said: Fact, scored: Scored, row: int) -> int | None:
        sentences = self._evidence.sentences_of(row)
        alike = {i: [f for f in self._evidence.facts[i] if _same_kind(said, f)] for i in sentences}
        if any((f.value, f.period) == (said.value, said.period) for held in alike.values() for f in held):
            return None
        around = next(c for c in clause_spans(question.asked) if c.start <= said.span.start < c.end)
        terms = _terms(around.of(question.asked), said.span.of(question.asked))
        near = [
            i
            for i in self._near(scored, sentences)
            if alike[i] and self._of_topic(i, terms, _share_for(said, alike[i]))
        ]
        return max(near, key=lambda i: float(scored.sentence_rank[i]), default=None)

    def _held_otherwise(self, question: ParsedQuestion, holder: str, scored: Scored, row: int) -> int | None:
        terms = _terms(question.topic, holder)
        for i in self._near(scored, self._evidence.sentences_of(row)):
            text = self._units.sentences[i].search
            holders = [span.of(text) for span in agents_in(text)] if _POST.search(text) else []
            if holders and self._of_topic(i, terms, _OF_POST) and not any(_names(holder, held) for held in holders):
                return i
        return None

    def _of_topic(self, sentence: int, terms: Sequence[str], share: float = _OF_TOPIC) -> bool:
        text = self._units.sentences[sentence].search
        return bool(terms) and sum(t in text for t in terms) >= share * len(terms)

    @staticmethod
    def _near(scored: Scored, sentences: range) -> list[int]:
        best = max(float(scored.sentence_rank[i]) for i in sentences)
        return [i for i in sentences if float(scored.sentence_rank[i]) >= best - _NEAR]


def _terms(topic: str, left_out: str) -> list[str]:
    """The content terms of what a question is on, without what it takes for granted."""
    terms = lexical_terms(topic.replace(left_out, " "))
    return [t for t in dict.fromkeys(terms) if not FUNCTION_CHARS & set(t)]


def _same_kind(said: Fact, stated: Fact) -> bool:
    periods = said.period == stated.period or {said.period, stated.period} <= _PERIODS
    return (said.kind, said.unit) == (stated.kind, stated.unit) and periods and bool(said.value and stated.value)


def _share_for(said: Fact, held: Sequence[Fact]) -> float:
    """How much of the topic has to be met: more where the values are of other periods, 每周一次 beside 每年一次."""
    return _OF_TOPIC if any(said.period == f.period for f in held) else _OF_OTHER


def _holder(question: ParsedQuestion) -> str:
    """Who holds a post, as the question takes for granted; empty where it asks who does, or whether."""
    if question.english or question.kinds & {"who", "yes_no"} or not _POST.search(question.asked):
        return ""
    for span in agents_in(question.asked):
        said = _AROUND.sub("", span.of(question.asked).replace(" ", ""))
        if said and not _ASKED.search(said) and _POST.match(question.asked, span.end):
            return said
    return ""


def _names(said: str, held: str) -> bool:
    """Whether the holder that a question names is the one of a clause; a 副市长 is no 市长."""
    at = held.find(said)
    return at >= 0 and not held[:at].endswith("副")
