"""HTTP: Slack's signed requests and the health of the process."""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
NOTHING_OF_SLACKS = "this is nothing that Slack sends"
TOOLS = "/mcp"
MAX_BODY = 1024 * 1024


class Front:
    """The process's front: ``/slack/events`` to Bolt, ``/mcp`` to the tools where it is switched
    on, everything else to a few pages of our own.

    The signature is checked here, before Bolt parses anything: of a request that Slack did not sign
    no byte is read as a form or as JSON, and a timestamp that is no number is refused (Bolt would
    answer it with a traceback). It is read here too, once: Bolt is given what was read, as from a
    socket.
    """

    def __init__(
        self,
        unready: Callable[[], str | None],
        unheard: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._signed: dict[str, ASGIApp] = {}
        self._pages = _pages(unready, unheard)

    def open(self, bolt: AsyncApp, signing_secret: str, tools: ASGIApp | None = None) -> None:
        """Let Slack in: from now on its requests reach Bolt, and those of agents the tools."""
        self._verifier = SignatureVerifier(signing_secret)
        self._signed = {EVENTS: _into(bolt)}
        if tools is not None:
            self._signed[TOOLS] = tools

    def close(self) -> None:
        """From now on Slack is asked to come again."""
        self._signed = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or path not in (EVENTS, *self._signed):
            return await self._pages(scope, receive, send)
        if scope["method"] != "POST":
            return await _refusal(path, "only POST is served here", 405)(scope, receive, send)
        app = self._signed.get(path)
        if app is None:
            return await _refusal(path, "not connected to Slack yet", 503)(scope, receive, send)
        body = await _body(receive)
        if body is None:
            return await _refusal(path, "the request is too large", 413)(scope, receive, send)
        if not self._is_signed(scope, body):
            refused = _refusal(path, "the signature or its timestamp is not valid", 401)
            return await refused(scope, receive, send)
        return await app(scope, _again(body), send)

    def _is_signed(self, scope: Scope, body: bytes) -> bool:
        headers = dict(scope["headers"])
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        signature = headers.get(b"x-slack-signature", b"")
        if not (stamp.isdigit() and len(stamp) <= 12 and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, stamp.decode(), signature.decode())
        except UnicodeDecodeError:  # no text, so nothing that Slack signs
            return False


def _refusal(path: str, sentence: str, status: int) -> Response:
    """In the form of whoever is refused: agents speak JSON-RPC."""
    if path != TOOLS:
        return PlainTextResponse(sentence, status)
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": sentence}}
    return JSONResponse(error, status)


def _into(bolt: AsyncApp) -> ASGIApp:
    """What Slack signed and can be read; anything else is refused."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = await _answered(bolt, Headers(scope=scope), (await receive())["body"])
        await response(scope, receive, send)

    return answer


async def _answered(bolt: AsyncApp, headers: Headers, body: bytes) -> Response:
    read = _read(headers.get("content-type", ""), body)
    if read is None:
        return PlainTextResponse(NOTHING_OF_SLACKS, 400)
    if read.get("type") == "app_rate_limited":
        log.warning("Slack holds back events of this workspace: more came than it delivers")
        return Response()
    try:
        # Of what comes by HTTP Bolt would verify and parse the body itself.
        request = AsyncBoltRequest(body=read, headers=dict(headers), mode="socket_mode")
        answer = await bolt.async_dispatch(request)
    except (LookupError, TypeError, ValueError, AttributeError) as unread:  # Bolt reads first
        log.warning("a signed request of unknown shape is refused: %s", type(unread).__name__)
        return PlainTextResponse(NOTHING_OF_SLACKS, 400)
    return Response(answer.body, answer.status, answer.first_headers())


def _read(kind: str, body: bytes) -> dict[str, Any] | None:
    """What was sent, or None when it is none of the shapes that Slack sends."""
    try:
        text = body.decode()
        if kind.partition(";")[0].strip() == "application/json":
            catalogue = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
            catalogue = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        return None
    return catalogue if isinstance(catalogue, dict) else None


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None when it is larger than any payload of Slack's."""
    body: bytes = b""
    more = True
    while more and len(body) <= MAX_BODY:
        part = await receive()
        body += part.get("body", b"")
        more = part.get("more_body", False)
    return body if len(body) <= MAX_BODY else None


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _pages(unready: Callable[[], str | None], unheard: Callable[[], str | None]) -> Starlette:
    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    def ready(_: Request) -> Response:
        why = unready()
        if why:
            return JSONResponse({"status": "unready", "reason": why}, 503)
        silence = unheard()
        return JSONResponse({"status": "ready", **({"slack": silence} if silence else {})})

    return Starlette(routes=[Route("/health/live", live), Route("/health/ready", ready)])
