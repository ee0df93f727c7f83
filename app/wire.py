"""An answer as JSON: what `dudao ask --json` prints and evaluation stores."""

from __future__ import annotations

from app.types import Answer, Citation, Timing


def answer_to_dict(answer: Answer) -> dict[str, object]:
    """Return the JSON object of an answer; lists and dicts of strings, numbers, booleans and null only."""
    return {
        "question": answer.question,
        "understood": answer.understood,
        "answer": answer.text,
        "abstained": answer.abstained,
        "compared": answer.compared,
        "confidence": round(answer.confidence, 6),
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_citation(citation) for citation in answer.nearest],
        "retrieved": list(answer.retrieved),
        "timing_ms": _timing(answer.timing_ms),
        "index_fingerprint": answer.index_fingerprint,
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "measure_id": citation.measure_id,
        "official": citation.official,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "status": citation.status,
    }


def _timing(timing: Timing) -> dict[str, float]:
    return {
        "total": round(timing.total, 3),
        "embed": round(timing.embed, 3),
        "search": round(timing.search, 3),
        "answer": round(timing.answer, 3),
    }
