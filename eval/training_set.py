"""The questions that are learned from: the dev split and eval/training, none of them nearly one that is tested on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.errors import InputError
from corpus.load import Corpus
from eval.lint import leaks
from eval.load import load_questions
from eval.split import in_split
from eval.types import Question

QUESTIONS = Path(__file__).parent / "questions"
TRAINING = Path(__file__).parent / "training"


def dev_questions(corpus: Corpus, questions: Path = QUESTIONS) -> tuple[Question, ...]:
    """Return the dev split of `questions`, a folder of JSONL files.

    :raises InputError: a file does not read.
    """
    return tuple(in_split(load_questions(sorted(questions.glob("*.jsonl")), corpus.measures.keys()).questions, "dev"))


def learned_from(corpus: Corpus, questions: Path = QUESTIONS, training: Path = TRAINING) -> tuple[Question, ...]:
    """Return the dev split of `questions` and all of `training`, folders of JSONL files.

    A question that nothing rules on loses its `ok`: the clauses that come nearest to answering it are what it is to be
    told from, and a learner that took them for allowed would see none of the hard cases.

    :raises InputError: a file does not read, or a training question is nearly one of the test split.
    """
    ids = corpus.measures.keys()
    asked = load_questions(sorted(questions.glob("*.jsonl")), ids).questions
    more = load_questions(sorted(training.glob("*.jsonl")), ids).questions
    found = leaks(more, in_split(asked, "test"))
    if found:
        raise InputError(f"{len(found)} training questions leak what is tested on: take them out, first {found[0]}")
    return tuple(q if q.answerable else replace(q, ok=()) for q in (*in_split(asked, "dev"), *more))
