"""The pages of courses as HTML: the list, the page to prepare one on, and the clauses of a topic. Scripts fill them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.course.contents import Contents, TopicPart, label_of
from app.course.files import KINDS
from app.course.quiz_text import place_name
from app.course.store import course_to_dict
from app.course.types import MOST_QUESTIONS, MOST_SEED, NAME_CAP, NOTE_CAP, Course
from app.furniture import tabs_html
from app.markup import escape
from app.material import Material
from app.measure_html import link
from app.wording import LOCALES, Wording
from corpus.types import Span

_SCRIPT_KEY = "course_js_"


def page_html(title: str, body: str, script: str, words: Wording, evaluation: bool) -> str:
    """Return a page around `body`, with the texts that its script shows."""
    rows = "".join(f'<li data-key="{k}">{t}</li>' for k, t in words.texts.items() if k.startswith(_SCRIPT_KEY))
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="stylesheet" href="/page/course.css">'
        f'<script type="module" src="/page/{script}.js"></script></head>'
        f"<body><header><h1>{words('title')}</h1>{tabs_html(words, 'course', evaluation)}</header>"
        f'<p id="status" class="sr-only" role="status"></p>{body}<ul id="words" hidden>{rows}</ul></body></html>'
    )


def list_html(courses: Sequence[Course], words: Wording, evaluation: bool, refused: str = "") -> str:
    """Return the page of all courses; refused: a sentence to show."""
    rows = "".join(_row(course, words) for course in courses)
    none = f'<p class="none">{words("course_none")}</p>'
    table = (
        f'<table class="courses"><thead><tr><th>{words("course_name")}</th><th>{words("course_holds")}</th>'
        f"<th>{words('course_changed_at')}</th><th>{words('course_do')}</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    body = (
        f'<main class="list"><p class="intro">{words("course_intro")}</p>'
        f'<p id="notice" class="notice" role="alert">{escape(refused)}</p>'
        f'<p><a class="button main" href="/course/new">{words("course_new")}</a></p>'
        f"{table if courses else none}</main>"
    )
    return page_html(f"{words('tab_course')} · {words('title')}", body, "courses", words, evaluation)


def _row(course: Course, words: Wording) -> str:
    name, address = escape(course.name), f"/course/{escape(course.id)}"
    holds = (
        words("course_counts").replace("%topics", str(len(course.topics))).replace("%places", str(len(course.places)))
    )
    buttons = "".join(
        f'<button type="button" data-do="{do}" data-id="{escape(course.id)}" aria-label="{words(key)}：{name}">'
        f"{words(key)}</button>"
        for do, key in (("copy", "course_copy"), ("delete", "course_delete"))
    )
    return (
        f'<tr><td><a href="{address}">{name}</a></td><td>{holds}</td>'
        f'<td>{escape(course.changed[:16].replace("T", " "))}</td><td class="do">{buttons}</td></tr>'
    )


def editor_html(course: Course, material: Material, words: Wording, evaluation: bool) -> str:
    """Return the page to prepare a course on; page/course.js reads the course from it."""
    state = escape(json.dumps(course_to_dict(course), ensure_ascii=False))
    body = (
        f'<main class="editor" data-course="{state}" data-note-cap="{NOTE_CAP}">'
        f'<noscript><p class="notice">{words("course_needs_script")}</p></noscript>'
        f'<p id="notice" class="notice" role="alert"></p>'
        f"{_gone(course, material, words)}{_head(course, words)}{_choose(course, material, words)}{_order(words)}"
        f"{_export(course, words)}</main>"
    )
    title = escape(course.name) if course.name else words("course_new")
    return page_html(f"{title} · {words('tab_course')}", body, "course", words, evaluation)


def _gone(course: Course, material: Material, words: Wording) -> str:
    topics = {t.id for t in material.topics.topics}
    gone = [course.label(i) for i in course.places if i not in material.corpus.by_id]
    gone += [i for i in course.topics if i not in topics]
    if not gone:
        return ""
    return f'<p class="gone">{words("course_gone_parts")}{escape("、".join(gone))}</p>'


def _head(course: Course, words: Wording) -> str:
    return (
        '<section class="head"><label class="name">'
        f'{words("course_name")}<input id="name" maxlength="{NAME_CAP}" autocomplete="off" '
        f'value="{escape(course.name)}"></label>'
        f'<button type="button" id="save" class="main">{words("course_save")}</button>'
        f'<button type="button" id="copy">{words("course_copy")}</button>'
        f'<button type="button" id="delete">{words("course_delete")}</button>'
        f'<a href="/course">{words("course_all")}</a><span id="saved" role="status"></span></section>'
    )


def _choose(course: Course, material: Material, words: Wording) -> str:
    topics = "".join(
        _chip("topic", t.id, escape(t.name), escape(t.scope), t.id in course.topics) for t in material.topics.topics
    )
    places = "".join(
        _chip(
            "place",
            d.meta.id,
            escape(place_name(d)),
            escape(label_of(material, d.meta.id)),
            d.meta.id in course.places,
        )
        for d in material.corpus.documents
    )
    every = f'<button type="button" class="every" data-every="%s">{words("course_every")}</button>'
    return (
        f'<section class="choose"><fieldset><legend>{words("course_topics")}</legend>{topics}{every % "topic"}'
        f"</fieldset><fieldset><legend>{words('course_places')}</legend>{places}{every % 'place'}</fieldset></section>"
    )


def _chip(kind: str, value: str, name: str, label: str, chosen: bool) -> str:
    return (
        f'<label title="{label}"><input type="checkbox" autocomplete="off" name="{kind}" value="{escape(value)}" '
        f'data-name="{name}"{" checked" if chosen else ""}><span>{name}</span></label>'
    )


def _order(words: Wording) -> str:
    return (
        f'<section class="order"><h2>{words("course_order")}</h2><p class="hint">{words("course_order_hint")}</p>'
        f'<h3>{words("course_places")}</h3><ol id="places" class="flat"></ol>'
        f'<h3>{words("course_topics")}</h3><ol id="topics"></ol>'
        f'<p class="none" id="nothing">{words("course_choose_first")}</p></section>'
    )


def _export(course: Course, words: Wording) -> str:
    buttons = "".join(
        f'<button type="button" data-file="{kind}">{which.name} <small>{which.suffix}</small></button>'
        for kind, which in KINDS.items()
    )
    return (
        f'<section class="export"><h2>{words("course_export")}</h2>'
        f'<div class="row"><label>{words("course_size")}{_number("size", 1, MOST_QUESTIONS, course.size)}</label>'
        f"<label>{words('course_seed')}{_number('seed', 0, MOST_SEED, course.seed)}</label>"
        f'<button type="button" id="another">{words("course_another")}</button>'
        f'<label class="check"><input id="public" type="checkbox">{words("course_public")}</label></div>'
        f'<p class="hint">{words("course_seed_hint")}</p><div class="files">{buttons}'
        f'<button type="button" id="every-file" class="main">{words("course_every_file")}</button>'
        f'<button type="button" id="try">{words("course_try")}</button></div>'
        f'<div id="building" hidden><progress aria-label="{words("course_building")}"></progress><span></span></div>'
        "</section>"
    )


def _number(name: str, least: int, most: int, value: int) -> str:
    return f'<input id="{name}" type="number" autocomplete="off" min="{least}" max="{most}" value="{value}">'


def clauses_html(contents: Contents, part: TopicPart, words: Wording) -> str:
    """Return the clauses of one topic, place by place, each with a link to its document."""
    blocks = []
    silent = f'<p class="none">{words("course_silent")}</p>'
    for name, quotes in zip(contents.names, part.by_place, strict=True):
        rows = "".join(
            f'<blockquote lang="zh">{escape("……".join(c.quote for c in q.own))}'
            f'<footer><a href="{escape(link(q.measure.id, Span(q.own[0].start, q.own[0].end)))}" target="_blank" '
            f'rel="noopener">{escape(q.official)}</a></footer></blockquote>'
            for q in quotes
        )
        blocks.append(f"<h4>{escape(name)}</h4>{rows or silent}")
    return "".join(blocks)
