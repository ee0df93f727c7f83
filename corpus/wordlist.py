"""Everyday words of Chinese; with terms of the field and names of places, what any document may be expected to say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict

from corpus.errors import CorpusError
from corpus.glossary import load_glossary, load_taiwan_words
from corpus.places import load_gazetteer

EVERYDAY_FILE = Path(__file__).parent / "everyday.txt"


def everyday_words() -> frozenset[str]:
    """Return everyday Chinese words of two characters, which are no slips for words of the field.

    :raises CorpusError: the list does not read.
    """
    try:
        lines = EVERYDAY_FILE.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(f"the list of words {EVERYDAY_FILE.name!r} does not read: {error}") from error
    listed = {line for line in lines if line and not line.startswith("#")}
    return frozenset(listed | {word for word in phrases_dict if len(word) == 2})


def known_words() -> Iterator[str]:
    """Yield words, some of them more than once: the phrase table of pypinyin, the glossary, divisions of China.

    :raises CorpusError: a table of the corpus does not read.
    """
    yield from phrases_dict
    for entry in load_glossary():
        yield from (entry.term, *entry.synonyms, *entry.colloquial, *entry.taiwan)
    for taiwan, mainland in load_taiwan_words().items():
        yield from (taiwan, mainland)
    for place in load_gazetteer().places:
        yield place.name
        if place.code.endswith("00"):  # two characters of 2,200 counties would make any two look known
            yield place.short
