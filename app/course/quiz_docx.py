"""A quiz as a Word document: the questions, and on pages of their own the key with reasons and citations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.course.quiz_types import BLANK, DIFFICULTIES, KINDS, LETTERS, Question, Quiz
from app.course.word import WordFile
from corpus.numerals import format_numeral

_HOW = {
    "single": "每题只有一个选项正确",
    "multiple": "每题有两个或两个以上选项正确",
    "judge": "正确的填“正确”，错误的填“错误”",
    "fill": "在括号内填写",
    "match": "在左项的括号内填写右项的字母",
}


def quiz_docx(quiz: Quiz, facts: Sequence[str], made: datetime) -> bytes:
    """Return the bytes of the .docx file; facts: what every export says of itself."""
    file = WordFile(quiz.title, made, " · ".join(facts))
    file.text(quiz.title, "Title", "center")
    file.text(
        f"共{len(quiz.questions)}题　卷号{quiz.seed}　姓名＿＿＿＿＿＿　单位＿＿＿＿＿＿＿＿　得分＿＿＿＿",
        align="center",
    )
    numbers = {q.id: n for n, q in enumerate(quiz.questions, start=1)}
    for n, (kind, name) in enumerate(_kinds(quiz), start=1):
        asked = [q for q in quiz.questions if q.kind == kind]
        file.heading(f"{format_numeral(n)}、{name}（共{len(asked)}题，{_HOW[kind]}）", 2)
        for question in asked:
            _ask(file, question, numbers[question.id])
    file.page_break()
    file.text(f"{quiz.title}　参考答案与解析", "Title", "center")
    for fact in facts:
        file.text(fact, "Source", "center")
    for n, (kind, name) in enumerate(_kinds(quiz), start=1):
        file.heading(f"{format_numeral(n)}、{name}", 2)
        for question in (q for q in quiz.questions if q.kind == kind):
            _answer(file, question, numbers[question.id])
    return file.bytes()


def _kinds(quiz: Quiz) -> list[tuple[str, str]]:
    held = {q.kind for q in quiz.questions}
    return [(kind, name) for kind, name in KINDS.items() if kind in held]


def _ask(file: WordFile, question: Question, number: int) -> None:
    mark = BLANK if question.kind == "judge" else ""
    asked = file.text(_unbroken(f"{number}. {question.stem}{mark}"), "Question")
    asked.paragraph_format.keep_with_next = question.kind in ("single", "multiple", "match")
    for letter, option in zip(LETTERS, question.options, strict=False):
        file.text(f"{letter}. {option.text}", "Option")
    if question.kind == "match":
        for n, pair in enumerate(question.pairs, start=1):
            file.text(_unbroken(f"{BLANK}{n}. {pair.left}"), "Option")
        rights = "　　".join(f"{letter}. {text}" for letter, text in zip(LETTERS, question.rights, strict=False))
        file.text(rights, "Option")


def _unbroken(text: str) -> str:
    """Text whose blanks stay on one line."""
    return text.replace(BLANK, BLANK.replace("\u3000", "\u00a0\u00a0"))


def _answer(file: WordFile, question: Question, number: int) -> None:
    file.text(f"{number}. 答案：{question.key}　　难度：{DIFFICULTIES[question.difficulty]}", "Question")
    file.text(f"解析：{question.reason}", "Option")
    sources = dict.fromkeys(citation.official for citation in question.citations)
    file.text(f"出处：{'；'.join(sources)}", "Source")
