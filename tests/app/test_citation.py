"""Citation strings: where the place stands, and that a document which is not in force says so."""

from __future__ import annotations

import dataclasses

import pytest

from app.citation import cite, official, standing
from app.exports.plain import plain_text
from app.types import Answer, AnswerPart, Timing
from app.wire import answer_to_dict
from corpus.load import Corpus
from corpus.types import Metadata, PolicyDocument, Span, Status
from tests.corpus.make import META, parsed

TEXT = """某办法
一、总则
1.督学要入校。
2.督学要培训。
3.学校要整改。
附件1
登记办法
第一条 要登记。
第二条 要上报。
"""


def of_status(status: Status, superseded_by: str | None = None, title: str | None = "某办法") -> PolicyDocument:
    meta = dataclasses.replace(META, status=status, superseded_by=superseded_by, title=title, number="某教〔2021〕1号")
    return dataclasses.replace(parsed(TEXT), meta=meta)


def corpus_of(document: PolicyDocument) -> Corpus:
    newer = Metadata(
        id="newer", region="某县", aliases=(), level="county", genre="办法", access="unmarked", sha256="0" * 64,
        title="某新办法", number="某教〔2022〕2号",
    )  # fmt: skip
    return Corpus((dataclasses.replace(document, measures=(), parts=(), meta=newer), document))


@pytest.mark.parametrize(
    ("document", "note", "string"),
    [
        (of_status("in force"), "", "《某办法》（某教〔2021〕1号）第2项"),
        (of_status("draft"), "征求意见稿", "《某办法》（某教〔2021〕1号）〔征求意见稿〕第2项"),
        (of_status("draft", title="某办法（征求意见稿）"), "征求意见稿",
        "《某办法（征求意见稿）》（某教〔2021〕1号）第2项"),
        (of_status("draft", title="某条例（草案）"), "征求意见稿", "《某条例（草案）》（某教〔2021〕1号）第2项"),
        (of_status("repealed"), "已废止", "《某办法》（某教〔2021〕1号）〔已废止〕第2项"),
        (of_status("superseded"), "已被取代", "《某办法》（某教〔2021〕1号）〔已被取代〕第2项"),
        (
            of_status("superseded", "newer"), "已被《某新办法》（某教〔2022〕2号）取代",
            "《某办法》（某教〔2021〕1号）〔已被《某新办法》（某教〔2022〕2号）取代〕第2项",
        ),
        (of_status("repealed", title=None), "已废止", "某县办法（原文无标题）（某教〔2021〕1号）〔已废止〕第2项"),
    ],
)  # fmt: skip
def test_the_status_stands_in_the_citation(document: PolicyDocument, note: str, string: str) -> None:
    corpus = corpus_of(document)
    measure = corpus.measures["t/2"]
    assert standing(corpus, document.meta) == note
    assert official(corpus, measure) == string
    citation = cite(corpus, measure, Span(0, 4))
    assert (citation.status, citation.official) == (note, string)
    answer = Answer(
        "问", (AnswerPart("quote", citation.quote, 1),), False, (citation,), (), ("t/2",), Timing(1, 1, 1, 1), "f"
    )
    assert string in plain_text(answer)
    assert f"'status': '{note}'" in str(answer_to_dict(answer)["citations"])


def test_a_place_in_an_attachment_names_it() -> None:
    corpus = corpus_of(of_status("in force"))
    assert official(corpus, corpus.measures["t/a1.2"]) == "《某办法》（某教〔2021〕1号）附件1第二条"


def test_every_status_has_its_wording() -> None:
    statuses: tuple[Status, ...] = ("in force", "draft", "superseded", "repealed")
    notes = [standing(corpus_of(of_status(status)), of_status(status).meta) for status in statuses]
    assert len(set(notes)) == len(notes)
