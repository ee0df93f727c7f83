"""The five documents against their golden trees, which were read beside the sources."""

from __future__ import annotations

import json

import pytest

from corpus.load import Corpus, load_corpus
from tests.corpus.golden import FOLDER, golden_path, tree

NUMBERED = {"xiushan": 20, "tangshan": 25, "hainan": 22, "weihai": 20, "dazu": 21}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus()


@pytest.mark.parametrize("document_id", NUMBERED)
def test_a_fresh_parse_gives_the_golden_tree(corpus: Corpus, document_id: str) -> None:
    golden = json.loads(golden_path(document_id).read_text(encoding="utf-8"))
    assert tree(corpus.by_id[document_id]) == golden, "see tests/corpus/regenerate_golden.py"


def test_there_is_one_golden_tree_a_document(corpus: Corpus) -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(corpus.by_id) == set(NUMBERED)


@pytest.mark.parametrize("document_id", NUMBERED)
def test_numbered_measures_run_from_one_without_a_gap(corpus: Corpus, document_id: str) -> None:
    ids = [m.id for m in corpus.by_id[document_id].measures if m.kind == "measure"]
    assert ids == [f"{document_id}/{n}" for n in range(1, NUMBERED[document_id] + 1)]


def test_counts_of_the_whole_corpus(corpus: Corpus) -> None:
    assert sum(m.kind == "measure" for m in corpus.measures.values()) == 108
    assert len(corpus.measures) == sum(len(d.measures) for d in corpus.documents) == 124


def test_every_measure_stands_where_it_says(corpus: Corpus) -> None:
    for document in corpus.documents:
        for measure in document.measures:
            at = slice(measure.start, measure.start + len(measure.text))
            assert document.clean.text[at] == measure.text, measure.id
            assert measure.text.startswith(measure.label + measure.heading), measure.id
            assert all(h in corpus.headings for h in measure.path), measure.id
