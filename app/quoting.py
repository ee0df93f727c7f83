"""What of a measure is quoted in answer to a question: which sentences, cut where they are long, what is marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.agents import agents_in
from app.ask_kinds import Want
from app.cut import cut_around
from app.question import ParsedQuestion
from app.rank import Scored
from corpus.load import Corpus
from corpus.notes import lead_rule, read_note
from corpus.types import Measure, Span
from index.evidence import Evidence
from index.units import Sentence, Units

_CLOSE, _CLOSE_TO_VALUE = 4.0, 1.5  # a further sentence is quoted when its score is this near to the best
_HEADING_KINDS = frozenset({"yes_no", "places", "list", "definition"})  # a heading alone may answer these
_OF_DOCUMENT = frozenset({"own_number", "own_date", "openness", "copies"})  # what a document says of itself
_WHO = re.compile(r"谁|由(?:什么|哪)|哪(?:个|家|级)?(?:部门|单位|机构)|\bwho\b|\bwhom\b")
# whom an act reaches is not who acts: 记录报给谁, 向哪个部门备案
_TO_WHOM = re.compile(
    r"[给向跟对报送发到](?:谁|(?:哪|什么|何)(?:一?[个些家级])?(?:部门|单位|机构|领导)?)|"
    r"\b(?:to|with|from) (?:whom|which)\b|\bwho\b.* to\?"
)
_LISTING = frozenset({"list", "responsible"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a measure's text to quote. key: code points in the quoted text of the deciding words.

    opens, closes: whether it begins and ends where a sentence does.
    """

    span: Span
    key: tuple[tuple[int, int], ...]
    opens: bool
    closes: bool


