"""Courses: their limits, and keeping them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.course.store import Courses, ListedCourses, SqliteCourses, course_from_dict, course_to_dict
from app.course.types import NAME_CAP, NOTE_CAP, Course, check_course
from corpus.errors import CourseError, CourseRefusedError

COURSE = Course(
    "",
    " 约谈  专题 ",
    ("interviews", "notices"),
    ("hainan", "dazu"),
    (("hainan", "海南省实施方案"),),
    (("notices", "注"),),
)


def clock() -> Callable[[], datetime]:
    at = [datetime(2026, 11, 22, 9)]

    def now() -> datetime:
        at[0] += timedelta(seconds=1)
        return at[0]

    return now


@pytest.fixture(params=["sqlite", "listed"])
def courses(request: pytest.FixtureRequest, tmp_path: Path) -> Courses:
    now = clock()
    return (
        SqliteCourses(tmp_path / "state" / "courses.sqlite3", now) if request.param == "sqlite" else ListedCourses(now)
    )


def test_a_course_is_kept_opened_changed_and_forgotten(courses: Courses) -> None:
    assert courses.all() == ()
    kept = courses.save(COURSE)
    assert (kept.name, kept.version) == ("约谈 专题", 1) and kept.id
    assert courses.get(kept.id) == kept
    again = courses.save(replace(kept, topics=("notices", "interviews"), notes=(("notices", "改"),)))
    assert (again.id, again.version, again.note("notices")) == (kept.id, 2, "改")
    assert courses.all() == (again,)
    courses.delete(kept.id)
    assert courses.all() == ()


def test_the_last_changed_course_comes_first(courses: Courses) -> None:
    first = courses.save(COURSE)
    second = courses.save(replace(COURSE, name="另一课程"))
    assert [c.id for c in courses.all()] == [second.id, first.id]
    courses.save(first)
    assert [c.id for c in courses.all()] == [first.id, second.id]


def test_a_course_changed_elsewhere_is_not_overwritten(courses: Courses) -> None:
    opened = courses.save(COURSE)
    courses.save(replace(opened, name="他人所改"))
    with pytest.raises(CourseRefusedError, match="changed elsewhere") as refused:
        courses.save(replace(opened, name="我所改"))
    assert refused.value.key == "course_changed"
    assert courses.get(opened.id).name == "他人所改"


def test_a_course_that_is_gone_says_so(courses: Courses) -> None:
    kept = courses.save(COURSE)
    courses.delete(kept.id)
    for call in (lambda: courses.get(kept.id), lambda: courses.delete(kept.id), lambda: courses.save(kept)):
        with pytest.raises(CourseRefusedError) as refused:
            call()
        assert refused.value.key == "course_gone"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": "  "}, "course_no_name"),
        ({"name": "课" * (NAME_CAP + 1)}, "course_name_long"),
        ({"notes": (("interviews", "注" * 100_000),)}, "course_note_long"),
        ({"topics": ("interviews", "interviews")}, "course_chosen"),
        ({"places": tuple(map(str, range(501)))}, "course_chosen"),
        ({"size": 0}, "course_quiz_numbers"),
        ({"size": 501}, "course_quiz_numbers"),
        ({"seed": -1}, "course_quiz_numbers"),
        ({"seed": 1_000_000}, "course_quiz_numbers"),
    ],
)
def test_what_is_over_a_limit_is_refused_and_nothing_is_kept(
    courses: Courses, change: dict[str, object], key: str
) -> None:
    with pytest.raises(CourseRefusedError) as refused:
        courses.save(replace(COURSE, **change))  # type: ignore[arg-type]
    assert refused.value.key == key
    assert courses.all() == ()


def test_a_note_of_a_hundred_thousand_letters_gets_one_plain_sentence() -> None:
    with pytest.raises(CourseRefusedError) as refused:
        check_course(replace(COURSE, notes=(("interviews", "注" * 100_000),)))
    assert str(refused.value) == "the note on 'interviews' has 100000 letters: at most 20000 are kept, shorten it"
    assert refused.value.values == {"length": 100_000, "most": NOTE_CAP}


def test_a_course_of_nothing_chosen_may_be_kept(courses: Courses) -> None:
    assert courses.save(replace(COURSE, topics=(), places=())).topics == ()


def test_blank_notes_are_not_kept() -> None:
    assert check_course(replace(COURSE, notes=(("a", " \n"), ("b", "x")))).notes == (("b", "x"),)


def test_json_brings_the_same_course_back() -> None:
    kept = replace(check_course(COURSE), id="abc", version=3, changed="2026-11-22T09:00:00")
    assert course_from_dict(course_to_dict(kept)) == kept


def test_the_file_is_for_this_account_alone_and_synced(tmp_path: Path) -> None:
    path = tmp_path / "courses.sqlite3"
    kept = SqliteCourses(path, clock()).save(COURSE)
    assert path.stat().st_mode & 0o077 == 0
    assert SqliteCourses(path, clock()).get(kept.id) == kept


@pytest.mark.parametrize("damage", ["newer", "garbage", "row"])
def test_a_file_that_does_not_read_is_one_sentence(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "courses.sqlite3"
    SqliteCourses(path, clock()).save(COURSE)
    if damage == "garbage":
        path.write_bytes(b"no database at all" * 100)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 9" if damage == "newer" else "UPDATE courses SET body = '{}'")
        connection.close()
    with pytest.raises(CourseError) as refused:
        SqliteCourses(path, clock()).all()
    assert "\n" not in str(refused.value)


def test_a_save_that_fails_leaves_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "courses.sqlite3"
    store = SqliteCourses(path, clock())
    kept = store.save(COURSE)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER no BEFORE UPDATE ON courses BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    connection.close()
    with pytest.raises(CourseError, match="disk full"):
        store.save(replace(kept, name="改"))
    assert store.get(kept.id) == kept


def test_the_fake_fails_when_asked() -> None:
    with pytest.raises(CourseError):
        ListedCourses(failing=True).all()
