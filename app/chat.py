"""The chat page: Gradio blocks around an answering engine. Building them launches nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import messages
from app.answering import Answering
from app.conversation import Turn, allowed_policies, ask, clean_question, refusal
from app.markup import escape
from app.render import line_count, notice_html, status_text, turn_html
from app.welcome import short_name, welcome_html

if TYPE_CHECKING:
    import gradio as gr

# Between two streamed lines, so that the browser paints each; seconds.
_PACE = 0.04
_Frame = tuple[Any, ...]
# Our own markup with our own style: no click hook, none of Gradio's prose style.
_PLAIN: dict[str, Any] = {"js_on_load": None, "apply_default_css": False}


@dataclass(frozen=True, slots=True)
class _Page:
    """The components that events read and write."""

    question: gr.Textbox
    send: gr.Button
    scope: gr.CheckboxGroup
    turns: gr.State
    welcome: gr.Column
    past: gr.HTML
    current: gr.HTML
    status: gr.HTML
    actions: gr.Row
    retry: gr.Button
    edit: gr.Button
    fresh: gr.Button

    @property
    def outputs(self) -> list[Any]:
        """What every conversation event writes, in the order of a frame."""
        return [
            self.question,
            self.turns,
            self.welcome,
            self.past,
            self.current,
            self.status,
            self.actions,
        ]


def build_chat(answering: Answering) -> gr.Blocks:
    """Return the page's blocks, to be mounted by the server."""
    import gradio as gr

    documents = answering.corpus.documents
    scopes = {d.meta.id: short_name(d) for d in documents}
    with gr.Blocks(
        title=messages.TITLE, analytics_enabled=False, delete_cache=(3600, 86400), fill_width=True
    ) as blocks:
        gr.HTML(_heading_html(), **_PLAIN, elem_id="masthead")
        with gr.Row(elem_id="layout", equal_height=False):
            with gr.Column(elem_id="chat", scale=6, min_width=300):
                with gr.Column(elem_id="welcome") as welcome:
                    gr.HTML(welcome_html(answering.corpus), **_PLAIN)
                    examples = _example_buttons()
                past = gr.HTML("", **_PLAIN, elem_id="past")
                current = gr.HTML("", js_on_load=_FOLLOW, apply_default_css=False, elem_id="current")
                status = gr.HTML(_status(""), **_PLAIN, elem_id="status")
                turns = gr.State((), time_to_live=12 * 3600)
                with gr.Column(elem_id="composer"):
                    actions, retry, edit, fresh = _actions_row()
                    scope = _scope_group(scopes)
                    question, send = _question_row()
            with gr.Column(elem_id="side", scale=5, min_width=300):
                gr.HTML(_panel_html(), **_PLAIN, elem_id="panel")
        page = _Page(question, send, scope, turns, welcome, past, current, status, actions, retry, edit, fresh)
        _wire(answering, page, examples, scopes)
    page_blocks: gr.Blocks = blocks
    page_blocks.queue(max_size=200, status_update_rate=5, api_open=False, default_concurrency_limit=4)
    return page_blocks


# Gradio's own hook: runs after each new value; brings a new question to the top, then lets the answer grow.
_FOLLOW = "watch('value', () => window.dudao && window.dudao.follow(element));"


def _question_row() -> tuple[gr.Textbox, gr.Button]:
    import gradio as gr

    with gr.Row(elem_id="ask"):
        question = gr.Textbox(
            label="问题",
            show_label=False,
            container=False,
            placeholder="输入问题，回车发送",
            lines=1,
            max_lines=6,
            scale=1,
            elem_id="question",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", spellcheck=False, enterkeyhint="send"),
        )
        send = gr.Button("发送", variant="primary", scale=0, min_width=88, elem_id="send")
    return question, send


def _scope_group(scopes: dict[str, str]) -> gr.CheckboxGroup:
    import gradio as gr

    return gr.CheckboxGroup(
        choices=[(name, document_id) for document_id, name in scopes.items()],
        label="查询范围（不选即全部文件）",
        elem_id="scope",
    )


def _example_buttons() -> list[gr.Button]:
    import gradio as gr

    buttons = []
    with gr.Column(elem_id="examples"):
        for name, questions in messages.EXAMPLES:
            with gr.Row(elem_classes="example-row"):
                gr.HTML(f'<p class="example-kind">{name}</p>', **_PLAIN, elem_classes="example-label")
                buttons += [gr.Button(q, size="sm", elem_classes="example") for q in questions]
    return buttons


