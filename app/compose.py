"""From decided measures to an answer: verbatim spans with marks, joined by fixed phrases alone."""

from __future__ import annotations

from collections.abc import Sequence

from app.citation import cite
from app.decide import Decision
from app.phrases import Phrases, both_names, in_traditional, phrases_for
from app.question import ParsedQuestion
from app.quoting import Quote, Quoter
from app.rank import Scored
from app.types import AnswerPart, Citation
from corpus.load import Corpus
from corpus.types import Measure, Span

_BUDGET, _BUDGET_OF_MANY = 240, 150  # code points of quotes from one measure, alone or beside other places
_NEAREST = 3


class Composer:
    """Writes answers; holds the corpus, who chooses quotes and the years spoken of, nothing of a question."""

    def __init__(self, corpus: Corpus, quoter: Quoter, years: frozenset[int]) -> None:
        self._corpus = corpus
        self._years = years
        self._quoter = quoter

    def answer(
        self, question: ParsedQuestion, decision: Decision, scored: Scored
    ) -> tuple[tuple[AnswerPart, ...], tuple[Citation, ...]]:
        """Return the parts and the citations of an answer from the decided measures.

        One place that was asked about and rules is quoted as it is. Otherwise each place has a line with its name, and
        what follows says which of the places asked about are silent and which no document covers. Where places are
        compared by name, each has its line in the order of the question, also one that is silent.
        """
        phrases = phrases_for(question.traditional, question.english)
        writer = _Writer()
        by_document: dict[str, list[int]] = {}
        for row in decision.answers:
            by_document.setdefault(self._quoter.measure(row).document_id, []).append(row)
        compared = "compare" in question.kinds and len(question.documents) > 1
        alone = len(question.documents) == 1 and not question.uncovered and not question.loose
        for document in question.documents if compared else by_document:
            rows = by_document.get(document, [])
            if alone and question.english:
                writer.frame(phrases.rules.format(self._named(question, document)))
            elif not alone:
                writer.place(self._named(question, document), phrases.colon)
            if not rows:
                writer.phrase(phrases.nothing)
            for row in rows:
                if alone and len(rows) > 1:
                    writer.line("")
                elif row != rows[0]:
                    writer.phrase(phrases.also)
                beside = len(by_document) > 1 or row != rows[0]
                self._quote(writer, question, scored, row, phrases, beside=beside, brief=bool(decision.part))
        self._close(writer, question, () if compared else decision.silent, phrases)
        return tuple(writer.parts), tuple(writer.citations)

    def _close(self, writer: _Writer, question: ParsedQuestion, silent: Sequence[str], phrases: Phrases) -> None:
        """Write which of the places asked about are silent, and which no document covers."""
        if silent:
            names = phrases.separator.join(self._named(question, document) for document in silent)
            writer.line(phrases.silent.format(names))
        if question.uncovered:
            writer.line(phrases.not_covered.format(self._uncovered(question, phrases)).strip())

    def abstention(self, question: ParsedQuestion) -> tuple[AnswerPart, ...]:
        """Return the parts of an answer that says that the documents do not rule on the question."""
        phrases = phrases_for(question.traditional, question.english)
        text = phrases.not_ruled
        if question.lapsed:
            text += phrases.lapsed.format(phrases.separator.join(question.lapsed))
        years = [str(year) for year in question.years if year not in self._years]
        if years:
            text += phrases.no_year.format(phrases.separator.join(years))
        if question.uncovered:
            held = phrases.separator.join(self._named(question, d.meta.id) for d in self._corpus.documents)
            text += phrases.not_covered.format(self._uncovered(question, phrases))
            text += phrases.covered.format(held)
        return (AnswerPart("phrase", text),)

    @staticmethod
    def _uncovered(question: ParsedQuestion, phrases: Phrases) -> str:
        names = phrases.separator.join(question.uncovered)
        return in_traditional(names) if question.traditional else names

    def correction(
        self, question: ParsedQuestion, sentence: int
    ) -> tuple[tuple[AnswerPart, ...], tuple[Citation, ...]]:
        """Return what is said to a question that takes for granted what `sentence` contradicts."""
        writer = _Writer()
        writer.phrase(phrases_for(question.traditional, question.english).otherwise)
        writer.quote(cite(self._corpus, *self._quoter.whole_sentence(sentence)), ())
        return tuple(writer.parts), tuple(writer.citations)

    def nearest(
        self, question: ParsedQuestion, decision: Decision, scored: Scored, cited: Sequence[Citation] = ()
    ) -> tuple[Citation, ...]:
        """Return the nearest clauses of an abstention, the best sentence of each; none that is cited already."""
        shown = {c.measure_id for c in cited}
        out = []
        for row in [r for r in decision.ranking if self._quoter.measure(r).id not in shown][:_NEAREST]:
            best = self._quoter.quotes(question, scored, row, 1)[0]
            out.append(cite(self._corpus, self._quoter.measure(row), best.span))
        return tuple(out)

    def _named(self, question: ParsedQuestion, document: str) -> str:
        return both_names(self._corpus.by_id[document].meta, question.traditional, question.english)

    def _quote(
        self,
        writer: _Writer,
        question: ParsedQuestion,
        scored: Scored,
        row: int,
        phrases: Phrases,
        beside: bool,
        brief: bool,
    ) -> None:
        """Write what is quoted of a measure. beside: other measures are quoted too; brief: its heading alone."""
        measure = self._quoter.measure(row)
        if brief:
            writer.quote(cite(self._corpus, measure, _heading(measure)), ())
            return
        budget = _BUDGET_OF_MANY if beside else _BUDGET
        quotes = self._quoter.quotes(question, scored, row, budget)
        before: Quote | None = None
        shown: set[str] = set()
        for quote in quotes:
            words = quote.span.of(measure.text)
            if words in shown:  # a date on the title page and at the end
                continue
            shown.add(words)
            if before and quote.span.start < before.span.end:
                writer.phrase(phrases.also)
            if not quote.opens or before and measure.text[before.span.end : quote.span.start].strip():
                writer.phrase(phrases.gap)
            writer.quote(cite(self._corpus, measure, quote.span), quote.key)
            before = quote
        if before and not before.closes:
            writer.phrase(phrases.gap)
        lead = self._quoter.lead_by_rule(question, measure)
        if lead:
            unit, other, rule = lead
            asked = "lead" in question.kinds
            writer.line(phrases.lead if asked else phrases.lead_first)
            writer.quote(cite(self._corpus, measure, unit), ())
            if asked:
                writer.phrase(phrases.lead_rule)
                writer.quote(cite(self._corpus, other, rule), ())


def _heading(measure: Measure) -> Span:
    """Where a measure's own heading stands; its whole text where it has none."""
    start = measure.text.find(measure.heading) if measure.heading else 0
    return Span(start, start + len(measure.heading)) if measure.heading else Span(0, len(measure.text))


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

    def frame(self, text: str) -> None:
        """Begin with a fixed phrase that stands before the quotes of the one place asked about."""
        self.parts.append(AnswerPart("phrase", text))

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
