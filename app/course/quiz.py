"""A quiz from topics and places: every question that the documents allow, and a balanced choice of them by seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from app.course.quiz_bench import Bench
from app.course.quiz_pick import Picker
from app.course.quiz_rule_forms import rule_questions
from app.course.quiz_source_forms import source_questions
from app.course.quiz_truth import Truth, plain
from app.course.quiz_types import KINDS, About, Question, QuestionKind, Quiz
from app.course.quiz_unit_forms import unit_questions
from app.course.quiz_value_forms import value_questions
from app.topics.types import TopicMap
from corpus.errors import CourseRefusedError
from corpus.load import Corpus
from corpus.types import Span

DEFAULT_SIZE = 40
MOST = 1000
# What few documents state takes no more than this share, or their turns would be filled with it.
_MOST_OF: dict[About, float] = {"lead": 0.05, "document": 0.08}
# Shares of a quiz, those kinds first that need several clauses; what one cannot fill is filled by the others.
_SHARES: dict[QuestionKind, float] = {"match": 0.05, "multiple": 0.15, "fill": 0.2, "judge": 0.2, "single": 0.4}


def make_quiz(
    corpus: Corpus,
    topics: TopicMap,
    topic_ids: Sequence[str],
    document_ids: Sequence[str],
    seed: int = 1,
    size: int = DEFAULT_SIZE,
    title: str = "",
    truth: Truth | None = None,
    without: Iterable[Question] = (),
) -> Quiz:
    """Return the quiz of chosen topics and places; the same choice and seed give the same quiz, letter for letter.

    size: how many questions at most; fewer where the chosen clauses allow no more. truth: of the corpus, where it has
    been read already. without: questions of other quizzes, none of which is asked again.
    :raises CourseRefusedError: no topic, no place or no question at all, or a size that is not 1 to 1000.
    """
    if not topic_ids or not document_ids:
        raise CourseRefusedError(
            "a quiz needs at least one topic and one place: choose some in the course", "course_nothing_chosen"
        )
    if not 1 <= size <= MOST:
        raise CourseRefusedError(
            f"a quiz of {size} questions is not made: ask for 1 to {MOST}",
            "course_quiz_numbers",
            most=MOST,
            seed=999_999,
        )
    bench = Bench(corpus, truth or Truth(corpus), Picker(seed), _chosen(topics, topic_ids, document_ids))
    asked = {content(q) for q in without}
    places = [d for d in document_ids if d in corpus.by_id]
    pool = [q for q in all_questions(bench, places) if content(q) not in asked]
    chosen = _balanced(bench.picker, pool, size)
    if not chosen:
        raise CourseRefusedError(
            "no question can be made from the chosen clauses: they state no value, no unit and no rule of their own; "
            "choose more topics or places",
            "course_no_question",
        )
    return Quiz(title, seed, tuple(sorted(chosen, key=lambda q: list(KINDS).index(q.kind))))


def all_questions(bench: Bench, document_ids: Sequence[str]) -> tuple[Question, ...]:
    """Return every question that the bench's measures allow under its seed; no two are the same."""
    found: dict[tuple[str, ...], Question] = {}
    for question in _made(bench, document_ids):
        found.setdefault(content(question), question)
    return tuple(found.values())


def _made(bench: Bench, document_ids: Sequence[str]) -> Iterable[Question]:
    for document_id in document_ids:
        yield from value_questions(bench, document_id)
        yield from unit_questions(bench, document_id)
        yield from source_questions(bench, document_id)
    yield from rule_questions(bench, document_ids)


def content(question: Question) -> tuple[str, ...]:
    """Return what makes two questions the same: their kind, what is asked and what is right."""
    right = sorted(plain(option.text) for option in question.options if option.right)
    return (question.kind, plain(question.stem), *right, *sorted(plain(pair.left) for pair in question.pairs))


def _chosen(topics: TopicMap, topic_ids: Sequence[str], document_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names of the chosen topics by measure, for the measures of the chosen places."""
    names = {t.id: t.name for t in topics.topics}
    found: dict[str, tuple[str, ...]] = {}
    for topic_id in topic_ids:
        for measure_id in topics.measures_of(topic_id):
            if measure_id.partition("/")[0] in document_ids:
                found[measure_id] = (*found.get(measure_id, ()), names[topic_id])
    return found


def _balanced(picker: Picker, pool: Sequence[Question], size: int) -> list[Question]:
    """Questions of every kind, place and thing asked in turn.

    None gives away the answer of another while there are others to take.
    """
    left = picker.shuffled("quiz", pool, lambda q: q.id)
    chosen = _Chosen(size)
    for kind, share in _SHARES.items():
        _take(chosen, left, round(size * share), lambda q, kind=kind: q.kind == kind and chosen.is_new(q))  # type: ignore[misc]
    _take(chosen, left, size - len(chosen.questions), chosen.is_new)
    # a sentence shown twice, then more than one question a clause, only where the quiz would be shorter than asked
    _take(chosen, left, size - len(chosen.questions), chosen.asks_anew)
    _take(chosen, left, size - len(chosen.questions), lambda q: q.stem not in chosen.stems)
    _take(chosen, left, size - len(chosen.questions), lambda q: True)
    return chosen.questions


class _Chosen:
    """The questions chosen so far, with what they have used."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.questions: list[Question] = []
        self.stems: set[str] = set()
        self.claims: set[str] = set()
        self.spans: dict[str, list[Span]] = {}
        self.counts: Counter[str] = Counter()

    def is_new(self, question: Question) -> bool:
        """Whether no question chosen so far asks the same or shows a sentence that this one asks about."""
        most = _MOST_OF.get(question.about)
        if most is not None and self.counts[f"about {question.about}"] >= max(1, round(self.size * most)):
            return False
        if any(_meets(s, self.spans.get(i, ())) for i, s in _shown(question)):
            return False
        return self.asks_anew(question)

    def asks_anew(self, question: Question) -> bool:
        """Whether no question chosen so far asks the same, though one may show what this one asks."""
        return (question.kind == "match" or question.stem not in self.stems) and self.claims.isdisjoint(question.claims)

    def burden(self, question: Question) -> int:
        """How often its place, its topic and what it asks have had their turn."""
        return sum(self.counts[name] for name in _names(question))

    def add(self, question: Question) -> None:
        """Take a question in."""
        self.questions.append(question)
        self.stems.add(question.stem)
        self.claims.update(question.claims)
        for measure_id, span in _shown(question):
            self.spans.setdefault(measure_id, []).append(span)
        self.counts.update(_names(question))


def _shown(question: Question) -> list[tuple[str, Span]]:
    return [(citation.measure_id, Span(citation.start, citation.end)) for citation in question.shown]


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _names(question: Question) -> tuple[str, ...]:
    return (
        f"place {question.place}",
        f"topic {question.topic}",
        f"about {question.about}",
        f"about {question.about} {question.kind}",
        *(f"answer {answer}" for answer in question.answers[:1]),
    )


def _take(chosen: _Chosen, left: list[Question], count: int, fits: Callable[[Question], bool]) -> None:
    """Move up to `count` fitting questions over, each time the one whose place and topic had the fewest turns."""
    for _ in range(count):
        fitting = [q for q in left if fits(q)]
        if not fitting:
            return
        best = min(fitting, key=chosen.burden)
        left.remove(best)
        chosen.add(best)
