"""The reviewed glossary of the field, and the table of Taiwan-localised words: data, read here and nowhere else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CorpusError
from corpus.script import fold

GLOSSARY_FILE = Path(__file__).parent / "glossary.toml"
TAIWAN_FILE = Path(__file__).parent / "taiwan.toml"


class _EntryRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    term: str = Field(min_length=1)
    synonyms: tuple[str, ...] = ()
    colloquial: tuple[str, ...] = ()
    taiwan: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    topic: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept of the field: official wordings, how it is said in speech, in English, and mistyped."""

    term: str
    synonyms: tuple[str, ...]
    colloquial: tuple[str, ...]
    taiwan: tuple[str, ...]
    en: tuple[str, ...]
    typos: tuple[str, ...]
    topic: str


def load_glossary(path: Path = GLOSSARY_FILE) -> tuple[Entry, ...]:
    """Return the entries in file order.

    :raises CorpusError: the file does not read, an entry has an unknown or missing key, or a term occurs twice.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("entry", [])
        entries = tuple(Entry(**_EntryRow.model_validate(row).model_dump()) for row in rows)
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CorpusError(f"the glossary {path.name!r} does not read: {error}") from error
    seen: set[str] = set()
    for entry in entries:
        if entry.term in seen:
            raise CorpusError(f"the glossary {path.name!r} has the term {entry.term!r} twice: merge the two entries")
        seen.add(entry.term)
    return entries


def load_taiwan_words(path: Path = TAIWAN_FILE) -> dict[str, str]:
    """Return Taiwan-localised words to mainland words, both folded.

    :raises CorpusError: the file does not read.
    """
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise CorpusError(f"the word table {path.name!r} does not read: {error}") from error
    return {fold(taiwan): fold(mainland) for taiwan, mainland in words.items()}
