"""Fixed blocks of the chat page that are our own markup: its head, its forms, and where scripts say what happened."""

from __future__ import annotations

from typing import get_args

from app.feedback import Reason
from app.wording import Wording

# Where scripts say what happened: to screen readers, and to all.
STATUS = '<p id="status" class="sr-only" role="status"></p><p id="notice" class="notice" role="alert"></p>'
# The turns that are whole, oldest first; page/talk.js fills it.
PAST = '<div id="past"></div>'


def masthead_html(words: Wording) -> str:
    """Return the page's head, with the texts and the form that scripts use."""
    script_words = "".join(f'<li data-key="{key}">{text}</li>' for key, text in words.for_scripts.items())
    return (
        f'<header class="masthead"><h1>{words("title")}</h1><p>{words("subtitle")}</p></header>'
        f'<ul id="words" hidden>{script_words}</ul><template id="why">{_why_html(words)}</template>'
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


def foot_html(words: Wording) -> str:
    """Return the sentence that says what the server keeps."""
    return f'<p class="foot">{words("foot")}</p>'


def panel_html(words: Wording) -> str:
    """Return the empty clause panel."""
    hint = words("js_panel_empty")
    return f'<aside id="clause" class="empty" aria-label="{words("panel")}">{hint}</aside>'
