"""The page's fixed texts in its languages, read from texts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

# In the order of the columns of texts.toml.
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
# Gradio names the same languages so; its own texts come with it.
LOCALES = MappingProxyType({"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"})
COOKIE = "dudao_language"
_FILE = Path(__file__).with_name("texts.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language; calling it with a key gives the text, fit for HTML as it stands."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str) -> str:
        """Return the text of `key`."""
        return self.texts[key]

    @property
    def for_scripts(self) -> Mapping[str, str]:
        """The texts that the page's scripts show, by key."""
        return {key: text for key, text in self.texts.items() if key.startswith("js_")}


@cache
def _columns() -> Mapping[str, Wording]:
    rows: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        language: Wording(language, MappingProxyType({key: row[n] for key, row in rows.items()}))
        for n, language in enumerate(LANGUAGES)
    }


def wording(language: object) -> Wording:
    """Return the texts of a language; of Simplified Chinese where it is none of ours."""
    columns = _columns()
    return columns.get(language if isinstance(language, str) else "", columns[LANGUAGES[0]])
