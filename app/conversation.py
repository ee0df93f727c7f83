"""One conversation: cleaning the question, asking, and what a turn keeps. Knows nothing of the page's markup."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering import Answering
from app.messages import EMPTY_QUESTION, QUESTION_CAP, TOO_LONG, sentence_for
from app.types import Answer
from corpus.errors import DudaoError, InputError

_LOG = logging.getLogger(__name__)
_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what came of it: an answer, or one sentence of failure, or neither while it is looked up."""

    question: str
    policies: tuple[str, ...] = ()
    answer: Answer | None = None
    failure: str | None = None


def clean_question(value: object) -> str:
    """Return the question without control, format and surrogate characters, its white space collapsed."""
    text = value if isinstance(value, str) else ""
    text = re.sub(r"\s+", " ", text)
    return "".join(c for c in text if unicodedata.category(c) not in _REMOVED).strip()


def refusal(question: str) -> str | None:
    """Return the sentence that refuses a cleaned question, or None where it may be asked."""
    if len(question) > QUESTION_CAP:
        return TOO_LONG
    if not any(c.isalnum() for c in question):
        return EMPTY_QUESTION
    return None


def allowed_policies(answering: Answering, values: object) -> tuple[str, ...]:
    """Return those of `values` that are document ids, in the corpus's order; anything else is left out."""
    wanted = {v for v in values if isinstance(v, str)} if isinstance(values, (list, tuple)) else set()
    return tuple(d.meta.id for d in answering.corpus.documents if d.meta.id in wanted)


def ask(answering: Answering, question: str, policies: Sequence[str], earlier: Sequence[Turn]) -> Turn:
    """Ask a cleaned question; every failure becomes one sentence, its details go to the log."""
    history = [t.question for t in earlier if t.answer is not None][-_HISTORY:]
    try:
        answer = answering.ask(question, history, policies)
    except InputError as error:
        _LOG.info("question refused: %s", error)
        return Turn(question, tuple(policies), failure=sentence_for(error))
    except DudaoError as error:
        _LOG.error("question failed: %s", error)
        return Turn(question, tuple(policies), failure=sentence_for(error))
    except Exception as error:
        _LOG.exception("question failed unforeseen")
        return Turn(question, tuple(policies), failure=sentence_for(error))
    return Turn(question, tuple(policies), answer=answer)
