"""The quiz as a page that marks and explains, the clause beside it; what is answered is kept nowhere."""

from __future__ import annotations

import json

from app.course.page import page_html
from app.course.quiz_types import DIFFICULTIES, KINDS, LETTERS, RIGHT, WRONG, Question, Quiz
from app.course.quiz_wire import question_to_dict
from app.markup import escape
from app.wording import Wording


def quiz_html(quiz: Quiz, course_id: str, facts: tuple[str, ...], words: Wording, evaluation: bool) -> str:
    """Return the page; facts: what every export says of itself."""
    cards = "".join(_card(q, n, words) for n, q in enumerate(quiz.questions, start=1))
    counts = "　".join(f"{name} {len(quiz.of_kind(kind))}" for kind, name in KINDS.items() if quiz.of_kind(kind))
    body = (
        f'<main class="quiz"><section class="head"><h2>{escape(quiz.title)}</h2>'
        f'<p class="hint">{escape(counts)}　{words("course_quiz_forgets")}</p>'
        f'<p class="hint">{escape("　".join(facts))}</p>'
        f'<p class="row"><a href="/course/{escape(course_id)}">{words("course_back")}</a>'
        f'<button type="button" id="mark-all" class="main">{words("course_mark_all")}</button>'
        f'<button type="button" id="again">{words("course_again")}</button><output id="score"></output></p>'
        f'<p id="notice" class="notice" role="alert"></p></section>'
        f'<div class="sheet"><ol class="questions">{cards}</ol>'
        f'<aside id="clause" class="empty" aria-label="{words("panel")}" tabindex="-1">{words("course_clause_hint")}'
        "</aside></div></main>"
    )
    return page_html(f"{escape(quiz.title)} · {words('title')}", body, "quiz", words, evaluation)


def _card(question: Question, number: int, words: Wording) -> str:
    row = question_to_dict(question)
    kept = ("kind", "key", "reason", "answers")
    shown = {k: row[k] for k in kept}
    shown["rights"] = [pair.right for pair in question.pairs]
    shown["citations"] = [
        {k: c[k] for k in ("measure_id", "official", "link", "start", "end")} for c in row["citations"]
    ]
    return (
        f'<li class="question" id="q{number}" data-question="{escape(json.dumps(shown, ensure_ascii=False))}">'
        f'<form><fieldset><legend><span class="kind">{KINDS[question.kind]}</span>'
        f'<span class="kind">{DIFFICULTIES[question.difficulty]}</span>{escape(question.stem)}</legend>'
        f"{_inputs(question, number, words)}</fieldset>"
        f'<p class="row"><button type="submit">{words("course_mark")}</button></p></form>'
        '<div class="told" role="status"></div></li>'
    )


def _inputs(question: Question, number: int, words: Wording) -> str:
    if question.kind == "fill":
        box = '<input name="answer" autocomplete="off" maxlength="80">'
        return f'<label class="line">{words("course_answer")}{box}</label>'
    if question.kind == "match":
        choices = "".join(
            f'<option value="{escape(text)}">{letter}. {escape(text)}</option>'
            for letter, text in zip(LETTERS, question.rights, strict=False)
        )
        return "".join(
            f'<label class="line pair"><span>{n}. {escape(pair.left)}</span><select name="pair">'
            f'<option value="">{words("course_pick")}</option>{choices}</select></label>'
            for n, pair in enumerate(question.pairs, start=1)
        )
    kind = "checkbox" if question.kind == "multiple" else "radio"
    options = [(letter, f"{letter}. {o.text}") for letter, o in zip(LETTERS, question.options, strict=False)]
    if question.kind == "judge":
        options = [(RIGHT, RIGHT), (WRONG, WRONG)]
    return "".join(
        f'<label class="option"><input type="{kind}" name="answer" value="{value}"><span>{escape(text)}</span></label>'
        for value, text in options
    )
