"""Where an export comes from: index version, date, the access label of its strictest source; and its refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.wording import Wording
from corpus.errors import InputError
from corpus.load import Corpus
from corpus.types import Access

# The strictest first; what is not marked public may not be public.
_STRICTEST: tuple[Access, ...] = ("internal", "unmarked", "public")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What stands on every export.

    indexes: fingerprints of the index versions it was made from. made: local time.
    access: the strictest label among its sources, None where it has none.
    """

    indexes: tuple[str, ...]
    made: datetime
    access: Access | None

    def lines(self, words: Wording) -> tuple[str, ...]:
        """Return the date, the index version and the access label, each with its name."""
        indexes = "、".join(fingerprint[:12] for fingerprint in self.indexes)
        rows = [words("export_date") + self.made.strftime("%Y-%m-%d %H:%M"), words("export_index") + indexes]
        if self.access:
            rows.append(words("export_access") + words(f"access_{self.access}"))
        return tuple(rows)


def provenance(
    corpus: Corpus, document_ids: Iterable[str], indexes: Iterable[str], made: datetime, public: bool = False
) -> Provenance:
    """Return what an export of these documents has to say of itself; call it before anything is written.

    public: whether the export is meant for publication.
    :raises InputError: a public export of a document that is internal.
    """
    metas = [corpus.by_id[i].meta for i in dict.fromkeys(document_ids)]
    internal = [meta.id for meta in metas if meta.access == "internal"]
    if public and internal:
        raise InputError(
            f"a public export may not hold the internal document {internal[0]!r} (此件不公开): "
            "leave it out, or make an export that is not public"
        )
    return Provenance(tuple(dict.fromkeys(indexes)), made, strictest(meta.access for meta in metas))


def strictest(labels: Iterable[Access]) -> Access | None:
    """Return the strictest of some access labels, None of none."""
    held = set(labels)
    return next((label for label in _STRICTEST if label in held), None)
