"""Further measures of a document are cited beside its best one where their own model says that they rule as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.assemble import build_embedder, learned_weights, put_together
from app.assistant import Assistant
from app.further import FURTHER_FEATURES, NEXT
from app.logistic import blank
from app.settings import Settings
from app.types import Answer
from corpus.load import Corpus
from index.open import open_index

ONE_PLACE, TWO_PLACES = "唐山谁负责约谈？", "唐山和威海经开区分别由谁负责约谈？"


@pytest.fixture(scope="module")
def ask(ready: Settings, corpus: Corpus, assistant: Assistant) -> dict[str, Assistant]:
    """Assistants whose model of further measures always says no, always says a chance of 0.31, and always says yes."""
    assert assistant.corpus.documents  # the index is built
    embedder = build_embedder(ready)
    learned = learned_weights(embedder)
    index = open_index(ready.index_root, corpus, embedder.name, ready.index)
    out = {}
    for name, constant in (("never", -30.0), ("unsure", -0.8), ("always", 30.0)):
        further = replace(blank(FURTHER_FEATURES), constant=constant)
        out[name] = put_together(corpus, index, embedder, replace(learned, further=further))
    return out


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(c.measure_id for c in answer.citations))


def test_without_further_measures_a_document_is_cited_once(ask: dict[str, Assistant]) -> None:
    assert len(cited(ask["never"].ask(ONE_PLACE))) == 1


def test_a_list_question_takes_further_measures_sooner(ask: dict[str, Assistant]) -> None:
    assert len(cited(ask["unsure"].ask(ONE_PLACE))) == 1
    assert len(cited(ask["unsure"].ask("唐山有哪些督导信息要对外公开？"))) == NEXT + 1


@pytest.mark.parametrize("question", [ONE_PLACE, TWO_PLACES])
def test_further_measures_follow_the_best_one_of_their_document(ask: dict[str, Assistant], question: str) -> None:
    best, all_of = (ask[name].ask(question) for name in ("never", "always"))
    for document in {m.split("/")[0] for m in cited(best)}:
        [first], several = ([m for m in cited(a) if m.startswith(f"{document}/")] for a in (best, all_of))
        assert several[0] == first
        assert len(several) == NEXT + 1


def test_the_best_measures_stay_at_the_head_of_what_was_found(ask: dict[str, Assistant]) -> None:
    best, all_of = (ask[name].ask(TWO_PLACES) for name in ("never", "always"))
    assert set(all_of.retrieved[:2]) == set(best.retrieved[:2])
    assert set(all_of.retrieved[: 2 * (NEXT + 1)]) == set(cited(all_of))


def test_one_place_has_a_line_for_each_measure_and_several_places_a_line_each(ask: dict[str, Assistant]) -> None:
    def phrases(question: str) -> list[str]:
        return [p.text for p in ask["always"].ask(question).parts if p.kind == "phrase"]

    assert phrases(ONE_PLACE).count("\n") == NEXT
    assert phrases(TWO_PLACES).count("又：") == 2 * NEXT


def test_nothing_further_is_cited_where_the_answer_is_an_abstention(ask: dict[str, Assistant]) -> None:
    answer = ask["always"].ask("唐山明天天气怎么样？")
    assert answer.abstained and not answer.citations
