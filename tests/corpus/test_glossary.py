"""The reviewed glossary and the table of Taiwan words."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.glossary import load_glossary, load_taiwan_words
from corpus.script import fold

ENTRY = '[[entry]]\nterm = "约谈"\ntopic = "问责"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_glossary_is_well_formed() -> None:
    entries = load_glossary()
    assert len({e.term for e in entries}) == len(entries) > 100
    for entry in entries:
        assert entry.topic and entry.term == fold(entry.term)
        assert all(word == word.lower() for word in entry.en), entry.term
        assert entry.term not in entry.typos, entry.term
        assert all((*entry.synonyms, *entry.colloquial, *entry.taiwan, *entry.en, *entry.typos)), entry.term


def test_a_smallest_entry(tmp_path: Path) -> None:
    (entry,) = load_glossary(written(tmp_path, ENTRY))
    assert (entry.term, entry.topic, entry.synonyms, entry.en) == ("约谈", "问责", (), ())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (ENTRY + ENTRY, "约谈"),
        (ENTRY + 'colour = "red"\n', "colour"),
        ('[[entry]]\nterm = "约谈"\n', "topic"),
        ("[[entry", "glossary.toml"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(CorpusError, match=word):
        load_glossary(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.toml"):
        load_glossary(tmp_path / "none.toml")
    with pytest.raises(CorpusError, match=r"none\.toml"):
        load_taiwan_words(tmp_path / "none.toml")


def test_taiwan_words_are_folded_and_lead_to_other_words() -> None:
    words = load_taiwan_words()
    assert words["网际网路"] == "互联网"
    for taiwan, mainland in words.items():
        assert taiwan == fold(taiwan) and mainland == fold(mainland)
        assert taiwan != mainland and mainland not in words


@pytest.mark.parametrize(
    ("word", "mainland"),
    [
        ("網際網路", "互联网"), ("最佳化", "优化"), ("程式", "程序"), ("設定", "设置"), ("許可權", "权限"),
        ("幼稚園", "幼儿园"),
        ("民眾", "群众"), ("計畫", "计划"), ("智慧型化", "智能化"),
    ],
)  # fmt: skip
def test_the_words_of_hainan_are_known(word: str, mainland: str) -> None:
    assert load_taiwan_words().get(fold(word), fold(word)) == mainland
