"""Which documents may answer a question: those it names, those it was narrowed to, and none that is out of force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.question import ParsedQuestion
from corpus.errors import InputError
from corpus.load import Corpus

_OUT_OF_FORCE = ("superseded", "repealed")


def narrowed(corpus: Corpus, parsed: ParsedQuestion, policies: Sequence[str]) -> ParsedQuestion:
    """Return the question limited to `policies`; places named outside them count as not covered.

    A document that was superseded or repealed answers only where `policies` name it, or where the question asks for
    what used to hold.

    :raises InputError: a policy is not the id of a document.
    """
    unknown = [p for p in policies if p not in corpus.by_id]
    if unknown:
        raise InputError(f"there is no document {unknown[0]!r}: there are {', '.join(corpus.by_id)}")
    if not policies:
        return parsed if parsed.past else _in_force(corpus, parsed)
    inside = tuple(d for d in parsed.documents if d in policies)
    outside = tuple(corpus.by_id[d].meta.region for d in parsed.documents if d not in policies)
    return replace(parsed, documents=inside, scope=tuple(policies), uncovered=(*parsed.uncovered, *outside))


def _in_force(corpus: Corpus, parsed: ParsedQuestion) -> ParsedQuestion:
    lapsed = {d.meta.id: d.meta.region for d in corpus.documents if d.meta.status in _OUT_OF_FORCE}
    if not lapsed:
        return parsed
    kept = tuple(d for d in parsed.documents or corpus.by_id if d not in lapsed)
    regions = {corpus.by_id[d].meta.region for d in kept}
    gone = tuple(lapsed[d] for d in parsed.documents or lapsed if d in lapsed and lapsed[d] not in regions)
    if parsed.documents or not kept:
        return replace(parsed, documents=kept, lapsed=tuple(dict.fromkeys(gone)))
    return replace(parsed, scope=kept)
