"""What a reader sees at an address that has no page: a sentence in the page's language instead of JSON."""

from __future__ import annotations

import logging

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.docpage import missing_html
from app.routes import words_of

_LOG = logging.getLogger(__name__)
_NO_PAGE, _UNREADABLE, _BROKEN = "no_page", "bad_address", "failure_server"


class Refusals:
    """ASGI middleware: where a browser asks for a page and an error that is none would come, it gets one.

    What scripts ask for is left as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not _for_a_reader(Headers(scope=scope), scope["method"]):
            await self.app(scope, receive, send)
            return
        refused = 0
        begun = False

        async def watched(message: Message) -> None:
            nonlocal refused, begun
            if message["type"] == "http.response.start" and _is_no_page(message):
                refused = message["status"]
            if not refused:
                begun = True
                await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            if begun:
                raise
            _LOG.exception("no page at %s", scope["path"])
            refused = 500
        if refused:
            words = words_of(Request(scope))
            await HTMLResponse(missing_html(words, _sentence(refused)), refused)(scope, receive, send)


def _for_a_reader(headers: Headers, method: str) -> bool:
    return method == "GET" and "text/html" in headers.get("accept", "")


def _is_no_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return bool(start["status"] >= 400) and not kind.startswith("text/html")


def _sentence(status: int) -> str:
    if status >= 500:
        return _BROKEN
    return _UNREADABLE if status in (400, 422) else _NO_PAGE
