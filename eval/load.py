"""Reading question files: JSONL, one question a line, validated field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.errors import InputError
from eval.types import Question, QuestionSet

# TREC run and qrels files are separated by white space, so an id holds none.
_Id = Annotated[str, StringConstraints(pattern=r"^\S+$")]
_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _QuestionRow(BaseModel):
    """The border check of a question; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: _Id
    group: _Id | None = None
    kind: _Word
    lang: _Word
    style: _Word = "formal"
    question: str
    history: list[str] = []
    gold: list[_Id] = []
    ok: list[_Id] = []
    nuggets: list[Annotated[list[_Word], Field(min_length=1)]] = []
    anti: list[_Word] = []
    answerable: bool


def load_questions(paths: Sequence[Path], measure_ids: Collection[str]) -> QuestionSet:
    """Read question files; ids are unique over all of them.

    measure_ids: the ids that `gold` and `ok` may name.
    :raises InputError: a file does not read, a row is malformed (file, line and field are named), an id
        occurs twice, or a gold or ok id is unknown.
    """
    questions: list[Question] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, question in read_questions(path):
            where = f"{path.name}, line {number}"
            check_measures(question, measure_ids, where)
            if question.id in seen:
                raise InputError(f"{where}: field 'id': {question.id!r} occurs already in {seen[question.id]}")
            seen[question.id] = where
            questions.append(question)
    if not questions:
        raise InputError(f"no question in {', '.join(map(str, paths)) or 'no file'}")
    return QuestionSet(tuple(questions), {path.name: file_sha256(path) for path in paths})


def read_questions(path: Path) -> list[tuple[int, Question]]:
    """Read one file without looking its measure ids up: (1-based line number, question).

    :raises InputError: the file does not read, or a row is malformed.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the question file {str(path)!r} does not read: {error}") from error
    return [
        (number, parse_question(line, f"{path.name}, line {number}"))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]


def parse_question(line: str, where: str) -> Question:
    """Read one JSONL line; `where` is put before the message.

    :raises InputError: the line is no JSON object, or a field is at fault (it is named).
    """
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where}: not a JSON object: {error}") from error
    return question_of(row, where)


def question_of(row: object, where: str) -> Question:
    """Turn parsed JSON into a question.

    :raises InputError: a field is missing, unknown or of the wrong type.
    """
    try:
        entry = _QuestionRow.model_validate(row)
    except ValidationError as error:
        raise InputError(f"{where}: {_first_fault(error)}") from error
    return Question(
        id=entry.id,
        group=entry.group or entry.id,
        kind=entry.kind,
        lang=entry.lang,
        style=entry.style,
        question=entry.question,
        history=tuple(entry.history),
        gold=_unique(entry.gold),
        ok=_unique(entry.ok),
        nuggets=tuple(map(tuple, entry.nuggets)),
        anti=tuple(entry.anti),
        answerable=entry.answerable,
    )


def question_to_dict(question: Question) -> dict[str, Any]:
    """Return the JSON object of a question, fields in the order of the question files."""
    return {
        "id": question.id,
        "group": question.group,
        "kind": question.kind,
        "lang": question.lang,
        "style": question.style,
        "question": question.question,
        "history": list(question.history),
        "gold": list(question.gold),
        "ok": list(question.ok),
        "nuggets": [list(wordings) for wordings in question.nuggets],
        "anti": list(question.anti),
        "answerable": question.answerable,
    }


def append_question(path: Path, question: Question) -> None:
    """Append a question as a line of its own, also behind a last line that was left without its end.

    :raises OSError: the file cannot be written.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "\n" if text and not text.endswith("\n") else ""
    with path.open("a", encoding="utf-8") as file:
        file.write(gap + json.dumps(question_to_dict(question), ensure_ascii=False) + "\n")


def check_measures(question: Question, measure_ids: Collection[str], where: str) -> None:
    """Look up every gold and ok id.

    :raises InputError: one does not exist; it is named.
    """
    for field, ids in unknown_measures(question, measure_ids).items():
        raise InputError(
            f"{where}: field {field!r} of question {question.id!r}: the measure {ids[0]!r} does not exist "
            "(`dudao corpus list` names the documents)"
        )


def unknown_measures(question: Question, measure_ids: Collection[str]) -> Mapping[str, list[str]]:
    """Return the gold and ok ids that do not exist, by field; empty where all do."""
    fields = {"gold": question.gold, "ok": question.ok}
    found = {name: [i for i in ids if i not in measure_ids] for name, ids in fields.items()}
    return {name: ids for name, ids in found.items() if ids}


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    field = ".".join(map(str, fault["loc"]))
    value = "" if fault["type"] == "missing" else f", got {json.dumps(fault['input'], ensure_ascii=False)[:80]}"
    return f"field {field!r}: {fault['msg']}{value}" if field else f"{fault['msg']}{value}"
