"""Long sentences are cut at clause boundaries, around what was asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.cut import clause_spans, cut_around
from corpus.types import Span

LONG = (
    "督学原则上按学校数1：5的比例配备（规模大的，可以增加），其中专职督学占比不低于20%，"
    "由县政府聘任，每届任期三年，可以连任。"
)


def at(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word))


def test_clauses_end_at_commas_outside_brackets_and_ratios() -> None:
    assert [s.of(LONG) for s in clause_spans(LONG)][:2] == [
        "督学原则上按学校数1：5的比例配备（规模大的，可以增加），",
        "其中专职督学占比不低于20%，",
    ]


def test_a_short_sentence_stays_whole() -> None:
    assert cut_around(LONG, [at(LONG, "20%")], longest=len(LONG)) == Span(0, len(LONG))


def test_a_sentence_without_anything_wanted_stays_whole() -> None:
    assert cut_around(LONG, [], longest=10) == Span(0, len(LONG))


def test_what_is_wanted_is_kept_with_what_it_is_of() -> None:
    assert cut_around(LONG, [at(LONG, "20%")], longest=46).of(LONG) == (
        "督学原则上按学校数1：5的比例配备（规模大的，可以增加），其中专职督学占比不低于20%"
    )


def test_what_is_wanted_is_kept_even_where_it_is_longer_than_the_limit() -> None:
    cut = cut_around(LONG, [at(LONG, "1：5"), at(LONG, "三年")], longest=10).of(LONG)
    assert cut.startswith("督学原则上") and cut.endswith("每届任期三年")


@given(st.text(alphabet="督学，,：:（）“”1：5。", max_size=120), st.integers(0, 119), st.integers(1, 60))
def test_clauses_cover_the_text_and_a_cut_holds_what_is_wanted(text: str, start: int, longest: int) -> None:
    spans = clause_spans(text)
    assert "".join(s.of(text) for s in spans) == text
    if start < len(text) and text[start] not in "，,：:":
        cut = cut_around(text, [Span(start, start + 1)], longest)
        assert cut.start <= start < cut.end
