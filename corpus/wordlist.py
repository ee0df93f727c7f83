"""Words of everyday Chinese, terms of the field and names of places: what any document may be expected to say."""

from __future__ import annotations

from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from corpus.glossary import load_glossary, load_taiwan_words
from corpus.places import load_gazetteer


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