def _actions_row() -> tuple[gr.Row, gr.Button, gr.Button, gr.Button]:
    import gradio as gr

    row: gr.Row
    with gr.Row(elem_id="actions", visible=False) as row:
        retry = gr.Button("重新查询", size="sm", elem_id="retry")
        edit = gr.Button("修改问题", size="sm", elem_id="edit")
        fresh = gr.Button("新对话", size="sm", elem_id="fresh")
    return row, retry, edit, fresh


def _wire(answering: Answering, page: _Page, examples: Sequence[gr.Button], scopes: dict[str, str]) -> None:
    import gradio as gr

    talk = _Talk(answering, scopes)
    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asked = [page.question, page.scope, page.turns]
    running = [gr.on([page.question.submit, page.send.click], talk.send, asked, page.outputs, **options)]
    running += [
        button.click(talk.send, [button, page.scope, page.turns], page.outputs, **options) for button in examples
    ]
    running.append(page.retry.click(talk.retry, [page.turns], page.outputs, **options))
    # an answer that is still being written must not come back after it was put aside
    page.edit.click(talk.edit, [page.turns], page.outputs, cancels=running, **options)
    page.fresh.click(talk.fresh, [], page.outputs, cancels=running, **options)


@dataclass(frozen=True, slots=True)
class _Talk:
    """The page's events; each yields or returns frames: one value for each of `_Page.outputs`."""

    answering: Answering
    scopes: dict[str, str]

    def send(self, question: object, scope: object, turns: object) -> Iterator[_Frame]:
        """Ask what stands in the box; a refused question stays there."""
        earlier = _turns(turns)
        text = clean_question(question)
        refused = refusal(text)
        if refused:
            yield self._refused(text, refused)
            return
        yield from self._ask(text, allowed_policies(self.answering, scope), earlier)

    def retry(self, turns: object) -> Iterator[_Frame]:
        """Ask the last question again."""
        earlier = _turns(turns)
        if earlier:
            last = earlier[-1]
            yield from self._ask(last.question, last.policies, earlier[:-1])
        else:
            yield self.fresh()

    def edit(self, turns: object) -> _Frame:
        """Take the last question back into the box."""
        earlier = _turns(turns)
        if not earlier:
            return self.fresh()
        kept = earlier[:-1]
        return self._frame(earlier[-1].question, kept, self._html(kept), "", "")

    def fresh(self) -> _Frame:
        """Begin a new conversation."""
        return self._frame("", (), "", "", "")

    def _ask(self, text: str, policies: tuple[str, ...], earlier: tuple[Turn, ...]) -> Iterator[_Frame]:
        past = self._html(earlier)
        pending = Turn(text, policies)
        yield self._frame("", (*earlier, pending), past, turn_html(pending, self.scopes), messages.LOOKING_UP)
        turn = ask(self.answering, text, policies, earlier)
        turns = (*earlier, turn)
        if turn.answer is not None:
            for shown in range(1, line_count(turn.answer)):
                streamed = turn_html(turn, self.scopes, shown)
                yield self._frame("", turns, _SAME, streamed, messages.LOOKING_UP)
                time.sleep(_PACE)
        yield self._frame("", turns, _SAME, turn_html(turn, self.scopes), status_text(turn))

    def _refused(self, text: str, sentence: str) -> _Frame:
        import gradio as gr

        kept = text if len(text) <= 10 * messages.QUESTION_CAP else ""
        same = gr.skip()
        return (kept, same, same, same, same, notice_html(sentence), same)

    def _html(self, turns: Sequence[Turn]) -> str:
        return "".join(turn_html(turn, self.scopes) for turn in turns)

    def _frame(self, question: str, turns: tuple[Turn, ...], past: object, current: str, status: str) -> _Frame:
        import gradio as gr

        going = bool(turns)
        return (
            question,
            turns,
            gr.update(visible=not going),
            gr.skip() if past is _SAME else past,
            current,
            _status(status),
            gr.update(visible=going),
        )


_SAME = object()


def _turns(value: object) -> tuple[Turn, ...]:
    return tuple(t for t in value if isinstance(t, Turn)) if isinstance(value, (list, tuple)) else ()


def _heading_html() -> str:
    return f'<header class="masthead"><h1>{messages.TITLE}</h1><p>{messages.SUBTITLE}</p></header>'


def _status(text: str) -> str:
    return f'<p class="sr-only" role="status">{escape(text)}</p>'


def _panel_html() -> str:
    hint = messages.PANEL_EMPTY
    return f'<aside id="clause" aria-label="条款原文" data-empty="{escape(hint)}">{escape(hint)}</aside>'
