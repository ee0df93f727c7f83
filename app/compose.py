"""From decided measures to an answer: verbatim spans with marks, joined by fixed phrases alone."""

from __future__ import annotations

from collections.abc import Sequence

from app.citation import cite
from app.cut import cut_around
from app.decide import Decision
from app.phrases import Phrases, phrases_for
from app.question import ParsedQuestion
from app.rank import AGENT, Scored
from app.types import AnswerPart, Citation
from corpus.load import Corpus
from corpus.types import Measure, Span
from index.evidence import Evidence
from index.units import Sentence, Units

_BUDGET, _BUDGET_OF_MANY = 240, 150  # code points of quotes from one measure, alone or beside other places
_CLOSE, _CLOSE_TO_VALUE = 4.0, 1.5  # a further sentence is quoted when its score is this near to the best
_HEADING_KINDS = frozenset({"yes_no", "places", "list", "definition"})  # a heading alone may answer these
_LISTING = frozenset({"list", "responsible"})
_NEAREST = 3


class Composer:
    """Writes answers; holds the corpus and what its sentences state."""

    def __init__(self, corpus: Corpus, units: Units, evidence: Evidence) -> None:
        self._corpus = corpus
        self._units = units
        self._evidence = evidence
        self._ends = [*map(int, evidence.sentence_start[1:]), len(units.sentences)]

    def answer(
        self, question: ParsedQuestion, decision: Decision, scored: Scored
    ) -> tuple[tuple[AnswerPart, ...], tuple[Citation, ...]]:
        """Return the parts and the citations of an answer from the decided measures."""
        phrases = phrases_for(question.traditional, question.english)
        writer = _Writer()
        documents = list(dict.fromkeys(self._evidence.document_ids[r] for r in decision.answers))
        many = len(documents) > 1
        named = bool(question.documents) and not many
        for document in documents:
            rows = [r for r in decision.answers if self._evidence.document_ids[r] == document]
            if not named:
                writer.place(self._corpus.by_id[document].meta.region, phrases.colon)
            for row in rows:
                if named and len(rows) > 1:
                    writer.line("")
                elif row != rows[0]:
                    writer.phrase(phrases.also)
                further = many or row != rows[0]
                self._quote(writer, question, scored, row, phrases, many=further, brief=bool(decision.part))
        if many and decision.silent:
            names = phrases.separator.join(self._corpus.by_id[d].meta.region for d in decision.silent)
            writer.line(phrases.silent.format(names))
        return tuple(writer.parts), tuple(writer.citations)

    def abstention(self, question: ParsedQuestion) -> tuple[AnswerPart, ...]:
        """Return the parts of an answer that says that the documents do not rule on the question."""
        phrases = phrases_for(question.traditional, question.english)
        text = phrases.not_ruled
        if question.lapsed:
            text += phrases.lapsed.format(phrases.separator.join(question.lapsed))
        if question.uncovered:
            regions = phrases.separator.join(d.meta.region for d in self._corpus.documents)
            text += phrases.not_covered.format(phrases.separator.join(question.uncovered))
            text += phrases.covered.format(regions)
        return (AnswerPart("phrase", text),)

    def correction(
        self, question: ParsedQuestion, sentence: int
    ) -> tuple[tuple[AnswerPart, ...], tuple[Citation, ...]]:
        """Return what follows an abstention whose question takes another value for granted than `sentence` states."""
        writer = _Writer()
        writer.phrase(phrases_for(question.traditional, question.english).otherwise)
        measure = self._measure(int(self._evidence.sentence_measure[sentence]))
        span = _trimmed(self._units.sentences[sentence].span, measure.text)
        writer.quote(cite(self._corpus, measure, span), ())
        return tuple(writer.parts), tuple(writer.citations)

    def nearest(
        self, question: ParsedQuestion, decision: Decision, scored: Scored, cited: Sequence[Citation] = ()
    ) -> tuple[Citation, ...]:
        """Return the nearest clauses of an abstention, the best sentence of each; none that is cited already."""
        shown = {c.measure_id for c in cited}
        out = []
        for row in [r for r in decision.ranking if self._evidence.measure_ids[r] not in shown][:_NEAREST]:
            spans = self._spans(question, scored, row, 1)
            measure = self._measure(row)
            out.append(cite(self._corpus, measure, spans[0]))
        return tuple(out)

    def _measure(self, row: int) -> Measure:
        return self._corpus.measures[self._evidence.measure_ids[row]]

    def _quote(
        self,
        writer: _Writer,
        question: ParsedQuestion,
        scored: Scored,
        row: int,
        phrases: Phrases,
        many: bool,
        brief: bool,
    ) -> None:
        measure = self._measure(row)
        budget = _BUDGET_OF_MANY if many else _BUDGET
        spans = [self._heading(measure)] if brief else self._spans(question, scored, row, budget)
        starts = {_trimmed(s.span, measure.text).start for s in self._sentences(row)}
        ends = {_trimmed(s.span, measure.text).end for s in self._sentences(row)}
        before: Span | None = None
        for span in spans:
            skipped = before is not None and span.start > before.end
            if not brief and (skipped or span.start not in starts):
                writer.phrase(phrases.gap)
            writer.quote(cite(self._corpus, measure, span), self._key(question, row, span))
            before = span
        if before is not None and not brief and before.end not in ends:
            writer.phrase(phrases.gap)

    def _sentences(self, row: int) -> Sequence[Sentence]:
        return self._units.sentences[int(self._evidence.sentence_start[row]) : self._ends[row]]

    @staticmethod
    def _heading(measure: Measure) -> Span:
        """Where a measure's own heading stands; its whole first sentence where it has none."""
        start = measure.text.find(measure.heading) if measure.heading else 0
        return Span(start, start + len(measure.heading)) if measure.heading else Span(0, len(measure.text))

    def _spans(self, question: ParsedQuestion, scored: Scored, row: int, budget: int) -> list[Span]:
        """The sentences to quote, in reading order, neighbours joined; at least the best one."""
        whole = range(int(self._evidence.sentence_start[row]), self._ends[row])
        headings = bool(question.kinds & _HEADING_KINDS) and not question.wants
        rows = [i for i in whole if headings or not self._units.sentences[i].heading] or whole
        ranked = sorted(rows, key=lambda i: (-float(scored.sentence_rank[i]), i))
        chosen = self._deciding(question, scored, ranked)
        best = float(scored.sentence_rank[chosen[0]])
        close = _CLOSE_TO_VALUE if any(self._meets(question, i) for i in chosen) else _CLOSE
        used = sum(len(self._text(i)) for i in chosen)
        for i in ranked:
            size = len(self._text(i))
            if i in chosen or float(scored.sentence_rank[i]) < best - close or used + size > budget:
                continue
            chosen.append(i)
            used += size
        return self._joined(question, sorted(chosen), row)

    def _deciding(self, question: ParsedQuestion, scored: Scored, ranked: Sequence[int]) -> list[int]:
        """The best sentence for each value asked for, or one that says who acts; else the best sentence of all."""
        found = []
        for want in question.wants:
            holding = [i for i in ranked if any(want.met_by(f) for f in self._evidence.facts[i])]
            found += holding[:1]
        if not found and "who" in question.kinds and not question.kinds & _LISTING:
            best = float(scored.sentence_rank[ranked[0]])
            acting = [i for i in ranked if AGENT.search(self._text(i))]
            found = [i for i in acting[:1] if float(scored.sentence_rank[i]) >= best - _CLOSE]
        return list(dict.fromkeys(found)) or [ranked[0]]

    def _meets(self, question: ParsedQuestion, sentence: int) -> bool:
        """Whether a sentence states a value of a kind asked for."""
        return any(w.met_by(f) for f in self._evidence.facts[sentence] for w in question.wants)

    def _text(self, sentence: int) -> str:
        return self._units.sentences[sentence].search

    def _joined(self, question: ParsedQuestion, sentences: Sequence[int], row: int) -> list[Span]:
        text = self._measure(row).text
        spans: list[Span] = []
        for i in sentences:
            span = self._cut(question, i, _trimmed(self._units.sentences[i].span, text), text)
            if (
                spans
                and text[spans[-1].end : span.start].strip() == ""
                and "\n" not in text[spans[-1].end : span.start]
            ):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return spans

    def _cut(self, question: ParsedQuestion, sentence: int, span: Span, text: str) -> Span:
        """The clauses of a long sentence that hold the values asked for."""
        met = (f.span for f in self._evidence.facts[sentence] if any(w.met_by(f) for w in question.wants))
        inside = [Span(f.start - span.start, f.end - span.start) for f in met if f.end <= span.end]
        cut = cut_around(span.of(text), inside)
        return Span(span.start + cut.start, span.start + cut.end)

    def _key(self, question: ParsedQuestion, row: int, span: Span) -> tuple[tuple[int, int], ...]:
        """The deciding words inside a quoted span: values of the kind asked for, or the units asked for."""
        measure = self._measure(row)
        found: list[Span] = []
        for i in range(int(self._evidence.sentence_start[row]), self._ends[row]):
            found += [f.span for f in self._evidence.facts[i] if any(w.met_by(f) for w in question.wants)]
        if "responsible" in question.kinds:
            found += measure.leads if "lead" in question.kinds and measure.leads else measure.units
        return tuple(
            (f.start - span.start, f.end - span.start) for f in found if span.start <= f.start and f.end <= span.end
        )


class _Writer:
    """Collects parts and numbers the citations in reading order."""

    def __init__(self) -> None:
        self.parts: list[AnswerPart] = []
        self.citations: list[Citation] = []

    def line(self, text: str) -> None:
        """Begin a new line with a fixed phrase."""
        start = "\n" if self.parts else ""
        if start or text:
            self.parts.append(AnswerPart("phrase", start + text))

    def place(self, name: str, colon: str) -> None:
        """Begin a new line with the name of a place."""
        self.line("")
        self.parts += [AnswerPart("fact", name), AnswerPart("phrase", colon)]

    def phrase(self, text: str) -> None:
        """Add a fixed phrase."""
        if text:
            self.parts.append(AnswerPart("phrase", text))

    def quote(self, citation: Citation, key: tuple[tuple[int, int], ...]) -> None:
        """Add a quote with its mark."""
        self.citations.append(citation)
        self.parts.append(AnswerPart("quote", citation.quote, len(self.citations), key))


def _trimmed(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
