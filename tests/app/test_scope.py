"""A document that is out of force answers only where it is asked for."""

from __future__ import annotations

import dataclasses

import pytest

from app.assemble import build_embedder, put_together
from app.assistant import Assistant
from app.question import ParsedQuestion
from app.scope import narrowed
from app.settings import Settings
from corpus.errors import InputError
from corpus.load import Corpus, load_corpus
from corpus.types import PolicyDocument, Status
from index.open import open_index


def with_status(corpus: Corpus, status: Status, *ids: str) -> Corpus:
    def changed(document: PolicyDocument) -> PolicyDocument:
        return dataclasses.replace(document, meta=dataclasses.replace(document.meta, status=status))

    return Corpus(tuple(changed(d) if d.meta.id in ids else d for d in corpus.documents))


@pytest.fixture(scope="module")
def five() -> Corpus:
    return load_corpus()


def asked(*documents: str, past: bool = False) -> ParsedQuestion:
    return ParsedQuestion(
        raw="", text="", english=False, traditional=False, documents=documents, scope=(), uncovered=(), years=(),
        kinds=frozenset(), wants=(), topic="", concepts=(), past=past,
    )  # fmt: skip


def test_where_all_are_in_force_nothing_is_narrowed(five: Corpus) -> None:
    assert narrowed(with_status(five, "draft", "dazu"), asked(), ()) == asked()


@pytest.mark.parametrize("status", ["superseded", "repealed"])
def test_out_of_force_is_out_of_scope(five: Corpus, status: Status) -> None:
    found = narrowed(with_status(five, status, "dazu"), asked(), ())
    assert found.scope == ("hainan", "tangshan", "weihai", "xiushan") and not found.lapsed


def test_a_place_whose_only_document_lapsed_is_said_to_have_lapsed(five: Corpus) -> None:
    corpus = with_status(five, "repealed", "dazu")
    assert (narrowed(corpus, asked("dazu"), ()).documents, narrowed(corpus, asked("dazu"), ()).lapsed) == (
        (), ("重庆市大足区",),
    )  # fmt: skip
    both = narrowed(corpus, asked("dazu", "hainan"), ())
    assert (both.documents, both.lapsed) == (("hainan",), ("重庆市大足区",))


def test_a_region_with_a_newer_document_is_answered_from_that(five: Corpus) -> None:
    dazu = five.by_id["dazu"]
    newer = dataclasses.replace(dazu, meta=dataclasses.replace(dazu.meta, id="dazu-2024"))
    corpus = with_status(Corpus((*five.documents, newer)), "superseded", "dazu")
    found = narrowed(corpus, asked("dazu", "dazu-2024"), ())
    assert (found.documents, found.lapsed) == (("dazu-2024",), ())


def test_what_used_to_hold_is_answered_where_it_is_asked_for(five: Corpus) -> None:
    corpus = with_status(five, "repealed", "dazu")
    assert narrowed(corpus, asked("dazu", past=True), ()).documents == ("dazu",)
    assert narrowed(corpus, asked("dazu"), ("dazu",)).documents == ("dazu",)


def test_with_every_document_out_of_force_nothing_answers(five: Corpus) -> None:
    found = narrowed(with_status(five, "repealed", *five.by_id), asked(), ())
    assert found.documents == () and len(found.lapsed) == 5


def test_a_policy_that_is_not_there_is_refused(five: Corpus) -> None:
    with pytest.raises(InputError, match="'nowhere'"):
        narrowed(five, asked(), ("nowhere",))


@pytest.mark.integration
def test_the_answer_says_that_a_text_lapsed(ready: Settings, assistant: Assistant) -> None:
    embedder = build_embedder(ready)
    index = open_index(ready.index_root, assistant.corpus, embedder.name, ready.index)
    old = put_together(with_status(assistant.corpus, "repealed", "dazu"), index, embedder)
    answer = old.ask("大足的督学按什么比例配备？")
    assert answer.abstained and "重庆市大足区的文件已被取代或废止" in answer.text and not answer.nearest
    assert {c.measure_id.split("/")[0] for c in old.ask("督学按什么比例配备？").citations} >= {"hainan", "tangshan"}
    asked_for = old.ask("大足旧文件里督学按什么比例配备？")
    assert {c.measure_id for c in asked_for.citations} == {"dazu/14"}
    assert {c.status for c in asked_for.citations} == {"已废止"}
