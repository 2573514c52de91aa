"""The layer between the wire and Slack's side of the server where the faults that are switched on
take effect.
"""

import asyncio
import math
from collections.abc import Callable

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.playground.slack.wire.faults import CallFault
from bot.playground.slack.world import World

_SLACK = ("/api/", "/commands/", "/actions/", "/app/", "/upload/", "/files-pri/")
CUT = "playground.cut"


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which lets the application cut the connection without a word."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CUT: {"abort": self.transport.abort}}


class Misbehaviour:
    """ASGI middleware: what of Slack's bad days befalls this request."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app, self.world = app, world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_SLACK):
            await self.app(scope, receive, send)
            return
        faults = self.world.faults
        fault = faults.for_call(_name(scope["path"]))
        if faults.settings.slow_seconds:
            await asyncio.sleep(faults.settings.slow_seconds)
        if fault == "cut_before":
            await _cut(scope, receive, send)
        elif fault == "cut_after":
            await self.app(scope, receive, _swallow)
            await _cut(scope, receive, send)
        elif fault:
            await _refusal(fault, faults.retry_after)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _name(path: str) -> str:
    """What the call is known by: the method, or ``response_url``, ``upload``, ``download``."""
    first, _, rest = path.removeprefix("/").partition("/")
    return {"api": rest, "upload": "upload", "files-pri": "download"}.get(first, "response_url")


def _refusal(fault: CallFault, retry_after: int) -> Response:
    if fault == "rate_limited":
        return limited(retry_after)
    if fault == "outage":
        return PlainTextResponse("Service Unavailable", 503)
    return PlainTextResponse("Internal Server Error", 500)


def limited(seconds: float) -> Response:
    """Slack's answer to a call too many."""
    headers = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)


async def _swallow(message: Message) -> None:
    """The answer that never arrives."""


async def _cut(scope: Scope, receive: Receive, send: Send) -> None:
    abort: Callable[[], None] | None = (scope.get("extensions") or {}).get(CUT, {}).get("abort")
    if abort is None:
        await PlainTextResponse("Bad Gateway", 502)(scope, receive, send)
        return
    abort()
    while (await receive())["type"] != "http.disconnect":
        pass
