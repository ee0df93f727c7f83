"""What each named configuration is made of; `eval.names` lists the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from app.answering import Answering
from app.assemble import build_embedder, build_reranker, learned_weights, model_of, put_together
from app.rank import FEATURES, SENTENCE_FEATURES
from app.settings import Settings, read_settings
from app.weights import Weights
from corpus.errors import IndexFault, InputError
from corpus.load import Corpus, load_corpus, read_raw
from eval.baselines import AlwaysAbstain, CiteEverything, DumpClauses, EchoQuestion
from eval.names import CONFIGS
from eval.retrievers import EmbedOnce, RankOnly, bm25_only, dense_only, llama_index_defaults
from eval.workers import Workers
from index.embedding import Embedder
from index.manifest import current_folder, read_manifest
from index.open import OpenIndex, open_index

_LEXICAL = ("bm25", "terms", "run")


class Configs:
    """Makes configurations; what is slow to load is loaded once, when first needed."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or read_settings()

    def build(self, config: str, jobs: int = 1) -> Answering:
        """Return the configuration named `config`.

        jobs: how many processes answer; of several, each makes the configuration for itself.
        :raises InputError: there is none of that name.
        :raises IndexFault: it needs an index or a model that is not there.
        """
        makers: Mapping[str, Callable[[], Answering]] = {
            "dudao": self._dudao,
            "without-lexical": self._without_lexical,
            "bm25-only": lambda: bm25_only(self.corpus),
            "dense-only": self._dense_only,
            "llama-index": self._llama_index,
            "always-abstain": lambda: AlwaysAbstain(self.corpus),
            "cite-everything": lambda: CiteEverything(self.corpus),
            "echo-question": lambda: EchoQuestion(self.corpus),
            "dump-clauses": lambda: DumpClauses(self.corpus),
        }
        if config not in makers:
            raise InputError(f"no configuration {config!r}: there are {', '.join(CONFIGS)}")
        if jobs > 1:
            return Workers(partial(_made, self.settings, config), self.corpus, jobs)
        return makers[config]()

    def about(self) -> dict[str, Any]:
        """Return the settings and the model, as a run keeps them."""
        return {"settings": self.settings.model_dump(mode="json"), "model": self.model}

    def index_now(self) -> str | None:
        """Return the fingerprint of the index that is current on the disk, None where there is none."""
        try:
            return read_manifest(current_folder(self.settings.index_root)).fingerprint
        except IndexFault:
            return None

    @property
    def kept(self) -> Path:
        """Folder for the figures of configurations that are slow to ask."""
        return self.settings.data / "eval"

    @cached_property
    def corpus(self) -> Corpus:
        """The documents."""
        return load_corpus(self.settings.corpus)

    @cached_property
    def model(self) -> str:
        """The name that fingerprints the model."""
        return model_of(self.settings)[1]

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return build_embedder(self.settings)

    @cached_property
    def index(self) -> OpenIndex:
        """The current index."""
        return open_index(self.settings.index_root, self.corpus, self.model, self.settings.index)

    @cached_property
    def _once(self) -> EmbedOnce:
        return EmbedOnce(self.embedder)

    def _dudao(self) -> Answering:
        return put_together(self.corpus, self.index, self.embedder, reranker=build_reranker(self.settings))

    def _without_lexical(self) -> Answering:
        return put_together(self.corpus, self.index, self.embedder, without_lexical(learned_weights(self.embedder)))

    def _dense_only(self) -> RankOnly:
        measure_ids = [clause.measure_id for clause in self.index.units.clauses]
        return dense_only(self.corpus, measure_ids, self.index.clause_vectors, self._once)

    def _llama_index(self) -> RankOnly:
        texts = {d.meta.id: read_raw(self.settings.corpus, d.meta.id) for d in self.corpus.documents}
        return llama_index_defaults(self.corpus, texts, self._once)


def _made(settings: Settings, config: str) -> Answering:
    return Configs(settings).build(config)


def without_lexical(weights: Weights) -> Weights:
    """Return the weights with every lexical feature of measures and sentences at zero."""
    return replace(weights, rank=_muted(weights.rank, FEATURES), sentence=_muted(weights.sentence, SENTENCE_FEATURES))


def _muted(row: np.ndarray[Any, np.dtype[np.float32]], names: tuple[str, ...]) -> np.ndarray[Any, np.dtype[np.float32]]:
    kept = np.array([not name.startswith(_LEXICAL) for name in names])
    return np.where(kept, row, np.float32(0)).astype(np.float32)
