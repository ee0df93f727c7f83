"""The files that a course is exported as: which there are, and making one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.course.contents import Contents, make_contents
from app.course.handout import handout
from app.course.quiz import make_quiz
from app.course.quiz_docx import quiz_docx
from app.course.quiz_gift import quiz_gift
from app.course.quiz_moodle import quiz_moodle
from app.course.quiz_truth import Truth
from app.course.quiz_types import Quiz
from app.course.quiz_xlsx import quiz_xlsx
from app.course.slides import slides
from app.course.types import Course
from app.download import file_name
from app.material import Material
from app.wording import Wording
from corpus.errors import CourseRefusedError

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. name: in Chinese, of the file and its button; suffix: with its dot; media: its type."""

    name: str
    suffix: str
    media: str


KINDS: dict[str, Kind] = {
    "handout": Kind("讲义", ".docx", f"{_OFFICE}.wordprocessingml.document"),
    "slides": Kind("课件", ".pptx", f"{_OFFICE}.presentationml.presentation"),
    "quiz-docx": Kind("测验（含答案页）", ".docx", f"{_OFFICE}.wordprocessingml.document"),
    "quiz-xlsx": Kind("测验题库表", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "quiz-gift": Kind("测验（Moodle GIFT）", ".gift.txt", "text/plain; charset=utf-8"),
    "quiz-xml": Kind("测验（Moodle XML）", ".xml", "application/xml"),
}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file made: its name to save under, its bytes and its media type."""

    name: str
    data: bytes
    media: str


class CourseFiles:
    """Makes the files of courses over one material; what it has read of the documents it keeps."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.truth = Truth(material.corpus)
        self._last: tuple[Course, Quiz] | None = None

    def contents(self, course: Course, made: datetime, public: bool = False) -> Contents:
        """Return what a course holds; raises as `make_contents` does."""
        return make_contents(self.material, course, made, public)

    def quiz(self, course: Course) -> Quiz:
        """Return the quiz of a course.

        :raises CourseRefusedError: nothing is chosen, or no question can be made of it.
        """
        topics = [t.id for t in self.material.topics.topics]
        last = self._last
        if last and last[0] == course:
            return last[1]  # one quiz is written in several formats, one after the other
        quiz = make_quiz(
            self.material.corpus,
            self.material.topics,
            [t for t in course.topics if t in topics],
            [p for p in course.places if p in self.material.corpus.by_id],
            course.seed,
            course.size,
            f"{course.name}测验",
            self.truth,
        )
        self._last = (course, quiz)
        return quiz

    def make(
        self, course: Course, kind: str, words: Wording, made: datetime, public: bool = False, origin: str = ""
    ) -> MadeFile:
        """Return one file of a course.

        public: whether it is meant for publication. origin: address that permalinks of a spreadsheet begin with.
        :raises CourseRefusedError: the kind is none, nothing can be made of the course, or what is internal would be
            made public.
        """
        if kind not in KINDS:
            raise CourseRefusedError(
                f"a course has no file of the kind {kind!r}: there are {', '.join(KINDS)}", "course_no_kind"
            )
        contents = self.contents(course, made, public)
        data = self._data(contents, kind, words, made, origin)
        which = KINDS[kind]
        return MadeFile(file_name(f"{course.name} {which.name} {made:%Y-%m-%d}", which.suffix), data, which.media)

    def _data(self, contents: Contents, kind: str, words: Wording, made: datetime, origin: str) -> bytes:
        if kind == "handout":
            return handout(contents, words, made)
        if kind == "slides":
            return slides(contents, words, made)
        return _quiz_data(self.quiz(contents.course), kind, contents.origin.lines(words), made, origin)


def _quiz_data(quiz: Quiz, kind: str, facts: Sequence[str], made: datetime, origin: str) -> bytes:
    if kind == "quiz-docx":
        return quiz_docx(quiz, facts, made)
    if kind == "quiz-xlsx":
        return quiz_xlsx(quiz, facts, made, origin)
    return quiz_gift(quiz, facts) if kind == "quiz-gift" else quiz_moodle(quiz, facts)
