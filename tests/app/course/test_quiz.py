"""Quizzes: seeded, balanced, without repeats; what a stem shows and what it does not."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from app.course.quiz import make_quiz
from app.course.quiz_bench import Bench, difficulty
from app.course.quiz_pick import Picker
from app.course.quiz_text import cloze, document_label, printed
from app.course.quiz_truth import Truth
from app.course.quiz_types import BLANK, KINDS, RIGHT, Quiz
from app.course.quiz_value_forms import false_rivals
from app.course.quiz_values import claims_of
from app.course.quiz_wire import quiz_to_dict
from app.topics.types import TopicMap
from corpus.errors import InputError
from corpus.load import Corpus
from corpus.types import Span


def as_bytes(quiz: Quiz) -> bytes:
    return json.dumps(quiz_to_dict(quiz), ensure_ascii=False).encode()


def test_the_same_course_and_seed_give_the_same_quiz_and_another_seed_another(
    corpus: Corpus, topics: TopicMap, truth: Truth
) -> None:
    ids, places = [t.id for t in topics.topics[:6]], list(corpus.by_id)
    made = [as_bytes(make_quiz(corpus, topics, ids, places, seed, 30)) for seed in (3, 3, 4)]
    assert made[0] == made[1] != made[2]


def test_a_quiz_has_every_kind_and_every_place_and_repeats_nothing(quiz: Quiz, corpus: Corpus) -> None:
    assert len(quiz.questions) == 60
    assert set(Counter(q.kind for q in quiz.questions)) == set(KINDS)
    assert {q.place for q in quiz.questions} - {""} == set(corpus.by_id)
    claims = [c for q in quiz.questions for c in q.claims]
    assert len(set(claims)) == len(claims), "one question gives the answer of another away"
    stems = [q.stem for q in quiz.questions if q.kind != "match"]
    assert len(set(stems)) == len(stems)
    spans = [(c.measure_id, c.start, c.end) for q in quiz.questions for c in q.shown]
    met = [(a, b) for n, a in enumerate(spans) for b in spans[:n] if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]]
    assert met == [], "one question shows a sentence that another asks about"
    assert sum(q.about == "lead" for q in quiz.questions) <= 3
    order = [list(KINDS).index(q.kind) for q in quiz.questions]
    assert order == sorted(order)


def test_a_quiz_asks_only_of_the_chosen_topics_and_places(corpus: Corpus, topics: TopicMap, truth: Truth) -> None:
    topic = topics.topics[0]
    made = make_quiz(corpus, topics, [topic.id], ["hainan", "xiushan"], 1, 20, truth=truth)
    assert {q.measure for q in made.questions} <= set(topics.measures_of(topic.id))
    assert {q.measure.split("/")[0] for q in made.questions} <= {"hainan", "xiushan"}


def test_questions_of_other_quizzes_are_not_asked_again(corpus: Corpus, topics: TopicMap, truth: Truth) -> None:
    ids, places = [t.id for t in topics.topics], list(corpus.by_id)
    first = make_quiz(corpus, topics, ids, places, 1, 100, truth=truth)
    second = make_quiz(corpus, topics, ids, places, 2, 100, truth=truth, without=first.questions)
    rights = [{(q.stem, q.key) for q in made.questions if q.kind == "fill"} for made in (first, second)]
    assert rights[0] and rights[1] and not rights[0] & rights[1]


@pytest.mark.parametrize(("ids", "places"), [([], ["hainan"]), (["x"], [])])
def test_an_empty_selection_is_refused(corpus: Corpus, topics: TopicMap, ids: list[str], places: list[str]) -> None:
    with pytest.raises(InputError, match="at least one topic and one place"):
        make_quiz(corpus, topics, ids, places)


@pytest.mark.parametrize("size", [0, 1001])
def test_a_size_that_is_none_is_refused(corpus: Corpus, topics: TopicMap, size: int) -> None:
    with pytest.raises(InputError, match="ask for 1 to 1000"):
        make_quiz(corpus, topics, [topics.topics[0].id], ["hainan"], 1, size)


def test_a_document_that_is_gone_asks_nothing(corpus: Corpus, topics: TopicMap) -> None:
    with pytest.raises(InputError, match="no question can be made"):
        make_quiz(corpus, topics, [topics.topics[0].id], ["gone"])


def test_stems_are_in_simplified_letters_with_one_kind_of_mark(quiz: Quiz) -> None:
    shown = "".join(q.stem + "".join(o.text for o in q.options) for q in quiz.questions)
    assert not set(shown) & set("縣導學監責單")
    assert "," not in shown and ";" not in shown


def test_words_are_printed_in_chinese_marks_and_numbers_keep_theirs() -> None:
    assert printed("督導學,按1:5(在校生1,800人):配備;") == "督导学，按1∶5（在校生1,800人）：配备；"


def test_a_cloze_shows_the_part_that_says_what_is_asked(corpus: Corpus) -> None:
    measure = corpus.measures["tangshan/18"]
    at = measure.text.index("1∶5")
    found = cloze(measure, Span(at, at + 3), [Span(at + 20, at + 24)])
    assert found is not None
    assert found.filled(BLANK) == f"原则上，县级督学按与学校数{BLANK}的比例配备"
    assert found.shown.of(measure.text) == "原则上,县级督学按与学校数1∶5的比例配备"


def test_a_note_is_no_sentence_to_ask_about(corpus: Corpus) -> None:
    measure = corpus.measures["xiushan/8"]
    assert measure.note is not None
    assert cloze(measure, Span(measure.note.start + 2, measure.note.start + 5)) is None


def test_a_bound_is_denied_on_its_far_side_alone(corpus: Corpus, truth: Truth) -> None:
    claim = next(c for c in claims_of(truth, corpus.measures["weihai/6"]) if c.stretch.asked == "30")
    assert {r.words for r in claim.rivals} >= {"20", "25", "35"}
    assert {r.words for r in false_rivals(claim)} == {"35", "40"}, "不低于20% follows from 不低于30%"


def test_a_number_that_need_only_be_counted_is_not_asked(corpus: Corpus, truth: Truth) -> None:
    assert [c.stretch.asked for c in claims_of(truth, corpus.measures["tangshan/19"])] == []


def test_rivals_come_from_other_places_first_and_are_never_shown_in_the_stem(corpus: Corpus, truth: Truth) -> None:
    for measure in corpus.measures.values():
        for claim in claims_of(truth, measure):
            stated = [bool(r.source) for r in claim.rivals]
            assert stated == sorted(stated, reverse=True)
            assert claim.stretch.asked not in {r.words for r in claim.rivals}


def test_offices_that_a_note_may_mean_are_no_wrong_options(corpus: Corpus, truth: Truth) -> None:
    assert truth.could_be_responsible(corpus.measures["xiushan/2"], "县教委"), "a member of 成员单位"
    assert truth.could_be_responsible(corpus.measures["xiushan/13"], "县政府教育督导委员会成员单位")
    assert not truth.could_be_responsible(corpus.measures["xiushan/13"], "县教委")


def test_a_rule_of_two_places_is_foreign_to_neither(corpus: Corpus, truth: Truth) -> None:
    text = "对学校的约谈，由教育督导机构、教育行政部门联合组织开展"
    assert truth.stated("hainan", text) and truth.stated("tangshan", text)
    assert truth.likeness("dazu", text) < 0.4 < truth.likeness("tangshan", text)


def test_difficulty_follows_nearness() -> None:
    assert [difficulty(near) for near in (0.1, 0.5, 0.9)] == ["easy", "medium", "hard"]


def test_every_question_has_a_reason_and_a_quote(quiz: Quiz, corpus: Corpus) -> None:
    for question in quiz.questions:
        assert question.reason.endswith("。")
        for citation in question.citations:
            assert corpus.measures[citation.measure_id].text[citation.start : citation.end] == citation.quote


def test_true_and_false_are_both_asked(quiz: Quiz) -> None:
    held = Counter(q.answers[0] == RIGHT for q in quiz.of_kind("judge"))
    assert min(held[True], held[False]) >= 3


def test_documents_of_one_place_and_genre_are_named_apart(corpus: Corpus) -> None:
    assert document_label(corpus, corpus.by_id["tangshan"]) == "唐山市实施方案"
    twin = Corpus((*corpus.documents, corpus.by_id["weihai"]))
    assert "《" in document_label(twin, twin.by_id["weihai"])


def test_a_picker_knows_nothing_but_seed_and_names() -> None:
    assert [Picker(1).number("a"), Picker(1).number("b")] == [Picker(1).number("a"), Picker(1).number("b")]
    assert Picker(1).shuffled("x", "abcdefgh", str) == Picker(1).shuffled("x", "hgfedcba", str)
    assert Picker(1).shuffled("x", "abcdefgh", str) != Picker(2).shuffled("x", "abcdefgh", str)
    assert round(Picker(1).number("a"), 6) == 0.014303, "a quiz of today is the quiz of tomorrow"


def test_a_bench_asks_of_chosen_measures_alone(corpus: Corpus, truth: Truth) -> None:
    bench = Bench(corpus, truth, Picker(1), {"xiushan/8": ("报告",)})
    assert [m.id for m in bench.measures_of("xiushan")] == ["xiushan/8"]
