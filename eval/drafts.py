"""Questions written on the page: what is wrong with one, and appending it to a set of the office's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from app.evaluation import Draft, Kept, Refusal
from corpus.errors import InputError
from corpus.load import Corpus
from eval.lint import lint_one_more
from eval.load import append_question, question_of, read_questions
from eval.types import Question

_FILE = re.compile(r"[\w-]{1,40}")


def own_sets(folder: Path) -> tuple[Path, ...]:
    """Return the question files of the office, by name."""
    return tuple(sorted(folder.glob("*.jsonl"))) if folder.is_dir() else ()


def faults(draft: Draft, before: Sequence[Question], corpus: Corpus) -> tuple[Refusal, ...]:
    """Return what is wrong with a draft beside the questions there are, as keys of the page's sentences."""
    if not _FILE.fullmatch(draft.file):
        return (Refusal("eval_bad_file", draft.file),)
    if not draft.question.strip():
        return (Refusal("eval_rule_empty_question"),)
    try:
        question = question_of_draft(draft, before)
    except InputError as error:
        return (Refusal("eval_bad_row", str(error)),)
    found = lint_one_more(question, before, corpus)
    return tuple(Refusal("eval_rule_" + finding.rule.replace("-", "_"), finding.about) for finding in found)


def append(draft: Draft, folder: Path, before: Sequence[Question], corpus: Corpus) -> Kept | tuple[Refusal, ...]:
    """Append a draft without fault to its set, made where it is new; else return the faults.

    before: all questions there are, of every set.
    """
    if found := faults(draft, before, corpus):
        return found
    question = question_of_draft(draft, before)
    path = folder / f"{draft.file}.jsonl"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        append_question(path, question)
    except OSError as error:
        return (Refusal("eval_not_written", error.strerror or str(error)),)
    return Kept(question.id, draft.file)


def question_of_draft(draft: Draft, before: Sequence[Question]) -> Question:
    """Return the question of a draft, with the next id of its set.

    :raises InputError: a field does not fit.
    """
    new_id = next_id(draft.file, before)
    row = {
        "id": new_id,
        "group": draft.group.strip() or new_id,
        "kind": draft.kind,
        "lang": draft.lang,
        "style": draft.style,
        "question": draft.question.strip(),
        "history": list(draft.history),
        "gold": list(draft.gold),
        "ok": list(draft.ok),
        "nuggets": [list(wordings) for wordings in draft.nuggets],
        "anti": list(draft.anti),
        "answerable": bool(draft.gold),
    }
    return question_of(row, "the draft")


def next_id(file: str, before: Sequence[Question]) -> str:
    """Return the first id after those of the form `<file>-<number>`."""
    numbers = [int(q.id.rsplit("-", 1)[1]) for q in before if re.fullmatch(re.escape(file) + r"-\d+", q.id)]
    return f"{file}-{max(numbers, default=0) + 1:03d}"


def questions_in(paths: Sequence[Path]) -> tuple[Question, ...]:
    """Return the questions of files, ids not looked up.

    :raises InputError: a file does not read or a row is malformed.
    """
    return tuple(question for path in paths for _, question in read_questions(path))
