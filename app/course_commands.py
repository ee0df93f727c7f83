"""`dudao course list`, `export` and `quiz`: the courses that the page keeps, their files, and their quizzes."""

from __future__ import annotations

import argparse
import json

from app.course.files import KINDS, CourseFiles
from app.course.quiz_wire import quiz_to_dict
from app.course.store import SqliteCourses
from app.course.types import Course
from app.course_cli import EVERYTHING
from app.material import Material
from app.material_opened import open_material
from app.settings import Settings
from app.talk import local_time
from app.wording import wording
from corpus.errors import InputError


def list_courses(args: argparse.Namespace, settings: Settings) -> int:
    """Print id, time of change, name and size of every course."""
    for course in SqliteCourses(settings.courses_file, local_time).all():
        held = f"{len(course.topics)} 个专题，{len(course.places)} 个地区"
        print(f"{course.id}  {course.changed[:16]}  {course.name}（{held}）")
    return 0


def export_course(args: argparse.Namespace, settings: Settings) -> int:
    """Write the files of a course and print their names.

    :raises InputError: there is no such course, nothing can be made of it, or a folder cannot be written.
    """
    files = CourseFiles(open_material(settings))
    course = _course(args.course, files.material, settings)
    made = local_time()
    for kind in args.kind or KINDS:
        file = files.make(course, kind, wording(None), made, args.public)
        path = args.out / file.name
        try:
            args.out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        except OSError as error:
            raise InputError(f"{str(path)!r} cannot be written ({error.strerror}): choose another --out") from error
        print(path)
    return 0


def print_quiz(args: argparse.Namespace, settings: Settings) -> int:
    """Print the quiz of a course; `python -m tools.check_quiz FILE` proves it."""
    files = CourseFiles(open_material(settings))
    course = _course(args.course, files.material, settings)
    seed = course.seed if args.seed is None else args.seed
    size = course.size if args.size is None else args.size
    changed = Course(course.id, course.name, course.topics, course.places, seed=seed, size=size)
    print(json.dumps(quiz_to_dict(files.quiz(changed)), ensure_ascii=False, indent=1))
    return 0


def _course(course_id: str, material: Material, settings: Settings) -> Course:
    if course_id == EVERYTHING:
        topics = tuple(t.id for t in material.topics.topics)
        return Course("", "教育督导政策", topics, tuple(material.corpus.by_id))
    return SqliteCourses(settings.courses_file, local_time).get(course_id)
