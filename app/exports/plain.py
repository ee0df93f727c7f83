"""An answer as plain text to paste."""

from __future__ import annotations

from app.types import Answer
from app.wording import Wording, wording


def plain_text(answer: Answer, words: Wording | None = None) -> str:
    """Return the answer with its citations; in Simplified Chinese where no wording is given."""
    words = words or wording(None)
    rows = [f"[{n}] {c.official}" for n, c in enumerate(answer.citations, start=1)]
    understood = [f"{words('understood')}{answer.understood}"] if answer.understood else []
    near = [words("nearest"), *(f"- {c.official}：{c.quote}" for c in answer.nearest)] if answer.nearest else []
    asked, answered = f"{words('asked')}{answer.question}", f"{words('answered')}{answer.text}"
    return "\n".join([asked, *understood, answered, *rows, *near])
