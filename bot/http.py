"""HTTP: Slack's signed requests and the health of the process."""

from collections.abc import Callable
from typing import cast

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

EVENTS = "/slack/events"
MAX_BODY = 1024 * 1024


class Front:
    """The process's front: ``/slack/events`` straight to Bolt, everything else to a few pages of our own.

    Refused before Bolt is what Bolt would stumble over: a timestamp that is no number, a body beyond all measure.
    """

    def __init__(self, unready: Callable[[], str | None]) -> None:
        self._slack: ASGIApp = PlainTextResponse("not connected to Slack yet", 503)
        self._pages = _pages(unready)

    def open(self, bolt: AsyncApp) -> None:
        """Let Slack in: from now on its requests reach Bolt."""
        self._slack = cast(ASGIApp, AsyncSlackRequestHandler(bolt, path=EVENTS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != EVENTS:
            return await self._pages(scope, receive, send)
        answer = _refusal(scope) or self._slack
        return await answer(scope, receive, send)


def _refusal(scope: Scope) -> ASGIApp | None:
    headers = dict(scope["headers"])
    stamp = headers.get(b"x-slack-request-timestamp", b"")
    length = headers.get(b"content-length", b"0")
    if scope["method"] != "POST":
        return PlainTextResponse("only POST is served here", 405)
    if not (stamp.isdigit() and len(stamp) <= 12):
        return PlainTextResponse("the timestamp is missing or no number", 401)
    if not length.isdigit() or int(length) > MAX_BODY:
        return PlainTextResponse("the request is too large", 413)
    return None


def _pages(unready: Callable[[], str | None]) -> Starlette:
    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    def ready(_: Request) -> Response:
        why = unready()
        return JSONResponse({"status": "unready", "reason": why}, 503) if why else JSONResponse({"status": "ready"})

    return Starlette(routes=[Route("/health/live", live), Route("/health/ready", ready)])
