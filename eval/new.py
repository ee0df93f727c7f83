"""Writing a question with the index at hand: ask, look at the clauses, name the gold, check the nuggets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from app.answering import Answering
from app.types import Answer
from corpus.errors import InputError
from corpus.load import Corpus
from eval.lint import lint_one_more
from eval.load import append_question, read_questions
from eval.types import Question

Ask = Callable[[str], str]
Say = Callable[[str], None]
_SHOWN = 8
_EXCERPT = 60


def write_question(
    answering: Answering, path: Path, ask: Ask, say: Say, others: Sequence[Question] = ()
) -> Question | None:
    """Lead through one new question and append it to `path`; None where it is given up.

    ask: shows a prompt and returns the line typed; say: shows a line. others: questions of other files, which the new
    one must not repeat.
    :raises InputError: the question is empty or the file does not read.
    """
    before = [question for _, question in read_questions(path)] if path.exists() else []
    text = ask("question: ").strip()
    history = tuple(
        filter(None, (part.strip() for part in ask("earlier questions, separated by | (none): ").split("|")))
    )
    answer = answering.ask(text, history)
    show_clauses(answer, answering.corpus, say)
    gold = choose(ask("gold, by number or id, separated by spaces (none: unanswerable): "), answer.retrieved)
    ok = choose(ask("ok, by number or id (none): "), answer.retrieved)
    nuggets = parse_nuggets(ask("nuggets, wordings separated by /, nuggets by ; (none): ")) if gold else ()
    anti = ask("wordings that must not appear, separated by ; (none): ").split(";")
    question = Question(
        id=ask(f"id ({_next_id(before)}): ").strip() or _next_id(before),
        group=ask("group (its own id): ").strip(),
        kind=ask("kind: ").strip() or "other",
        lang=ask("language, zh-Hans, zh-Hant or en (zh-Hans): ").strip() or "zh-Hans",
        style=ask("style (formal): ").strip() or "formal",
        question=text,
        history=history,
        gold=gold,
        ok=ok,
        nuggets=nuggets,
        anti=tuple(filter(None, map(str.strip, anti))),
        answerable=bool(gold),
    )
    return _keep(question, [*others, *before], answering.corpus, path, ask, say)


def show_clauses(answer: Answer, corpus: Corpus, say: Say) -> None:
    """Show what the index returns, numbered, with the first words of each measure."""
    for number, measure_id in enumerate(answer.retrieved[:_SHOWN], start=1):
        text = corpus.measures[measure_id].text.replace("\n", " ")
        say(f"{number}. {measure_id}  {text[:_EXCERPT]}{'…' if len(text) > _EXCERPT else ''}")


def choose(line: str, retrieved: Sequence[str]) -> tuple[str, ...]:
    """Return measure ids from numbers of the list shown and ids, each once.

    :raises InputError: a number is not in the list.
    """
    chosen = []
    for word in line.split():
        if not word.isdecimal():
            chosen.append(word)
        elif 1 <= int(word) <= min(len(retrieved), _SHOWN):
            chosen.append(retrieved[int(word) - 1])
        else:
            raise InputError(f"the list has no number {word}")
    return tuple(dict.fromkeys(chosen))


def parse_nuggets(line: str) -> tuple[tuple[str, ...], ...]:
    """Return the nuggets of `a/b; c`: one with two wordings and one with a single wording."""
    nuggets = (tuple(filter(None, map(str.strip, part.split("/")))) for part in line.split(";"))
    return tuple(wordings for wordings in nuggets if wordings)


def _keep(
    question: Question, before: Sequence[Question], corpus: Corpus, path: Path, ask: Ask, say: Say
) -> Question | None:
    kept = replace(question, group=question.group or question.id)
    for finding in lint_one_more(kept, before, corpus):
        say(str(finding))
    if ask("keep it? (y/n) ").strip().lower() != "y":
        return None
    try:
        append_question(path, kept)
    except OSError as error:
        raise InputError(f"the question file {str(path)!r} cannot be written: {error}") from error
    return kept


def _next_id(before: Sequence[Question]) -> str:
    numbers = [int(q.id[1:]) for q in before if q.id[1:].isdecimal()]
    return f"{before[0].id[0] if before else 'q'}{max(numbers, default=0) + 1:03d}"
