"""Divisions of China, and which of them a text names."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.load import Corpus, load_corpus
from corpus.places import Gazetteer, load_gazetteer
from corpus.script import fold

REAL = {
    "xiushan": {"秀山土家族苗族自治县", "重庆市"},
    "tangshan": {"唐山市", "河北省"},
    "hainan": {"海南省"},
    "weihai": {"威海市", "山东省"},
    "dazu": {"大足区", "重庆市"},
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


def named(gazetteer: Gazetteer, text: str) -> list[str]:
    return [hit.place.name for hit in gazetteer.find(fold(text))]


@pytest.mark.parametrize("document_id", REAL)
def test_only_real_places_are_found_in_the_five_texts(gazetteer: Gazetteer, corpus: Corpus, document_id: str) -> None:
    assert set(named(gazetteer, corpus.by_id[document_id].clean.text)) == REAL[document_id]


def test_no_measure_below_the_front_names_a_place_by_chance(gazetteer: Gazetteer, corpus: Corpus) -> None:
    for measure in corpus.measures.values():
        found = set(named(gazetteer, measure.text))
        assert found <= REAL[measure.document_id], measure.id


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("广州怎么规定？", ["广州市"]), ("廣州市怎麼規定？", ["广州市"]), ("重庆市大足区", ["重庆市", "大足区"]),
        ("和县里比呢", []), ("督学按什么比例配备", []), ("北京", ["北京市"]), ("", []),
        ("义乌的督学", ["义乌市"]), ("山东荣成", ["山东省", "荣成市"]), ("那酉阳呢", ["酉阳土家族苗族自治县"]),
        ("酉阳县的督学", ["酉阳土家族苗族自治县"]), ("浦东和海淀", ["浦东新区", "海淀区"]), ("公安分局负责", []),
        ("资源怎么配", []), ("由谁来安排", []), ("出台前", []), ("和平时一样", []),
        ("日本和芬兰的督学", ["日本", "芬兰"]),
    ],
)  # fmt: skip
def test_places_of_a_text(gazetteer: Gazetteer, text: str, places: list[str]) -> None:
    assert named(gazetteer, text) == places


def test_hits_say_where_they_stand(gazetteer: Gazetteer) -> None:
    text = "请问广州的约谈"
    (hit,) = gazetteer.find(text)
    assert text[hit.start : hit.end] == "广州"


def test_english_names_are_whole_words(gazetteer: Gazetteer) -> None:
    assert [h.place.name for h in gazetteer.find_english("what about guangzhou?")] == ["广州市"]
    assert gazetteer.find_english("guangzhouish") == []


def test_lying_in(gazetteer: Gazetteer) -> None:
    dazu, chongqing, hainan = (gazetteer.named(n) for n in ("大足区", "重庆市", "海南省"))
    assert dazu and chongqing and hainan
    assert dazu.lies_in(chongqing) and dazu.lies_in(dazu)
    assert not dazu.lies_in(hainan) and not chongqing.lies_in(dazu)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.tsv"):
        load_gazetteer(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("how are schools in yiwu inspected", ["义乌市"]),
        ("haidian district, beijing", ["海淀区", "北京市"]),
        ("the dean sets a guiding line for a mile", []),
    ],
)
def test_places_of_an_english_text(gazetteer: Gazetteer, text: str, places: list[str]) -> None:
    assert [hit.place.name for hit in gazetteer.find_english(text)] == places