class Quoter:
    """Chooses quotes; holds the corpus and what its sentences state, nothing of a question."""

    def __init__(self, corpus: Corpus, units: Units, evidence: Evidence) -> None:
        self._corpus = corpus
        self._units = units
        self._evidence = evidence

    def quotes(self, question: ParsedQuestion, scored: Scored, row: int, budget: int) -> list[Quote]:
        """Return the quotes from measure `row`, neighbours joined; at least one.

        They stand in reading order, behind those that state a value asked for.

        budget: code points of all of them; the sentences that decide are quoted whatever they take.
        """
        whole = self._evidence.sentences_of(row)
        headings = bool(question.kinds & _HEADING_KINDS) and not question.wants and not self._who(question)
        rows = [i for i in whole if headings or not self._units.sentences[i].heading] or list(whole)
        ranked = sorted(rows, key=lambda i: (-float(scored.sentence_rank[i]), i))
        spans = {i: self._cut(question, i, row) for i in ranked}
        deciding = self._deciding(question, scored, ranked)
        chosen = [*deciding, *self._beside(question, scored, ranked, deciding, spans, budget)]
        first = [i for i in deciding if self._meets(question, i)]
        ordered = sorted(chosen, key=lambda i: (i not in first, i))
        text = self.measure(row).text
        return [self._quote(question, row, span) for span in _joined([spans[i] for i in ordered], text)]

    def _beside(
        self,
        question: ParsedQuestion,
        scored: Scored,
        ranked: Sequence[int],
        deciding: Sequence[int],
        spans: Mapping[int, Span],
        budget: int,
    ) -> list[int]:
        """The sentences to quote beside those that decide: those near to them in score, as far as the budget goes.

        What a document says of itself needs no words around it. A responsibility note needs some: what it is for.
        """
        if any(want.kinds <= _OF_DOCUMENT for want in question.wants):
            return []
        told = [i for i in ranked if not self._sentence(i).note and not self._sentence(i).heading]
        noted = bool(told) and all(self._sentence(i).note for i in deciding)
        best = float(scored.sentence_rank[told[0] if noted else deciding[0]])
        least = best - (_CLOSE_TO_VALUE if any(self._meets(question, i) for i in deciding) else _CLOSE)
        acting = [i for i in ranked if agents_in(self._sentence(i).search)] if self._who(question) else []
        left = budget - sum(_length(spans[i]) for i in deciding)
        chosen: list[int] = []
        for i in dict.fromkeys([*acting, *ranked]):
            size = _length(spans[i])
            if i not in deciding and float(scored.sentence_rank[i]) >= least and size <= left:
                chosen.append(i)
                left -= size
        return chosen if chosen or not noted else told[:1]

    def lead_by_rule(self, question: ParsedQuestion, measure: Measure) -> tuple[Span, Measure, Span] | None:
        """Return the lead unit of a measure whose responsible units are asked for, where its own note does not say so.

        A document may rule once, for all its notes, that the first unit leads: with the unit come the measure that
        says so and the words of the rule in it.
        """
        if (
            not question.kinds & {"responsible", "lead"}
            or not measure.note
            or len(measure.units) < 2
            or not measure.leads
        ):
            return None
        own = read_note(measure.text)
        if own and (own.leads or own.first_leads):
            return None
        for other in self._corpus.by_id[measure.document_id].measures:
            rule = lead_rule(other.text)
            if rule:
                return measure.leads[0], other, rule
        return None

    def whole_sentence(self, sentence: int) -> tuple[Measure, Span]:
        """Return the measure of a sentence, by its number, and where it stands in it."""
        measure = self.measure(int(self._evidence.sentence_measure[sentence]))
        return measure, _trimmed(self._units.sentences[sentence].span, measure.text)

    def measure(self, row: int) -> Measure:
        """Return the measure of a row of the evidence."""
        return self._corpus.measures[self._evidence.measure_ids[row]]

    def _sentence(self, i: int) -> Sentence:
        return self._units.sentences[i]

    def _quote(self, question: ParsedQuestion, row: int, span: Span) -> Quote:
        text = self.measure(row).text
        places = [_trimmed(self._sentence(i).span, text) for i in self._evidence.sentences_of(row)]
        opens, closes = {s.start for s in places}, {s.end for s in places}
        return Quote(span, self._key(question, row, span), span.start in opens, span.end in closes)

    def _deciding(self, question: ParsedQuestion, scored: Scored, ranked: Sequence[int]) -> list[int]:
        """The best sentence for what is asked for: a value, or who acts; else the best sentence of all."""
        found = []
        for wants in _asked_apart(question):
            holding = [i for i in ranked if any(want.met_by(f) for f in self._evidence.facts[i] for want in wants)]
            found += holding[:1]
        if not found and self._who(question) and not question.kinds & _LISTING:
            best = float(scored.sentence_rank[ranked[0]])
            acting = [i for i in ranked if agents_in(self._sentence(i).search)]
            found = [i for i in acting[:1] if float(scored.sentence_rank[i]) >= best - _CLOSE]
        return list(dict.fromkeys(found)) or [ranked[0]]

    @staticmethod
    def _who(question: ParsedQuestion) -> bool:
        """Whether the question asks who acts, and for no value; 哪些部门 asks for a list."""
        rest = _TO_WHOM.sub("", question.text)
        plainly = bool(_WHO.search(rest)) if rest != question.text or "list" in question.kinds else True
        return "who" in question.kinds and plainly and not question.wants

    def _meets(self, question: ParsedQuestion, sentence: int) -> bool:
        """Whether a sentence states a value of a kind asked for."""
        return any(w.met_by(f) for f in self._evidence.facts[sentence] for w in question.wants)

    def _cut(self, question: ParsedQuestion, sentence: int, row: int) -> Span:
        """The clauses of a long sentence that hold what decides; the whole of a short one."""
        text = self.measure(row).text
        span = _trimmed(self._sentence(sentence).span, text)
        decisive = [s for s in self._decisive(question, sentence, row) if span.start <= s.start and s.end <= span.end]
        cut = cut_around(span.of(text), [Span(s.start - span.start, s.end - span.start) for s in decisive])
        return Span(span.start + cut.start, span.start + cut.end)

    def _decisive(self, question: ParsedQuestion, sentence: int, row: int) -> list[Span]:
        """Spans of the measure's text: values of the kind asked for, or who acts where that is asked for."""
        met = [f.span for f in self._evidence.facts[sentence] if any(w.met_by(f) for w in question.wants)]
        if met or not self._who(question) or self._sentence(sentence).note:
            return met
        place = self._sentence(sentence).span
        return [Span(place.start + s.start, place.start + s.end) for s in agents_in(place.of(self.measure(row).text))]

    def _key(self, question: ParsedQuestion, row: int, span: Span) -> tuple[tuple[int, int], ...]:
        """The deciding words inside a quoted span, and the units where they are asked for."""
        measure = self.measure(row)
        found = [s for i in self._evidence.sentences_of(row) for s in self._decisive(question, i, row)]
        if "responsible" in question.kinds:
            found += measure.leads if "lead" in question.kinds and measure.leads else measure.units
        inside = {
            (f.start - span.start, f.end - span.start) for f in found if span.start <= f.start and f.end <= span.end
        }
        return tuple(sorted(inside))


def _asked_apart(question: ParsedQuestion) -> list[tuple[Want, ...]]:
    """What is asked for beside each other, such as a document's number and date; values may stand for one another."""
    own: list[tuple[Want, ...]] = [(want,) for want in question.wants if want.kinds <= _OF_DOCUMENT]
    others = tuple(want for want in question.wants if not want.kinds <= _OF_DOCUMENT)
    return [*own, others] if others else own


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans of sentences in their order, each joined to the one before where it follows it on one line."""
    out: list[Span] = []
    for span in spans:
        follows = bool(out) and out[-1].end <= span.start
        between = text[out[-1].end : span.start] if follows else "\n"
        if between.strip() == "" and "\n" not in between:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return out


def _length(span: Span) -> int:
    return span.end - span.start


def _trimmed(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
