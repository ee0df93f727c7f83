"""The addresses of courses: preparing, keeping, copying and forgetting them, their files and their quiz."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.course.contents import label_of
from app.course.files import CourseFiles
from app.course.page import clauses_html, editor_html, list_html
from app.course.quiz_page import quiz_html
from app.course.store import Courses, course_to_dict
from app.course.types import NAME_CAP, Course
from app.download import attachment
from app.markup import escape
from app.material import Material
from app.messages import failure_of
from app.routes import words_of
from app.wording import Wording
from corpus.errors import CourseError, CourseRefusedError, DudaoError, InputError

_LOG = logging.getLogger(__name__)


class CourseBody(BaseModel):
    """A course as the page hands it in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field("", max_length=40)
    name: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    notes: dict[str, str] = {}
    seed: int = 1
    size: int = 40
    version: int = 0


def add_course_routes(
    app: FastAPI, material: Material, courses: Courses, now: Callable[[], datetime], evaluation: bool
) -> None:
    """Add the addresses to `app`; evaluation: whether there is a tab of it."""
    files = CourseFiles(material)
    _add_pages(app, files, courses, now, evaluation)
    _add_changes(app, material, courses)
    _add_files(app, files, courses, now, evaluation)


def _add_pages(
    app: FastAPI, files: CourseFiles, courses: Courses, now: Callable[[], datetime], evaluation: bool
) -> None:
    material = files.material

    @app.get("/course")
    def all_courses(request: Request) -> Response:
        words = words_of(request)
        try:
            return HTMLResponse(list_html(courses.all(), words, evaluation))
        except CourseError as error:
            return HTMLResponse(list_html((), words, evaluation, _sentence(error, words)), 503)

    @app.get("/course/new")
    def new_course(request: Request) -> Response:
        return HTMLResponse(editor_html(Course("", "", (), ()), material, words_of(request), evaluation))

    @app.get("/course/clauses/{topic_id}")
    def clauses(request: Request, topic_id: str, places: str = "") -> Response:
        words = words_of(request)
        try:
            course = Course("", "", (topic_id,), tuple(p for p in places.split(",") if p))
            contents = files.contents(course, now())
        except InputError as error:
            return HTMLResponse(f'<p class="none">{escape(_sentence(error, words))}</p>', 400)
        return HTMLResponse(clauses_html(contents, contents.parts[0], words))

    @app.get("/course/{course_id}")
    def one_course(request: Request, course_id: str) -> Response:
        words = words_of(request)
        try:
            return HTMLResponse(editor_html(courses.get(course_id), material, words, evaluation))
        except (CourseError, CourseRefusedError) as error:
            return HTMLResponse(list_html((), words, evaluation, _sentence(error, words)), _status(error))


def _add_changes(app: FastAPI, material: Material, courses: Courses) -> None:

    @app.post("/course/save")
    def save(request: Request, body: CourseBody) -> Response:
        labels = tuple((i, label_of(material, i)) for i in body.places if i in material.corpus.by_id)
        try:
            known = courses.get(body.id).labels if body.id else ()
            course = Course(
                id=body.id,
                name=body.name,
                topics=body.topics,
                places=body.places,
                labels=tuple({**dict(known), **dict(labels)}.items()),
                notes=tuple(body.notes.items()),
                seed=body.seed,
                size=body.size,
                version=body.version,
            )
            return JSONResponse(course_to_dict(courses.save(course)))
        except (CourseError, CourseRefusedError) as error:
            return _refused(error, words_of(request))

    @app.post("/course/{course_id}/copy")
    def copy(request: Request, course_id: str) -> Response:
        words = words_of(request)
        try:
            held = courses.get(course_id)
            name = f"{held.name[: NAME_CAP - 6]} {words('course_copy_mark')}"
            return JSONResponse(course_to_dict(courses.save(replace(held, id="", version=0, name=name))))
        except (CourseError, CourseRefusedError) as error:
            return _refused(error, words)

    @app.post("/course/{course_id}/delete")
    def delete(request: Request, course_id: str) -> Response:
        try:
            courses.delete(course_id)
        except (CourseError, CourseRefusedError) as error:
            return _refused(error, words_of(request))
        return JSONResponse({"deleted": course_id})


def _add_files(
    app: FastAPI, files: CourseFiles, courses: Courses, now: Callable[[], datetime], evaluation: bool
) -> None:

    @app.get("/course/{course_id}/file/{kind}")
    def file(request: Request, course_id: str, kind: str, public: bool = False) -> Response:
        words = words_of(request)
        origin = str(request.base_url).rstrip("/")
        try:
            made = files.make(courses.get(course_id), kind, words, now(), public, origin)
        except (CourseError, InputError) as error:
            return _refused(error, words)
        return Response(made.data, media_type=made.media, headers={"content-disposition": attachment(made.name)})

    @app.get("/course/{course_id}/quiz")
    def quiz(request: Request, course_id: str) -> Response:
        words = words_of(request)
        try:
            course = courses.get(course_id)
            contents = files.contents(course, now())
            facts = contents.origin.lines(words)
            return HTMLResponse(quiz_html(files.quiz(course), course.id, facts, words, evaluation))
        except (CourseError, InputError) as error:
            return HTMLResponse(list_html((), words, evaluation, _sentence(error, words)), _status(error))


def _refused(error: DudaoError, words: Wording) -> Response:
    return JSONResponse({"error": _sentence(error, words)}, _status(error))


def _status(error: DudaoError) -> int:
    if isinstance(error, CourseRefusedError):
        return {"course_gone": 404, "course_changed": 409, "course_no_kind": 404}.get(error.key, 400)
    return 400 if isinstance(error, InputError) else 503


def _sentence(error: DudaoError, words: Wording) -> str:
    """The sentence of the page for an error, as text."""
    if isinstance(error, CourseRefusedError):
        text = words(error.key)
        for name, value in error.values.items():
            text = text.replace(f"%{name}", str(value))
        return text
    _LOG.error("course refused: %s", error)
    return words("course_not_kept" if isinstance(error, CourseError) else failure_of(error))
