"""Citation strings of units that none of the five documents has: articles, restarting numbers, attachments."""

from __future__ import annotations

import pytest

from app.citation import official
from corpus.load import Corpus
from tests.corpus.golden import kind_text
from tests.corpus.make import parsed


@pytest.mark.parametrize(
    ("kind", "unit", "place"),
    [
        ("regulation", "t/3", "第三条"),
        ("regulation", "t/6-1", "第六条之一"),
        ("notice", "t/0", "文首"),
        ("notice", "t/p1", "一、总体安排"),
        ("notice", "t/p2.2", "二、（二）作业管理"),
        ("notice", "t/a1", "附件1《学校督导评分表》"),
        ("notice", "t/a2.3", "附件2第三条"),
        ("notice", "t/end", "文末"),
    ],
)
def test_the_place_that_a_citation_names(kind: str, unit: str, place: str) -> None:
    corpus = Corpus((parsed(kind_text(kind)),))
    assert official(corpus, corpus.measures[unit]) == f"《某办法》{place}"


def test_digits_that_restart_are_cited_behind_their_part() -> None:
    corpus = Corpus((parsed("通知\n一、甲\n1.子。做子。\n2.丑。做丑。\n二、乙\n1.寅。做寅。\n2.卯。做卯。\n"),))
    places = [official(corpus, m) for m in corpus.measures.values() if m.kind == "section"]
    assert places == ["《某办法》一、第1项", "《某办法》一、第2项", "《某办法》二、第1项", "《某办法》二、第2项"]
