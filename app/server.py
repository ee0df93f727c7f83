"""The web application put together, and serving it on this machine only."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.answering import Answering
from app.course.store import Courses, ListedCourses
from app.evaluation import Evaluation
from app.feedback import Feedback
from app.material import Material, gather_material
from corpus.errors import ServerError
from corpus.load import DEFAULT_ROOT

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_STYLES = ("chat.css", "head.css")
_HEAD = (
    "".join(f'<link rel="stylesheet" href="/page/{name}">' for name in _STYLES)
    + '<script type="module" src="/page/chat.js"></script>'
)
# The whole of Chinese type comes from the system: no font is fetched.
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")


def create_app(
    answering: Answering,
    feedback: Feedback,
    corpus_root: Path = DEFAULT_ROOT,
    evaluation: Evaluation | None = None,
    material: Material | None = None,
    courses: Courses | None = None,
) -> FastAPI:
    """Return the application around an answering engine.

    feedback: keeps votes and unanswered questions.
    corpus_root: the folder that its documents were loaded from.
    evaluation: what its tab shows; without it there is no tab.
    material: what tables are made of; that of the engine's documents by their wording alone unless it is given.
    courses: keeps courses; without it they are gone when the program ends.
    """
    rest = (corpus_root, evaluation, material or gather_material(answering.corpus), courses or ListedCourses())
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        # Where no event loop runs, Gradio opens ones that nobody closes.
        return asyncio.run(_built(answering, feedback, *rest))
    return _build(answering, feedback, *rest)


async def _built(
    answering: Answering,
    feedback: Feedback,
    corpus_root: Path,
    evaluation: Evaluation | None,
    material: Material,
    courses: Courses,
) -> FastAPI:
    return _build(answering, feedback, corpus_root, evaluation, material, courses)


def _build(
    answering: Answering,
    feedback: Feedback,
    corpus_root: Path,
    evaluation: Evaluation | None,
    material: Material,
    courses: Courses,
) -> FastAPI:
    import gradio as gr
    from fastapi import FastAPI

    from app.chat import build_chat, translations
    from app.compare.routes import add_compare_routes
    from app.course.routes import add_course_routes
    from app.early import EarlyScript
    from app.eval_routes import add_eval_routes
    from app.guard import Guard
    from app.refusals import Refusals
    from app.routes import add_routes
    from app.talk import local_time
    from app.talk_routes import add_talk_routes

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(EarlyScript, address="/page/language.js")
    app.add_middleware(Refusals)
    app.add_middleware(Guard, hosts=LOOPBACK)
    add_routes(app, answering.corpus, corpus_root)
    add_talk_routes(app, answering.corpus, feedback, local_time)
    add_compare_routes(app, material, local_time, evaluation is not None)
    add_course_routes(app, material, courses, local_time, evaluation is not None)
    if evaluation is not None:
        add_eval_routes(app, answering.corpus, evaluation)
    tabs = evaluation is not None
    gr.mount_gradio_app(
        app,
        build_chat(answering, feedback, tabs),
        path="/",
        server_name="127.0.0.1",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        allowed_paths=[],
        blocked_paths=[str(Path.cwd())],
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        theme=_theme(),
        head=_HEAD,
        i18n=translations(answering.corpus, tabs),
    )
    return app


def serve(
    answering: Answering,
    feedback: Feedback,
    listener: socket.socket,
    corpus_root: Path = DEFAULT_ROOT,
    evaluation: Evaluation | None = None,
    material: Material | None = None,
    courses: Courses | None = None,
) -> None:
    """Serve the page until interrupted, and print its address once it answers.

    listener: a socket that `bind` gave, so that a refused address is told before anything slow is loaded.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    with listener:
        app = create_app(answering, feedback, corpus_root, evaluation, material, courses)
        server = make_server(app, _print_address, address(listener))
        server.run(sockets=[listener])


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    :raises ServerError: `host` is not this machine's loopback address, or `port` is not free.
    """
    if host not in LOOPBACK:
        raise ServerError(
            f"the page is served on 127.0.0.1 only, not on {host!r}: accounts are not built yet, so anyone who "
            "can reach that address could read every document"
        )
    listener = socket.socket(socket.AF_INET6 if host == "::1" else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1" if host == "localhost" else host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise ServerError(
            f"port {port} cannot be used on {host} ({reason}): stop what uses it, or choose another with --port"
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """Return the page's address on a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def make_server(app: FastAPI, ready: Callable[[str], None], url: str) -> uvicorn.Server:
    """Return a server that calls `ready(url)` once it answers."""
    import uvicorn

    class _Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(url)

    return _Server(
        uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3, ws="none")
    )


def _theme() -> object:
    import gradio as gr

    fonts = [gr.themes.Font(name) for name in _FONTS]
    mono = [gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")]
    theme = gr.themes.Default(
        primary_hue=gr.themes.colors.blue, neutral_hue=gr.themes.colors.slate, font=fonts, font_mono=mono
    )
    return theme.set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#14181f",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1c222c",
        button_primary_background_fill="#1d4f8c",
        button_primary_background_fill_dark="#2b5a93",
        button_primary_background_fill_hover="#173f70",
        button_primary_background_fill_hover_dark="#356aa9",
        checkbox_background_color_selected="#1d4f8c",
    )


def _print_address(url: str) -> None:
    sys.stdout.write(f"督导问策 {url}\n")
    sys.stdout.flush()
