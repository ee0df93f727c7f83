"""Fixed blocks of the chat page that are our own markup: its head, its forms, and where scripts say what happened."""

from __future__ import annotations

from typing import get_args

from app.feedback import Reason
from app.wording import LANGUAGES, Wording

# Where scripts say what happened: to screen readers, and to all.
STATUS = (
    '<p id="status" class="sr-only" role="status"></p><p id="notice" class="notice" role="alert"></p>'
    '<p id="connection" role="alert" hidden></p>'
)
# The turns that are whole, oldest first; page/talk.js fills it.
PAST = '<button type="button" id="earlier" hidden></button><div id="past"></div>'
# Each language by its own name, short and whole, whatever the page's language.
_LANGUAGE_NAMES = {"zh-Hans": ("简", "简体中文"), "zh-Hant": ("繁", "繁體中文"), "en": ("EN", "English")}


def masthead_html(words: Wording, tabs: str = "") -> str:
    """Return the page's head, with the texts and the form that scripts use; `tabs`: what `tabs_html` returns."""
    script_words = "".join(f'<li data-key="{key}">{text}</li>' for key, text in words.for_scripts.items())
    return (
        f'<a class="skip" href="#question" data-skip="question">{words("skip_question")}</a>'
        f'<header class="masthead"><h1>{words("title")}</h1><p>{words("subtitle")}</p>{tabs}'
        f"{_tools_html(words)}</header>"
        f"{_talks_html(words)}"
        f'<ul id="words" hidden>{script_words}</ul><template id="why">{_why_html(words)}</template>'
    )


def tabs_html(words: Wording, here: str, evaluation: bool = True) -> str:
    """Return the links between the pages, as tabs.

    here: the one that they stand on. evaluation: whether there is a tab of it.
    """
    pages = [
        ("ask", "/", words("tab_ask")),
        ("compare", "/compare", words("tab_compare")),
        ("facts", "/facts", words("tab_facts")),
        ("course", "/course", words("tab_course")),
        *([("eval", "/eval", words("tab_eval"))] if evaluation else []),
    ]
    mark = {here: ' aria-current="page"'}
    links = "".join(f'<a href="{address}"{mark.get(name, "")}>{text}</a>' for name, address, text in pages)
    return f'<nav class="tabs" aria-label="{words("tabs")}">{links}</nav>'


def _tools_html(words: Wording) -> str:
    """The list of conversations, and the languages; the page's own is marked."""
    languages = "".join(
        f'<button type="button" data-language="{language}" lang="{language}" title="{_LANGUAGE_NAMES[language][1]}" '
        f'aria-label="{_LANGUAGE_NAMES[language][1]}" aria-pressed="{str(language == words.language).lower()}">'
        f"{_LANGUAGE_NAMES[language][0]}</button>"
        for language in LANGUAGES
    )
    return (
        f'<div class="masthead-tools"><button type="button" id="talks-open">{words("talks")}</button>'
        f'<span class="languages" role="group" aria-label="{words("language")}">{languages}</span></div>'
    )


def _talks_html(words: Wording) -> str:
    """The dialog of earlier conversations; page/list.js fills it."""
    search = words("talks_search")
    return (
        f'<dialog id="talks" aria-labelledby="talks-title"><h2 id="talks-title">{words("talks")}</h2>'
        f'<p class="talks-note">{words("talks_note")}</p>'
        f'<input id="talks-search" type="search" placeholder="{search}" aria-label="{search}">'
        '<ul></ul><p id="talks-none" role="status"></p>'
        f'<p class="talks-foot"><button type="button" id="talks-clear"></button>'
        f'<button type="button" id="talks-close">{words("talks_close")}</button></p></dialog>'
    )


def _why_html(words: Wording) -> str:
    """The form that asks what a vote was given for; page/vote.js puts it under the answer."""
    chips = "".join(
        f'<label><input type="checkbox" name="reason" value="{reason}"><span>{words("reason_" + reason)}</span></label>'
        for reason in get_args(Reason)
    )
    return (
        f'<form class="why"><fieldset><legend>{words("why_ask")}</legend>{chips}</fieldset>'
        f'<label class="why-comment">{words("why_comment")}'
        '<textarea name="comment" rows="2" maxlength="2000"></textarea></label>'
        f'<p><button type="submit">{words("why_send")}</button>'
        f'<button type="button" data-why-close>{words("why_close")}</button></p></form>'
    )


def exports_html(words: Wording) -> str:
    """Return the buttons that save the whole conversation."""
    kinds = (("docx", "Word"), ("md", "Markdown"))
    buttons = "".join(f'<button type="button" data-save-all="{kind}">{name}</button>' for kind, name in kinds)
    return f'<p role="group" aria-label="{words("export_all")}"><span>{words("export_all")}</span>{buttons}</p>'


def skip_html(words: Wording) -> str:
    """Return the link from the box to the newest answer; it shows where the keyboard reaches it."""
    return f'<a class="skip" href="#past" data-skip="answer">{words("skip_answer")}</a>'


def foot_html(words: Wording) -> str:
    """Return the sentence that says what the server keeps."""
    return f'<p class="foot">{words("foot")}</p>'


def panel_html(words: Wording) -> str:
    """Return the empty clause panel."""
    hint = words("js_panel_empty")
    return f'<aside id="clause" class="empty" aria-label="{words("panel")}">{hint}</aside>'
