"""A regulation by articles and a notice whose numbers restart make courses too; nothing asks for an id."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from app.course.files import KINDS, CourseFiles
from app.course.quiz_truth import plain
from app.course.types import Course
from app.material import gather_material
from app.wording import wording
from corpus.clean import clean_text
from corpus.load import Corpus
from corpus.parse import parse_document
from corpus.types import Metadata, PolicyDocument

TEXTS = Path(__file__).parents[2] / "corpus" / "kinds"
MADE = datetime(2026, 11, 22)


def document(name: str, region: str, genre: str) -> PolicyDocument:
    raw = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    meta = Metadata(name, region, (), "city", genre, "public", "0" * 64, title=f"{region}{genre}")
    return parse_document(meta, clean_text(raw, ()))


@pytest.fixture(scope="module")
def files() -> CourseFiles:
    documents = (document("notice", "安平县", "通知"), document("regulation", "平安市", "条例"))
    return CourseFiles(gather_material(Corpus(documents)))


@pytest.fixture(scope="module")
def course(files: CourseFiles) -> Course:
    topics = tuple(t.id for t in files.material.topics.topics)
    return Course("", "试讲", topics, ("regulation", "notice"), size=60)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_made(files: CourseFiles, course: Course, kind: str) -> None:
    assert len(files.make(course, kind, wording(None), MADE, public=True).data) > 1000


def test_questions_stand_on_the_text_and_ask_for_no_number_of_an_article(files: CourseFiles, course: Course) -> None:
    quiz = files.quiz(course)
    assert len(quiz.questions) >= 10
    for question in quiz.questions:
        assert not re.search(r"第[一二三四五六七八九十]*（　　）", question.stem)
        assert not re.match(r"按照[^，]+，（[一二三]）", question.stem)
        if question.kind == "fill" and question.about == "value":
            said = question.stem.partition("，")[2].replace("（　　）", question.answers[0])
            text = files.material.corpus.measures[question.measure].text
            assert plain(said) in plain(text)


def test_rules_that_lean_on_others_are_not_asked(files: CourseFiles, course: Course) -> None:
    asked = [q.stem for q in files.quiz(course).questions if q.about == "rule"]
    assert asked and not any(re.search("前款|前条|下列|本章", stem) for stem in asked)
