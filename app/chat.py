"""The chat page: Gradio blocks around an answering engine. Building them launches nothing.

The conversation itself is held by the browser (page/talk.js); the server answers one question at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.answering import Answering
from app.feedback import Feedback
from app.furniture import PAST, STATUS, exports_html, foot_html, masthead_html, panel_html, skip_html, tabs_html
from app.talk import Talk
from app.welcome import examples_html, short_names, welcome_html
from app.wording import LOCALES, Wording, wording
from corpus.load import Corpus

if TYPE_CHECKING:
    import gradio as gr

# Our own markup with our own style: no click hook, none of Gradio's prose style.
_PLAIN: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}
# The page's script, as Gradio's hooks reach it: they may run before the document has loaded it.
_TALK = "import('/page/talk.js')"
# The first hands a frame to the script once it is in the document, the second the press of an example.
_FRAMES = (
    f"const talk = {_TALK}; talk.then((t) => t.bind(element, props)); "
    "watch('value', () => talk.then((t) => t.frame()));"
)
_EXAMPLES = (
    f"const talk = {_TALK}; "
    "element.addEventListener('click', (event) => talk.then((t) => t.picked(event) && trigger('click')));"
)
# A key with this in front is ours, not one of Gradio's own.
_KEY = "dudao_"


@dataclass(frozen=True, slots=True)
class _Page:
    """The components that events read and write."""

    question: gr.Textbox
    send: gr.Button
    scope: gr.CheckboxGroup
    job: gr.JSON
    examples: gr.HTML
    current: gr.HTML
    stop: gr.Button
    retry: gr.Button
    edit: gr.Button
    fresh: gr.Button


def build_chat(answering: Answering, feedback: Feedback, tabs: bool = False) -> gr.Blocks:
    """Return the page's blocks, to be mounted by the server; `tabs`: whether there is a tab of evaluation beside it."""
    import gradio as gr

    i18n = translations(answering.corpus, tabs)
    scopes = short_names(answering.corpus.documents)
    with gr.Blocks(title=wording(None)("title"), analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(i18n(_KEY + "masthead"), **_PLAIN, elem_id="masthead")
        with gr.Row(elem_id="layout", equal_height=False):
            with gr.Column(elem_id="chat", scale=6, min_width=300):
                with gr.Column(elem_id="welcome"):
                    gr.HTML(i18n(_KEY + "welcome"), **_PLAIN)
                    examples = gr.HTML(
                        i18n(_KEY + "examples"), js_on_load=_EXAMPLES, apply_default_css=False, elem_id="examples"
                    )
                gr.HTML(PAST, **_PLAIN)
                current = gr.HTML("", js_on_load=_FRAMES, apply_default_css=False, elem_id="current")
                gr.HTML(STATUS, **_PLAIN)
                with gr.Column(elem_id="composer"):
                    stop, retry, edit, fresh = _actions_row(i18n)
                    scope = _scope_group(scopes, i18n)
                    question, send = _question_row(i18n)
                    gr.HTML(i18n(_KEY + "skip"), **_PLAIN)
            with gr.Column(elem_id="side", scale=5, min_width=300):
                gr.HTML(i18n(_KEY + "panel"), **_PLAIN, elem_id="panel")
        gr.HTML(i18n(_KEY + "foot_html"), **_PLAIN)
        job = gr.JSON(visible=False)
        page = _Page(question, send, scope, job, examples, current, stop, retry, edit, fresh)
        _wire(Talk(answering, scopes, feedback), page)
    page_blocks: gr.Blocks = blocks
    page_blocks.queue(max_size=200, status_update_rate=5, api_open=False, default_concurrency_limit=4)
    return page_blocks


def translations(corpus: Corpus, tabs: bool = False) -> gr.I18n:
    """Return the page's texts as Gradio wants them: by its own names of languages, under our keys.

    Gradio puts in one text for each value, so a block of several texts is one text here.
    """
    import gradio as gr

    def column(words: Wording) -> dict[str, str]:
        texts = {
            **{key: text for key, text in words.texts.items() if not key.startswith(("eval_", "cmp_", "course_"))},
            "masthead": masthead_html(words, tabs_html(words, "ask", tabs)),
            "welcome": welcome_html(corpus, words),
            "examples": examples_html(words),
            "foot_html": foot_html(words),
            "skip": skip_html(words),
            "exports": exports_html(words),
            "panel": panel_html(words),
        }
        return {_KEY + key: text for key, text in texts.items()}

    return gr.I18n(**{locale: column(wording(language)) for language, locale in LOCALES.items()})


def _question_row(i18n: gr.I18n) -> tuple[gr.Textbox, gr.Button]:
    import gradio as gr

    with gr.Row(elem_id="ask"):
        question = gr.Textbox(
            label=i18n(_KEY + "question"),
            show_label=False,
            container=False,
            placeholder=i18n(_KEY + "placeholder"),
            lines=1,
            max_lines=6,
            scale=1,
            elem_id="question",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False, enterkeyhint="send"),
        )
        send = gr.Button(i18n(_KEY + "send"), variant="primary", scale=0, min_width=88, elem_id="send")
    return question, send


def _scope_group(scopes: dict[str, str], i18n: gr.I18n) -> gr.CheckboxGroup:
    import gradio as gr

    return gr.CheckboxGroup(
        choices=[(name, document_id) for document_id, name in scopes.items()],
        label=i18n(_KEY + "scope"),
        elem_id="scope",
    )


def _actions_row(i18n: gr.I18n) -> tuple[gr.Button, gr.Button, gr.Button, gr.Button]:
    import gradio as gr

    with gr.Row(elem_id="actions"):
        stop = gr.Button(i18n(_KEY + "stop"), variant="stop", size="sm", elem_id="stop")
        retry = gr.Button(i18n(_KEY + "retry"), size="sm", elem_id="retry")
        edit = gr.Button(i18n(_KEY + "edit"), size="sm", elem_id="edit")
        fresh = gr.Button(i18n(_KEY + "fresh"), size="sm", elem_id="fresh")
        gr.HTML(i18n(_KEY + "exports"), **_PLAIN, elem_id="exports")
    return stop, retry, edit, fresh


def _wire(talk: Talk, page: _Page) -> None:
    """Let each button first ask the page's script, which numbers the question, and then the server."""
    import gradio as gr

    box = [page.question, page.scope]
    asked = [
        gr.on(
            [page.question.submit, page.send.click],
            None,
            box,
            [page.question, page.job],
            js=_script("send", "question, scope"),
        ),
        page.examples.click(None, box, [page.question, page.job], js=_script("example", "question, scope")),
        page.retry.click(None, None, [page.job], js=_script("retry")),
    ]
    # "multiple": a question that was put aside may still be on its way when the next one is sent
    running = [
        event.then(
            talk.frames,
            [page.job],
            [page.current],
            show_progress="hidden",
            api_visibility="private",
            trigger_mode="multiple",
        )
        for event in asked
    ]
    for event in running:
        event.then(None, None, None, js=_script("ended"))
    page.stop.click(None, None, None, js=_script("stop"), cancels=running)
    page.edit.click(None, None, box, js=_script("edit"), cancels=running)
    page.fresh.click(None, None, None, js=_script("fresh"), cancels=running)


def _script(name: str, arguments: str = "") -> str:
    """Return what Gradio runs before, or instead of, asking the server: a function of page/talk.js."""
    return f"async ({arguments}) => (await {_TALK}).{name}({arguments})"
