"""What each named configuration is made of; `eval.names` lists the names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from app.answering import Answering
from corpus.errors import InputError
from corpus.load import Corpus, load_corpus
from eval.baselines import AlwaysAbstain, CiteEverything, DumpClauses, EchoQuestion
from eval.names import CONFIGS
from eval.retrievers import bm25_only


class Configs:
    """Makes configurations; what is slow to load is loaded once, when first needed."""

    def build(self, config: str) -> Answering:
        """Return the configuration named `config`.

        :raises InputError: there is none of that name.
        :raises IndexFault: it needs an index or a model that is not there.
        """
        makers: Mapping[str, Callable[[], Answering]] = {
            "bm25-only": lambda: bm25_only(self.corpus),
            "always-abstain": lambda: AlwaysAbstain(self.corpus),
            "cite-everything": lambda: CiteEverything(self.corpus),
            "echo-question": lambda: EchoQuestion(self.corpus),
            "dump-clauses": lambda: DumpClauses(self.corpus),
        }
        if config not in makers:
            raise InputError(f"no configuration {config!r}: there are {', '.join(CONFIGS)}")
        return makers[config]()

    @cached_property
    def corpus(self) -> Corpus:
        """The documents."""
        return load_corpus()
