"""A quiz as Moodle XML (Moodle docs, "Moodle XML format"), with general feedback, difficulty as a tag and the seed."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from app.course.quiz_gift import share
from app.course.quiz_types import DIFFICULTIES, KINDS, RIGHT, Question, Quiz
from app.course.word import clean
from app.markup import escape

_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "judge": "truefalse",
    "fill": "shortanswer",
    "match": "matching",
}
# The page that asks shuffles the options by itself; numbers and dates stay in their order.
_KEPT_IN_ORDER = ("value", "deadline")


def quiz_moodle(quiz: Quiz, facts: Sequence[str]) -> bytes:
    """Return the bytes of the file; facts: what every export says of itself, as a comment and in the category."""
    root = etree.Element("quiz")
    root.append(etree.Comment(" " + " · ".join((clean(quiz.title), *map(clean, facts))).replace("--", "—") + " "))
    category = etree.SubElement(root, "question", type="category")
    _text(category, "category", f"$course$/{clean(quiz.title).replace('/', '／')}")
    _text(category, "info", "；".join(facts), form="plain_text")
    for n, question in enumerate(quiz.questions, start=1):
        _question(root, question, n)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _question(root: etree._Element, question: Question, number: int) -> None:
    element = etree.SubElement(root, "question", type=_TYPES[question.kind])
    _text(element, "name", f"{number:03d} {KINDS[question.kind]}")
    _text(element, "questiontext", f"<p>{escape(question.stem)}</p>", form="html")
    _text(element, "generalfeedback", _feedback(question), form="html")
    for tag, text in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"), ("idnumber", question.id)):
        etree.SubElement(element, tag).text = text
    if question.kind in ("single", "multiple"):
        _choice(element, question)
    elif question.kind == "judge":
        holds = question.answers == (RIGHT,)
        _answer(element, "true", "100" if holds else "0", form="moodle_auto_format")
        _answer(element, "false", "0" if holds else "100", form="moodle_auto_format")
    elif question.kind == "fill":
        etree.SubElement(element, "usecase").text = "0"
        for answer in question.answers:
            _answer(element, answer, "100", form="moodle_auto_format")
    else:
        _pairs(element, question)
    tags = etree.SubElement(element, "tags")
    for tag in (f"难度{DIFFICULTIES[question.difficulty]}", question.topic):
        if tag:
            _text(tags, "tag", tag)


def _choice(element: etree._Element, question: Question) -> None:
    single = question.kind == "single"
    shuffled = question.about not in _KEPT_IN_ORDER
    etree.SubElement(element, "single").text = str(single).lower()
    etree.SubElement(element, "shuffleanswers").text = str(shuffled).lower()
    etree.SubElement(element, "answernumbering").text = "ABCD"
    rights = sum(o.right for o in question.options)
    for option in question.options:
        marks = share(1, rights) if option.right else "0" if single else share(-1, len(question.options) - rights)
        _answer(element, f"<p>{escape(option.text)}</p>", marks, form="html")


def _pairs(element: etree._Element, question: Question) -> None:
    etree.SubElement(element, "shuffleanswers").text = "true"
    for pair in question.pairs:
        part = etree.SubElement(element, "subquestion", format="html")
        etree.SubElement(part, "text").text = f"<p>{escape(clean(pair.left))}</p>"
        _text(part, "answer", pair.right)


def _answer(element: etree._Element, text: str, share_of_mark: str, form: str) -> None:
    answer = etree.SubElement(element, "answer", fraction=share_of_mark, format=form)
    etree.SubElement(answer, "text").text = clean(text)
    _text(answer, "feedback", "", form="html")


def _text(element: etree._Element, tag: str, text: str, form: str = "") -> None:
    child = etree.SubElement(element, tag)
    if form:
        child.set("format", form)
    etree.SubElement(child, "text").text = clean(text)


def _feedback(question: Question) -> str:
    sources = dict.fromkeys(citation.official for citation in question.citations)
    return f"<p>{escape(question.spelled_reason)}</p><p>出处：{escape('；'.join(sources))}</p>"
