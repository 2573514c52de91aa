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

MAX_BODY = 1024 * 1024


class Gate:
    """Refuses before Bolt what Bolt would stumble over: a timestamp that is no number, a body beyond all measure."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers") or ())
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        length = headers.get(b"content-length", b"0")
        if not (stamp.isdigit() and len(stamp) <= 12):
            await PlainTextResponse("the timestamp is missing or no number", 401)(scope, receive, send)
        elif not length.isdigit() or int(length) > MAX_BODY:
            await PlainTextResponse("the request is too large", 413)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def build(bolt: AsyncApp | None, unready: Callable[[], str | None]) -> Starlette:
    """The web application. ``unready`` says why the process cannot serve now, or None; it may take a moment."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    def ready(_: Request) -> Response:
        why = unready()
        return JSONResponse({"status": "unready", "reason": why} if why else {"status": "ready"}, 503 if why else 200)

    routes: list[Route] = [Route("/health/live", live), Route("/health/ready", ready)]
    if bolt:
        slack = cast(ASGIApp, AsyncSlackRequestHandler(bolt, path="/slack/events"))
        routes.append(Route("/slack/events", Gate(slack), methods=["POST"]))
    return Starlette(routes=routes)
