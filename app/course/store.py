"""Courses kept in one SQLite file; what was acknowledged is on the disk."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from app.course.types import Course, check_course
from app.sqlite_file import SqliteFile
from corpus.errors import CourseError, CourseRefusedError

_MIGRATIONS = (
    (
        """CREATE TABLE courses (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            changed TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT""",
    ),
)


class Courses(Protocol):
    """Where courses are kept; each call returns once what it did is kept for good."""

    def all(self) -> tuple[Course, ...]:
        """Return every course, the last changed one first; :raises CourseError: they cannot be read."""

    def get(self, course_id: str) -> Course:
        """Return a course.

        :raises CourseRefusedError: there is none of that id. :raises CourseError: it cannot be read.
        """

    def save(self, course: Course) -> Course:
        """Keep a course, a new one where its id is empty, and return it with its id and its next version.

        :raises CourseRefusedError: it is over a limit, gone, or was changed since it was opened.
        :raises CourseError: it cannot be kept.
        """

    def delete(self, course_id: str) -> None:
        """Forget a course; :raises CourseRefusedError: there is none. :raises CourseError: it cannot be done."""


class SqliteCourses:
    """Courses in a SQLite file: WAL, every commit synced, a connection of its own for each call."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._file = SqliteFile(path, "file of courses", _MIGRATIONS, CourseError)
        self._now = now

    def all(self) -> tuple[Course, ...]:
        """See `Courses.all`."""
        if not self._file.path.exists():
            return ()
        with self._file.writing() as connection:
            rows = connection.execute("SELECT body, version, changed FROM courses ORDER BY changed DESC, id").fetchall()
        return tuple(_course(row) for row in rows)

    def get(self, course_id: str) -> Course:
        """See `Courses.get`."""
        with self._file.writing() as connection:
            row = connection.execute("SELECT body, version, changed FROM courses WHERE id = ?", (course_id,)).fetchone()
        if row is None:
            raise _gone(course_id)
        return _course(row)

    def save(self, course: Course) -> Course:
        """See `Courses.save`."""
        checked = check_course(course)
        with self._file.writing() as connection:
            held = connection.execute("SELECT version FROM courses WHERE id = ?", (checked.id,)).fetchone()
            kept = _next(checked, None if held is None else int(held[0]), self._now())
            connection.execute(
                "INSERT INTO courses (id, name, version, changed, body) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version, "
                "changed = excluded.changed, body = excluded.body",
                (kept.id, kept.name, kept.version, kept.changed, _body(kept)),
            )
        return kept

    def delete(self, course_id: str) -> None:
        """See `Courses.delete`."""
        with self._file.writing() as connection:
            if connection.execute("DELETE FROM courses WHERE id = ?", (course_id,)).rowcount == 0:
                raise _gone(course_id)


class ListedCourses:
    """A fake that keeps courses in memory; `failing` makes every call fail."""

    def __init__(self, now: Callable[[], datetime] = datetime.now, failing: bool = False) -> None:
        self.held: dict[str, Course] = {}
        self.failing = failing
        self._now = now

    def all(self) -> tuple[Course, ...]:
        """See `Courses.all`."""
        self._fail()
        return tuple(sorted(self.held.values(), key=lambda c: (c.changed, c.version), reverse=True))

    def get(self, course_id: str) -> Course:
        """See `Courses.get`."""
        self._fail()
        if course_id not in self.held:
            raise _gone(course_id)
        return self.held[course_id]

    def save(self, course: Course) -> Course:
        """See `Courses.save`."""
        self._fail()
        checked = check_course(course)
        held = self.held.get(checked.id)
        kept = _next(checked, held.version if held else None, self._now())
        self.held[kept.id] = kept
        return kept

    def delete(self, course_id: str) -> None:
        """See `Courses.delete`."""
        self.get(course_id)
        del self.held[course_id]

    def _fail(self) -> None:
        if self.failing:
            raise CourseError("the file of courses 'fake' cannot be used (asked to fail): it is a fake")


def course_to_dict(course: Course) -> dict[str, Any]:
    """Return a course as JSON values, as it is kept and as the page has it."""
    return {
        "id": course.id,
        "name": course.name,
        "topics": list(course.topics),
        "places": list(course.places),
        "labels": dict(course.labels),
        "notes": dict(course.notes),
        "seed": course.seed,
        "size": course.size,
        "version": course.version,
        "changed": course.changed,
    }


def course_from_dict(row: dict[str, Any]) -> Course:
    """Return the course of `course_to_dict`'s values.

    :raises KeyError, TypeError: values are missing or of another kind.
    """
    return Course(
        id=row["id"],
        name=row["name"],
        topics=tuple(row["topics"]),
        places=tuple(row["places"]),
        labels=tuple(row["labels"].items()),
        notes=tuple(row["notes"].items()),
        seed=row["seed"],
        size=row["size"],
        version=row.get("version", 0),
        changed=row.get("changed", ""),
    )


def _body(course: Course) -> str:
    return json.dumps(course_to_dict(course), ensure_ascii=False)


def _course(row: Sequence[Any]) -> Course:
    try:
        return replace(course_from_dict(json.loads(row[0])), version=row[1], changed=row[2])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"a kept course does not read ({type(error).__name__}: {error}): use the program that wrote it"
        ) from error


def _next(course: Course, held: int | None, now: datetime) -> Course:
    """The course with its id, its next version and the time; `held`: the version that is kept, None where none is."""
    if course.id and held is None:
        raise _gone(course.id)
    if held is not None and held != course.version:
        raise CourseRefusedError(
            f"the course {course.id!r} was changed elsewhere (version {held}, not {course.version}): open it again",
            "course_changed",
        )
    return replace(
        course,
        id=course.id or uuid.uuid4().hex[:12],
        version=(held or 0) + 1,
        changed=now.isoformat(timespec="microseconds"),
    )


def _gone(course_id: str) -> CourseRefusedError:
    return CourseRefusedError(
        f"there is no course {course_id!r}: it was deleted; `dudao course list` names those kept", "course_gone"
    )
