"""The definitions of topics and the reviewed overrides: data beside this file, read and checked here alone."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.topics.types import Topic
from corpus.errors import CorpusError

TOPICS_FILE = Path(__file__).with_name("topics.toml")
OVERRIDES_FILE = Path(__file__).with_name("overrides.toml")
Pattern = re.Pattern[str]
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Definition:
    """A topic with the wordings that lead to it, all matched in the search layer; see topics.toml for each."""

    topic: Topic
    headings: tuple[Pattern, ...]
    parts: tuple[Pattern, ...]
    sentences: tuple[Pattern, ...]
    articles: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    terms: tuple[str, ...]
    decides: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """All topics in order; aims: headings of aims and principles."""

    topics: tuple[Definition, ...]
    aims: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A placement that a person has reviewed: whether `measure` serves `topic`, and why."""

    measure: str
    topic: str
    serves: bool
    reason: str
    reviewed: datetime.date


class _TopicRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    name: str = Field(min_length=1)
    scope: str = Field(min_length=1)
    headings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


class _OverrideRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    measure: str = Field(pattern=r"^[^/]+/[^/]+$")
    topic: str
    serves: bool
    reason: str = Field(min_length=1)
    reviewed: datetime.date


def load_definitions(path: Path = TOPICS_FILE) -> Definitions:
    """Return the topics of a file.

    :raises CorpusError: it does not read, an expression is no regular expression, or an id or a name stands twice.
    """
    data = _read(path)
    topics = tuple(_definition(_checked(_TopicRow, row, path), path) for row in data.get("topic", []))
    seen: set[str] = set()
    for key in (k for d in topics for k in (d.topic.id, d.topic.name)):
        if key in seen:
            raise CorpusError(f"the topics file {path.name!r} has {key!r} twice: merge the two topics")
        seen.add(key)
    return Definitions(topics, _patterns(data.get("aims", []), "aims", path))


def load_overrides(definitions: Definitions, path: Path = OVERRIDES_FILE) -> tuple[Override, ...]:
    """Return the overrides of a file.

    :raises CorpusError: it does not read, names a topic that is not defined, or rules twice on one placement.
    """
    rows = [_checked(_OverrideRow, row, path) for row in _read(path).get("override", [])]
    known = {d.topic.id for d in definitions.topics}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.topic not in known:
            raise CorpusError(
                f"the overrides file {path.name!r} names the topic {row.topic!r}: there are {', '.join(sorted(known))}"
            )
        if (row.measure, row.topic) in seen:
            raise CorpusError(
                f"the overrides file {path.name!r} rules twice on {row.measure!r} and {row.topic!r}: keep one"
            )
        seen.add((row.measure, row.topic))
    return tuple(Override(**row.model_dump()) for row in rows)


def _definition(row: _TopicRow, path: Path) -> Definition:
    fields = ("headings", "parts", "sentences", "articles", "unless", "decides")
    made = {name: _patterns(getattr(row, name), f"{row.id}.{name}", path) for name in fields}
    return Definition(Topic(row.id, row.name, row.scope), terms=row.terms, **made)


def _patterns(expressions: list[str] | tuple[str, ...], where: str, path: Path) -> tuple[Pattern, ...]:
    out = []
    for expression in expressions:
        try:
            out.append(re.compile(expression))
        except re.error as error:
            raise CorpusError(f"{path.name}: {where}: {expression!r} is no regular expression ({error})") from error
    return tuple(out)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"the topics file {path.name!r} does not read: {error}") from error


def _checked(model: type[_Model], row: object, path: Path) -> _Model:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CorpusError(f"{path.name}: {where!r}: {first['msg']}") from error
