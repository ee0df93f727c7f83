"""One turn of a conversation: cleaning the question, asking, and what a turn keeps. Knows nothing of markup."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering import Answering
from app.messages import failure_of
from app.types import Answer
from corpus.errors import DudaoError, InputError

_LOG = logging.getLogger(__name__)
_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn"}
QUESTION_CAP = 2000
HISTORY_CAP = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what came of it: an answer, or a failure, or neither while it is looked up.

    failure: key of the sentence that says what went wrong.
    id: names an answer for good, hexadecimal. at: local time of the answer, ISO 8601.
    """

    question: str
    policies: tuple[str, ...] = ()
    answer: Answer | None = None
    failure: str | None = None
    id: str = ""
    at: str = ""


def clean_question(value: object) -> str:
    """Return the question without control, format and surrogate characters, its white space collapsed."""
    text = value if isinstance(value, str) else ""
    text = re.sub(r"\s+", " ", text)
    return "".join(c for c in text if unicodedata.category(c) not in _REMOVED).strip()


def refusal(question: str) -> str | None:
    """Return the key of the sentence that refuses a cleaned question, or None where it may be asked."""
    if len(question) > QUESTION_CAP:
        return "failure_too_long"
    if not any(c.isalnum() for c in question):
        return "failure_empty"
    return None


def allowed_policies(answering: Answering, values: Sequence[str]) -> tuple[str, ...]:
    """Return those of `values` that are document ids, in the corpus's order; anything else is left out."""
    return tuple(d.meta.id for d in answering.corpus.documents if d.meta.id in values)


def ask(answering: Answering, question: str, policies: Sequence[str], history: Sequence[str]) -> Turn:
    """Ask a question; every failure becomes one sentence, its details go to the log.

    history: earlier questions of the conversation that were answered, oldest first.
    """
    asked = clean_question(question)
    kept = allowed_policies(answering, policies)
    refused = refusal(asked)
    if refused:
        return Turn(asked[:QUESTION_CAP], kept, failure=refused)
    earlier = [text for text in map(clean_question, history[-HISTORY_CAP:]) if refusal(text) is None]
    try:
        answer = answering.ask(asked, earlier, kept)
    except InputError as error:
        _LOG.info("question refused: %s", error)
        return Turn(asked, kept, failure=failure_of(error))
    except DudaoError as error:
        _LOG.error("question failed: %s", error)
        return Turn(asked, kept, failure=failure_of(error))
    except Exception as error:
        _LOG.exception("question failed unforeseen")
        return Turn(asked, kept, failure=failure_of(error))
    return Turn(asked, kept, answer=answer)
