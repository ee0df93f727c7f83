"""What tables and courses are made of: the documents that may be read, their topics, and the index version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.access import may_read
from app.topics.align import topic_map
from app.topics.deciding import DecidingWords
from app.topics.definitions import Definitions, load_definitions
from app.topics.types import TopicMap
from corpus.load import Corpus

if TYPE_CHECKING:
    from index.open import OpenIndex


@dataclass(frozen=True, slots=True)
class Material:
    """Documents with their topics.

    words: finds what of a measure decides a topic.
    index: fingerprint of the index version; empty where no index is open.
    """

    corpus: Corpus
    definitions: Definitions
    topics: TopicMap
    index: str
    words: DecidingWords


def gather_material(corpus: Corpus, index: OpenIndex | None = None) -> Material:
    """Return the material of the documents of `corpus` that may be read.

    index: of `corpus`; without it topics are found by wording alone.
    :raises CorpusError: the definitions of topics do not read.
    """
    readable = Corpus(tuple(d for d in corpus.documents if may_read(d.meta)))
    definitions = load_definitions()
    found = topic_map(readable, index, definitions)
    fingerprint = index.manifest.fingerprint if index else ""
    return Material(readable, definitions, found, fingerprint, DecidingWords(definitions))
