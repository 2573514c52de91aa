"""The guard: other web pages and other names for this machine get nothing of the workspace.

The page may be anybody and do anything, so only itself may ask: by the address that it was opened
at (a name that somebody else's server gives this machine is none), from its own origin, and with
the token that it was given. Whatever the workspace serves runs no script but the page's own.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.slack.world import World

TOKEN = "x-playground-token"
_ACTS = ("/page/act", "/page/upload")
_OTHERS = "This workspace is for its own page alone."
_PAGE = (
    "default-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_FILE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_LETTER = f"sandbox; img-src data:; {_FILE}"
_PDF = "frame-ancestors 'self'"  # the browser's own viewer is a page of its own
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """ASGI middleware before everything else."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app, self.world = app, world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif self._is_others(scope):
            await _refuse(scope, receive, send)
        else:
            await self.app(scope, receive, _guarded(scope["path"], send))

    def _is_others(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        ours = set(_names(self.world.base_url))
        if str(headers.get("host", "")).lower() not in ours:
            return True
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {f"http://{name}" for name in ours}:
            return True
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return str(scope["path"]) != "/"  # a link from elsewhere may open the page
        return bool(scope["path"] in _ACTS and headers.get(TOKEN) != self.world.page_token)


def _names(address: str) -> Iterator[str]:
    """How this machine may be called, by whoever opens the page."""
    parts = urlsplit(address)
    for host in (parts.hostname or "", "127.0.0.1", "localhost", "[::1]"):
        yield f"{host}:{parts.port}" if parts.port else host


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4003})
    else:
        await PlainTextResponse(_OTHERS, 403)(scope, receive, send)


def _guarded(path: str, send: Send) -> Send:
    is_letter = path.startswith("/page/letters/")
    is_file = is_letter or path.startswith(("/page/files/", "/files-pri/"))
    framed = "SAMEORIGIN" if is_file else "DENY"

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            is_pdf = headers.get("content-type") == "application/pdf"
            policy = _PDF if is_pdf else _LETTER if is_letter else _FILE if is_file else _PAGE
            headers.update({**_SAFE, "Content-Security-Policy": policy, "X-Frame-Options": framed})
        await send(message)

    return told
