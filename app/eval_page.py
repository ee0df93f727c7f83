"""The page's tab of evaluation: begin a run, follow it, read reports, write a question. page/eval.js fills it."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluation import Choice, Choices
from app.furniture import tabs_html
from app.markup import escape
from app.wording import LOCALES, Wording


def eval_html(choices: Choices, words: Wording) -> str:
    """Return the page."""
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{words('tab_eval')} · {words('title')}</title>"
        '<link rel="stylesheet" href="/page/eval.css"><script type="module" src="/page/eval.js"></script></head>'
        f"<body><header><h1>{words('title')}</h1>{tabs_html(words, 'eval')}</header>"
        f'<main><p class="intro">{words("eval_intro")}</p>{_start(choices, words)}{_runs(words)}{_new(choices, words)}'
        f"</main>{_script_words(words)}</body></html>"
    )


def refused_html(sentence: str, words: Wording) -> str:
    """Return the page that says why there is no report; `sentence` is HTML."""
    return (
        f'<!doctype html><html lang="{LOCALES[words.language]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{words('tab_eval')} · {words('title')}</title>"
        '<link rel="stylesheet" href="/page/eval.css"></head>'
        f"<body><header><h1>{words('title')}</h1>{tabs_html(words, 'eval')}</header>"
        f'<main><p class="intro">{sentence}</p></main></body></html>'
    )


def _start(choices: Choices, words: Wording) -> str:
    unit = words("eval_questions_unit")
    sets = "".join(
        f'<label><input type="checkbox" name="sets" value="{escape(c.key)}" checked>'
        f"<span>{escape(c.name)} <small>{c.size} {unit}</small></span></label>"
        for c in choices.sets
    )
    return (
        f'<section id="start"><h2>{words("eval_start_title")}</h2><form>'
        f'<fieldset class="sets"><legend>{words("eval_sets")}</legend>{sets}</fieldset>'
        f'<div class="row">{_select("split", choices.splits, words("eval_split"))}'
        f"{_select('config', choices.configs, words('eval_config'))}"
        f'<button type="submit" class="main">{words("eval_start")}</button></div></form>'
        '<p class="notice" role="alert" id="notice"></p><p class="news" role="status" id="status"></p>'
        f'<div id="running" hidden><progress max="1" aria-label="{words("eval_state_running")}"></progress>'
        f'<span id="progress-text"></span><button type="button" id="cancel">{words("eval_cancel")}</button></div>'
        "</section>"
    )


def _runs(words: Wording) -> str:
    heads = (
        "eval_col_at",
        "eval_sets",
        "eval_split",
        "eval_config",
        "eval_col_state",
        "eval_col_correct",
        "eval_col_do",
    )
    cells = "".join(f"<th>{words(key)}</th>" for key in heads)
    return (
        f'<section id="runs"><h2>{words("eval_runs_title")}</h2><p class="none">{words("eval_none")}</p>'
        f"<table hidden><thead><tr>{cells}</tr></thead><tbody></tbody></table></section>"
    )


def _new(choices: Choices, words: Wording) -> str:
    def area(name: str, key: str, rows: int) -> str:
        return f'<label>{words(key)}<textarea name="{name}" rows="{rows}"></textarea></label>'

    def line(name: str, key: str, value: str = "") -> str:
        return f'<label>{words(key)}<input name="{name}" value="{value}" autocomplete="off"></label>'

    return (
        f'<section id="new"><h2>{words("eval_new_title")}</h2><p class="intro">{words("eval_new_intro")}</p><form>'
        f"{area('question', 'eval_new_question', 2)}{area('history', 'eval_new_history', 1)}"
        f'<p class="row"><button type="button" id="search" class="main">{words("eval_search")}</button></p>'
        f'<p class="notice" role="alert" id="search-notice"></p>'
        f'<ul id="clauses" aria-label="{words("eval_clauses")}"></ul>'
        f'<div class="row">{line("by_id", "eval_by_id")}'
        f'<button type="button" id="add">{words("eval_add")}</button></div>'
        f"{area('nuggets', 'eval_nuggets', 3)}{area('anti', 'eval_anti', 2)}"
        f'<div class="row">{_select("kind", choices.kinds, words("eval_kind"))}'
        f"{_select('lang', choices.langs, words('eval_lang'))}"
        f"{_select('style', choices.styles, words('eval_style'))}</div>"
        f'<div class="row">{line("group", "eval_group")}{line("file", "eval_file", "mine")}</div>'
        f'<p class="row"><button type="button" id="check">{words("eval_check")}</button>'
        f'<button type="submit" class="main">{words("eval_keep")}</button></p>'
        '<ul id="faults" role="alert"></ul><p id="said" role="status"></p></form></section>'
    )


def _select(name: str, choices: Sequence[Choice], label: str) -> str:
    options = "".join(f'<option value="{escape(c.key)}">{escape(c.name)}</option>' for c in choices)
    return f'<label>{label}<select name="{name}">{options}</select></label>'


_FOR_SCRIPTS = (
    "eval_col_at", "eval_sets", "eval_split", "eval_config", "eval_col_state", "eval_col_correct", "eval_col_do",
    "eval_state_running", "eval_state_finished", "eval_state_stopped", "eval_state_failed", "eval_read", "eval_resume",
    "eval_compare", "eval_against", "eval_against_none", "eval_gold", "eval_ok",
)  # fmt: skip


def _script_words(words: Wording) -> str:
    keys = [*_FOR_SCRIPTS, *(key for key in words.texts if key.startswith("eval_js_"))]
    return f'<ul id="words" hidden>{"".join(f"""<li data-key="{key}">{words(key)}</li>""" for key in keys)}</ul>'
