"""The material for the command line: with the current index, or by wording alone where none can be opened."""

from __future__ import annotations

import sys

from app.material import Material, gather_material
from app.settings import Settings
from corpus.errors import IndexFault
from corpus.load import load_corpus


def open_material(settings: Settings) -> Material:
    """Return the documents with their topics; that topics are found by wording alone is said on standard error.

    :raises CorpusError: a document or the definitions of topics do not read.
    """
    # imported here: both read torch or Chroma, which whoever only asks for help need not wait for
    from app.assemble import model_of
    from index.open import open_index

    corpus = load_corpus(settings.corpus)
    try:
        index = open_index(settings.index_root, corpus, model_of(settings)[1], settings.index)
    except IndexFault as fault:
        sys.stderr.write(f"dudao: topics by wording alone, without the index: {fault}\n")
        return gather_material(corpus)
    try:
        return gather_material(corpus, index)
    finally:
        index.close()
