"""A course as it is kept: chosen topics and places in an order, with the trainer's own notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import CourseRefusedError

NAME_CAP = 80
NOTE_CAP = 20_000  # letters of one note: some thirty printed pages
CHOSEN_CAP = 500  # topics or places
MOST_QUESTIONS = 500
MOST_SEED = 999_999


@dataclass(frozen=True, slots=True)
class Course:
    """A course; id: given by the store; version: counts its changes, so that two windows do not overwrite each other.

    topics, places: ids of topics and documents, in the order taught. labels: names of the places when last saved, so
    that one that is gone can still be named. notes: by topic, none of them empty. seed, size: of the quiz.
    changed: local time, ISO 8601.
    """

    id: str
    name: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    seed: int = 1
    size: int = 40
    version: int = 0
    changed: str = ""

    def note(self, topic_id: str) -> str:
        """Return the note on a topic, empty where there is none."""
        return dict(self.notes).get(topic_id, "")

    def label(self, document_id: str) -> str:
        """Return the name of a place as it was when the course was saved."""
        return dict(self.labels).get(document_id, document_id)


def check_course(course: Course) -> Course:
    """Return the course with its name trimmed.

    :raises CourseRefusedError: a name, a note, a number or the selection is over its limit.
    """
    name = " ".join(course.name.split())
    if not name:
        raise CourseRefusedError("the course has no name: give it one", "course_no_name")
    if len(name) > NAME_CAP:
        raise CourseRefusedError(
            f"the course's name has {len(name)} letters: at most {NAME_CAP} are kept", "course_name_long", most=NAME_CAP
        )
    for topic_id, note in course.notes:
        if len(note) > NOTE_CAP:
            raise CourseRefusedError(
                f"the note on {topic_id!r} has {len(note)} letters: at most {NOTE_CAP} are kept, shorten it",
                "course_note_long",
                length=len(note),
                most=NOTE_CAP,
            )
    _check_numbers(course)
    kept = tuple((topic_id, note) for topic_id, note in course.notes if note.strip())
    return replace(course, name=name, notes=kept)


def _check_numbers(course: Course) -> None:
    for chosen in (course.topics, course.places):
        if len(chosen) > CHOSEN_CAP or len(set(chosen)) < len(chosen):
            raise CourseRefusedError(
                f"the course chooses {len(chosen)} topics or places, or one of them twice: "
                f"at most {CHOSEN_CAP} different ones are kept",
                "course_chosen",
                most=CHOSEN_CAP,
            )
    if not 1 <= course.size <= MOST_QUESTIONS or not 0 <= course.seed <= MOST_SEED:
        raise CourseRefusedError(
            f"a quiz of {course.size} questions with seed {course.seed} is not made: ask for 1 to {MOST_QUESTIONS} "
            f"questions and a seed of 0 to {MOST_SEED}",
            "course_quiz_numbers",
            most=MOST_QUESTIONS,
            seed=MOST_SEED,
        )


def check_chosen(topics: Sequence[str], places: Sequence[str]) -> None:
    """Check that there is something to make material of.

    :raises CourseRefusedError: no topic or no place is chosen.
    """
    if not topics or not places:
        raise CourseRefusedError(
            "the course has no topic or no place: choose at least one of each", "course_nothing_chosen"
        )
