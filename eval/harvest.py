"""Candidates for the question sets, from what the page's users found unanswered or voted down."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from app.feedback import Entry
from corpus.errors import InputError
from corpus.script import fold
from eval.nearness import Nearness, grouped
from eval.types import Question

_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a candidate comes from.

    asked: how often; unanswered, down: how many of these the documents did not answer, and how many were voted down.
    wordings: other wordings of the group. cited: measures that the answers cited. nearest: those shown as nearest.
    """

    asked: int
    unanswered: int
    down: int
    first: str
    last: str
    wordings: tuple[str, ...]
    policies: tuple[str, ...]
    cited: tuple[str, ...]
    nearest: tuple[str, ...]
    reasons: tuple[str, ...]
    comments: tuple[str, ...]
    indexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question to be judged; suggested_gold: measures to look at first, judged by nobody yet."""

    id: str
    question: str
    history: tuple[str, ...]
    suggested_gold: tuple[str, ...]
    origin: Origin


def wanted(entries: Sequence[Entry], existing: Collection[Question]) -> tuple[Entry, ...]:
    """Return the entries that were unanswered or voted down and that no question of the sets asks already."""
    known = {_key(q.question, q.history) for q in existing}
    faulty = (e for e in entries if e.abstained or (e.vote is not None and e.vote.value == "down"))
    return tuple(e for e in faulty if _key(e.question, e.history) not in known)


def candidates(entries: Sequence[Entry], nearness: Nearness) -> tuple[Candidate, ...]:
    """Return one candidate for each group of near entries, the most often asked first.

    nearness: of the entries' questions, in their order.
    """
    return tuple(_candidate([entries[i] for i in group]) for group in grouped(nearness))


def write_candidates(path: Path, found: Sequence[Candidate]) -> None:
    """Write one JSON object a line.

    :raises InputError: the file cannot be written.
    """
    lines = [json.dumps(asdict(candidate), ensure_ascii=False) + "\n" for candidate in found]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"the candidates cannot be written to {str(path)!r} ({error.strerror})") from error


def _candidate(group: Sequence[Entry]) -> Candidate:
    """The wording asked most often stands for the group, the earliest of equals."""
    counts = Counter(entry.question for entry in group)
    first = max(group, key=lambda entry: (counts[entry.question], -group.index(entry)))
    votes = [entry.vote for entry in group if entry.vote is not None and entry.vote.value == "down"]
    origin = Origin(
        asked=len(group),
        unanswered=sum(entry.abstained for entry in group),
        down=len(votes),
        first=min(entry.at for entry in group),
        last=max(entry.at for entry in group),
        wordings=tuple(dict.fromkeys(e.question for e in group if e.question != first.question)),
        policies=_each(i for e in group for i in e.policies),
        cited=_each(i for e in group for i in cited(e)),
        nearest=_each(i for e in group for i in nearest(e)),
        reasons=_each(reason for vote in votes for reason in vote.reasons),
        comments=_each(vote.comment for vote in votes if vote.comment),
        indexes=_each(entry.fingerprint for entry in group),
    )
    digest = hashlib.sha256(_key(first.question, first.history).encode()).hexdigest()
    return Candidate(f"h{digest[:8]}", first.question, first.history, _suggested(group), origin)


def cited(entry: Entry) -> tuple[str, ...]:
    """Return the measures that an answer cited, each once."""
    return _each(citation["measure_id"] for citation in entry.answer["citations"])


def nearest(entry: Entry) -> tuple[str, ...]:
    """Return the measures that an abstention showed as nearest, each once."""
    return _each(citation["measure_id"] for citation in entry.answer["nearest"])


def _suggested(group: Sequence[Entry]) -> tuple[str, ...]:
    """What was cited, but where that was wrong or nothing was: then what was found best beside it."""
    counts: Counter[str] = Counter()
    for entry in group:
        doubted = entry.abstained or (entry.vote is not None and "wrong_clause" in entry.vote.reasons)
        shown = cited(entry)
        found = [i for i in entry.answer["retrieved"] if i not in shown][:_SUGGESTED] if doubted else shown
        counts.update(found)
    return tuple(measure_id for measure_id, _ in counts.most_common(_SUGGESTED))


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _key(question: str, history: Sequence[str]) -> str:
    """Questions with the same letters after the same questions are one."""
    return "\n".join("".join(c for c in fold(text) if c.isalnum()) for text in (*history, question))
