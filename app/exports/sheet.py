"""What an exported answer or conversation holds, whatever its format: turns, date, index version, access label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.conversation import Turn
from app.exports.provenance import Provenance, strictest
from app.types import Answer, Citation
from app.wording import Wording
from corpus.load import Corpus
from corpus.types import Access

_STEM_CAP = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answered turns to export.

    access: the strictest label among the documents shown, None where none is shown.
    indexes: fingerprints of the index versions that answered, in order.
    """

    turns: tuple[Turn, ...]
    words: Wording
    made: datetime
    access: Access | None
    indexes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the export."""
        return self.words("export_title")

    @property
    def facts(self) -> tuple[str, ...]:
        """What stands on every export: its date, the index version and the access label."""
        return Provenance(self.indexes, self.made, self.access).lines(self.words)

    @property
    def stem(self) -> str:
        """The file's name without its suffix: what was asked, or that it is a conversation, and the date."""
        what = self.turns[0].question[:_STEM_CAP] if len(self.turns) == 1 else self.words("export_talk")
        return f"{self.words('title')} {what} {self.made:%Y-%m-%d}"


def make_sheet(turns: Sequence[Turn], corpus: Corpus, words: Wording, made: datetime) -> Sheet:
    """Return the sheet of those `turns` that were answered."""
    kept = tuple(turn for turn in turns if turn.answer is not None)
    shown = {corpus.measures[c.measure_id].document_id for turn in kept for c in shown_citations(turn.answer)}
    access = strictest(corpus.by_id[i].meta.access for i in shown)
    indexes = dict.fromkeys(turn.answer.index_fingerprint for turn in kept if turn.answer is not None)
    return Sheet(kept, words, made, access, tuple(indexes))


def shown_citations(answer: Answer | None) -> tuple[Citation, ...]:
    """Return every citation that an answer shows, the nearest clauses of an abstention among them."""
    return (*answer.citations, *answer.nearest) if answer else ()


def asked_at(turn: Turn) -> str:
    """Return when a turn was answered, to the minute; empty where its record does not say."""
    try:
        return datetime.fromisoformat(turn.at).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""
