"""What every kind of question is made with: the corpus, what is true of it, the seed, names and citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.citation import cite
from app.course.quiz_pick import Picker, digest_of
from app.course.quiz_text import document_label, measure_title
from app.course.quiz_truth import Truth
from app.course.quiz_types import LETTERS, About, Difficulty, Option, Pair, Question, QuestionKind
from app.types import Citation
from corpus.load import Corpus
from corpus.types import Measure, Span

_HARD, _MEDIUM = 0.65, 0.45


@dataclass(frozen=True, slots=True)
class Bench:
    """topics: names of the topics that a measure rules on, by measure id; chosen measures alone are asked about."""

    corpus: Corpus
    truth: Truth
    picker: Picker
    topics: Mapping[str, tuple[str, ...]]

    def measures_of(self, document_id: str) -> tuple[Measure, ...]:
        """Return the chosen measures of a document in reading order."""
        return tuple(m for m in self.corpus.by_id[document_id].measures if m.id in self.topics)

    def label(self, document_id: str) -> str:
        """Return how a question names a document."""
        return document_label(self.corpus, self.corpus.by_id[document_id])

    def cite(self, measure: Measure, span: Span) -> Citation:
        """Return the citation of a span of a measure."""
        return cite(self.corpus, measure, span)

    def make(
        self,
        kind: QuestionKind,
        about: About,
        claim: str,
        measure: Measure,
        stem: str,
        citations: Sequence[Citation],
        reason: str,
        near: float,
        *,
        place: str | None = None,
        options: Sequence[Option] = (),
        answers: Sequence[str] = (),
        pairs: Sequence[Pair] = (),
    ) -> Question:
        """Return a question with its id; near: 0 to 1, how near what is wrong lies to what is right."""
        parts = [kind, stem, *(f"{o.text}{o.right}" for o in options), *answers[:1]]
        parts += [f"{p.left}\x01{p.right}" for p in pairs]
        return Question(
            id=digest_of(*parts),
            claim=claim,
            kind=kind,
            about=about,
            topic=next(iter(self.topics.get(measure.id, ())), ""),
            place=measure.document_id if place is None else place,
            measure=measure.id,
            stem=stem,
            options=tuple(options),
            answers=tuple(answers),
            pairs=tuple(pairs),
            citations=tuple(citations),
            reason=reason,
            difficulty=difficulty(near),
        )

    def origins(self, asked: Measure, options: Sequence[Option]) -> str:
        """Return where the wrong options come from, those of other measures alone."""
        groups: dict[str, list[str]] = {}
        for letter, option in zip(LETTERS, options, strict=False):
            if option.right or not option.source:
                continue
            other = self.corpus.measures[option.source]
            where = f"“{measure_title(other)}”" if other.heading else "另一处"
            if other.document_id != asked.document_id:
                said = f"见于{self.label(other.document_id)}{where}"
            elif other.id != asked.id:
                said = f"见于同一文件{where}，所指为另一事项"
            else:
                said = "见于同一条，所指为另一事项"
            groups.setdefault(said, []).append(letter)
        told = [f"{'、'.join(letters)}项{said}" for said, letters in groups.items()]
        return "；".join(told) + "。" if told else ""


def difficulty(near: float) -> Difficulty:
    """Return the difficulty for how near what is wrong lies to what is right, 0 to 1."""
    return "hard" if near >= _HARD else "medium" if near >= _MEDIUM else "easy"


def mean(numbers: Sequence[float]) -> float:
    """Return the mean of some numbers, 0 of none."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def quoted(citation: Citation, cap: int = 140) -> str:
    """Return the quote of a citation in quotation marks, on one line, a long one cut."""
    text = citation.quote.replace("\n", "")
    return f"“{text}”" if len(text) <= cap else f"“{text[:cap]}……”"
