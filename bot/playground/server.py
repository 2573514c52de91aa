"""The playground's server: one Starlette app, and a class that runs it in the background."""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.playground.mail.postbox import Postbox
from bot.playground.page import acts, letters, protocol
from bot.playground.page.guard import Guard
from bot.playground.page.phrasebook import Phrasebook
from bot.playground.page.slackbot import SlackbotPanel
from bot.playground.page.tour import Tour
from bot.playground.quick_server import QuickServer
from bot.playground.slack.acts.administrator import trouble
from bot.playground.slack.acts.conversations import Unable
from bot.playground.slack.acts.upheaval import Upheaval
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.schedule import post_due
from bot.playground.slack.wire import hooks
from bot.playground.slack.wire.faults import Faults
from bot.playground.slack.wire.mcp_calls import McpCalls
from bot.playground.slack.wire.misbehaviour import CuttableProtocol, Misbehaviour
from bot.playground.slack.wire.webapi import api
from bot.playground.slack.world import World

STATIC = Path(__file__).parent / "page" / "static"
Value = TypeVar("Value")


def build_app(world: World, tour: Tour | None = None, postbox: Postbox | None = None) -> Starlette:
    """Slack's side (`/api`, `/link`, hooks, files) and the page's side (`/`, `/page`) of one
    workspace.
    """
    slack = [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        WebSocketRoute("/link/", hooks.socket_link),
        Route("/commands/{rest:path}", hooks.response_url, methods=["POST"]),
        Route("/actions/{rest:path}", hooks.response_url, methods=["POST"]),
        Route("/app/{rest:path}", hooks.response_url, methods=["POST"]),
        Route("/upload/v1/{ticket}", hooks.receive_upload, methods=["POST", "PUT"]),
        Route("/files-pri/{team}-{file_id}/{name:path}", hooks.private_file),
        Route("/sign-in", hooks.sign_in),
    ]
    windows = [
        Route("/", _index),
        Route("/page/workspace", protocol.workspace),
        Route("/page/messages", protocol.messages),
        Route("/page/views", protocol.views),
        Route("/page/home", protocol.home),
        Route("/page/files/{file_id}", protocol.file_bytes),
        Route("/page/files/{file_id}/{name:path}", protocol.file_bytes),
        Route("/page/letters", letters.letters),
        Route("/page/letters/{id}/page", letters.letter_page),
        Route("/page/letters/{id}/files/{n:int}/{name:path}", letters.letter_file),
        Route("/page/act", acts.act, methods=["POST"]),
        Route("/page/upload", acts.upload, methods=["POST"]),
        WebSocketRoute("/page/live", protocol.live),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
    ]
    app = Starlette(
        routes=[*slack, *windows],
        middleware=[
            Middleware(Guard, world=world),
            Middleware(GZipMiddleware, minimum_size=1000),
            Middleware(Misbehaviour, world=world),
        ],
        exception_handlers={Unable: _unable, ClientDisconnect: _gone},
    )
    app.state.world, app.state.tour, app.state.postbox = world, tour, postbox
    panel = SlackbotPanel(McpCalls(world, TurnedClock()), tour.phrases if tour else Phrasebook())
    app.state.acts = {**acts.ACTS, **panel.acts}
    world.faults.on_change = partial(trouble, world)
    return app


async def _index(request: Request) -> Response:
    path = STATIC / "index.html"
    return (
        FileResponse(path)
        if path.exists()
        else PlainTextResponse("The page is not installed.", 404)
    )


async def _unable(request: Request, unable: Exception) -> Response:
    return JSONResponse({"ok": False, "error": str(unable)}, 403)


async def _gone(request: Request, _gone: Exception) -> Response:
    """A bot that ended in the middle of its call reads no answer."""
    return Response(status_code=400)


class Playground:
    """The server on a thread and event loop of its own.

    ``with Playground(world) as playground:`` starts it on a free port of 127.0.0.1;
    ``playground.url`` is its address, ``playground.api_url`` what the bot gets as
    ``SLACK_API_URL``; ``playground.run(coroutine)`` runs something on its loop and waits for it.
    """

    def __init__(
        self,
        world: World,
        port: int = 0,
        host: str = "127.0.0.1",
        tour: Tour | None = None,
        postbox: Postbox | None = None,
    ) -> None:
        self.world, self.postbox = world, postbox
        self.app = build_app(world, tour, postbox)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # an answer's body does not wait 40 ms
        self._socket.bind((host, port))
        self.url = f"http://{host}:{self._socket.getsockname()[1]}"
        world.set_base_url(self.url)
        config = uvicorn.Config(
            self.app,
            log_level="warning",
            http=CuttableProtocol,
            ws="websockets-sansio",
            lifespan="off",
        )
        self._server = QuickServer(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run_loop, name="playground", daemon=True)

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def faults(self) -> Faults:
        return self.world.faults

    def start(self) -> "Playground":
        self._thread.start()
        self._ready.wait(10)
        return self

    def stop(self) -> None:
        if self._thread.is_alive():
            self.run(self.world.deliveries.stop())
            self.run(self.world.sockets.cut())
            self.run(self._leave())
            self._thread.join(10)
        self._socket.close()
        self.world.store.close()

    def run(self, work: Coroutine[Any, Any, Value]) -> Value:
        """Run a coroutine on the playground's loop and wait for its result, from any
        other thread.
        """
        if self._loop is None:
            raise RuntimeError("the playground is not started")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def misbehave(self, **settings: float | bool | str) -> None:
        """Switch faults on or off: ``playground.misbehave(cut_after_percent=20,
        slow_seconds=0.5)``.
        """

        async def change() -> None:
            self.faults.set(settings)

        self.run(change())

    def __enter__(self) -> "Playground":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run_loop(self) -> None:
        asyncio.run(self._serve())

    async def _leave(self) -> None:
        self._server.leave.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0)
        ticking = asyncio.create_task(self._tick())
        async with self.postbox.open() if self.postbox else nullcontext():
            self._ready.set()
            await serving
        ticking.cancel()

    async def _tick(self) -> None:
        upheaval = Upheaval(self.world)
        while True:
            await asyncio.sleep(1)
            post_due(self.world)
            if self.faults.for_second():
                upheaval.stir()
            elif not self.faults.settings.upheaval_percent:
                upheaval.settle()
