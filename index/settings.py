"""Settings of the index. Every field is part of the index's fingerprint."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from corpus.sentences import MAX_CLAUSE_CHARS


class IndexSettings(BaseModel):
    """What shapes an index besides corpus and model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_clause_chars: int = Field(
        MAX_CLAUSE_CHARS, ge=80, le=2000, description="A measure longer than this is cut into clauses."
    )
    bm25_k1: float = Field(1.2, gt=0, description="BM25 term-frequency saturation.")
    bm25_b: float = Field(0.6, ge=0, le=1, description="BM25 length normalisation.")
