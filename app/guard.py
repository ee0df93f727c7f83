"""What stands between the network and the page: host check, body cap, security headers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A question with the questions before it, each of the greatest length, in letters of three bytes.
BODY_CAP = 256 * 1024
# Where the browser hands back a whole conversation: all that page/store.js keeps, in letters of three bytes.
WIDE_CAP = 8 * 1024 * 1024
_WIDE = ("/export/", "/turns", "/course/save")
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_OWN_FORM = re.compile(rb'<form[^>]*\saction="/')
_OWN_FILE = re.compile(rb'<script[^>]*\ssrc="/')
_FIXED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware.

    A request whose Host is not in `hosts` is refused (400: a page of another site that rebinds its name must not
    read ours), and one that a page of another origin sends (403); a body over `cap` bytes gets 413, over `WIDE_CAP`
    where a whole conversation is handed back; every response carries the security headers. Inline scripts of an HTML
    response run only by their hash, so markup injected into a page can never run any.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], cap: int = BODY_CAP) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.cap = cap

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reply = _Reply(send)
        cap = WIDE_CAP if scope["path"].startswith(_WIDE) else self.cap
        if _hostname(headers.get("host", "")) not in self.hosts:
            await PlainTextResponse("unknown host", 400)(scope, receive, reply)
        elif _foreign(headers):
            await PlainTextResponse("another site", 403)(scope, receive, reply)
        elif _too_long(headers.get("content-length"), cap):
            await PlainTextResponse("request body over the limit", 413)(scope, receive, reply)
        else:
            await self.app(scope, _capped(receive, cap), reply)


class _Reply:
    """Adds the headers; holds an HTML response back until its inline scripts are hashed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _FIXED.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
            headers["content-security-policy"] = "default-src 'none'; frame-ancestors 'none'"
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            MutableHeaders(scope=self._start)["content-security-policy"] = content_policy(self._body)
            await self._send(self._start)
            self._start, message = None, {"type": "http.response.body", "body": self._body}
        await self._send(message)


def content_policy(body: bytes) -> str:
    """Return the Content-Security-Policy of an HTML page: nothing from elsewhere, its inline scripts by hash.

    Gradio fills its HTML components through compiled templates, so a page with Gradio's scripts needs
    'unsafe-eval'; a page with script files of our own alone runs these and nothing else; one without scripts none.
    Forms are sent to this server alone, and only from a page that is served with one.
    """
    hashes = [base64.b64encode(hashlib.sha256(code).digest()).decode() for code in _INLINE.findall(body)]
    scripts = " ".join(f"'sha256-{h}'" for h in dict.fromkeys(hashes))
    own = "'self'" if _OWN_FILE.search(body) else "'none'"
    script = f"'self' 'unsafe-eval' {scripts}" if scripts else own
    forms = "'self'" if _OWN_FORM.search(body) else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action {forms}; "
        "frame-ancestors 'none'"
    )


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _foreign(headers: Headers) -> bool:
    """Whether a page of another origin sent the request; browsers name the origin wherever a request can do harm."""
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != headers.get("host", "")
    except ValueError:
        return True


def _too_long(length: str | None, cap: int) -> bool:
    return length is not None and (not length.isdigit() or int(length) > cap)


def _capped(receive: Receive, cap: int) -> Receive:
    """A `receive` that ends the connection of a client that sends more than `cap` bytes without saying so."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= cap else {"type": "http.disconnect"}

    return limited
