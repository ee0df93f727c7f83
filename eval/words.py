"""The texts of reports in the languages of the page, read from words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from opencc import OpenCC

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_Rows = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language; none of them is escaped."""

    language: str
    texts: Mapping[str, str]
    figures: Mapping[str, str]
    slicings: Mapping[str, str]
    values: Mapping[str, str]

    def __call__(self, key: str, **filled: object) -> str:
        """Return the text of `key` with its places filled."""
        return self.texts[key].format(**filled)

    def named(self, value: str) -> str:
        """Return the name of a kind, language, style, configuration, split or set; the value itself where it has none.

        A set of the office's own (own:name) is called by its name.
        """
        return self.values.get(value, value.removeprefix("own:"))


@cache
def words(language: str = "en") -> Words:
    """Return the texts of a language; of Simplified Chinese where it is none of ours."""
    rows: _Rows = tomllib.loads(files("eval").joinpath("words.toml").read_text(encoding="utf-8"))
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    converter = OpenCC("s2t") if chosen == "zh-Hant" else None

    def section(name: str) -> Mapping[str, str]:
        texts = {key: row[1 if chosen == "en" else 0] for key, row in rows[name].items()}
        if converter is None:
            return MappingProxyType(texts)
        return MappingProxyType({key: converter.convert(text) for key, text in texts.items()})

    return Words(chosen, section("texts"), section("figures"), section("slicings"), section("values"))
