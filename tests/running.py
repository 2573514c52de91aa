"""The bot in the test's own process, built as `serve` builds it, with one of three ways in for
deliveries.
"""

import asyncio
import itertools
import json
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot import app
from bot.app import Bot
from bot.config import Settings
from bot.edge.socket_mode import socket_mode
from bot.edge.turns import Turns
from bot.http import Front
from bot.kit import clock
from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.wire.deliveries import Answer, Delivery, Kind
from bot.playground.slack.wire.signed_http import SignedHttp
from bot.serve import quiet_server

_by_hand = itertools.count(1)
DOORS = ("process", "socket", "http")


class Running:
    """A bot beside a playground, on its loop. `settle` lets background tasks and letters run until
    nothing
    is left.
    """

    def __init__(
        self,
        playground: Playground,
        turns: Turns,
        transport: str = "process",
        data_dir: Path = Path("var"),
    ) -> None:
        self.playground, self.turns, self.transport = playground, turns, transport
        installed = playground.world.app
        self.settings = Settings(
            SLACK_BOT_TOKEN=installed.bot_token,
            SLACK_APP_TOKEN=installed.app_token,
            SLACK_SIGNING_SECRET=installed.signing_secret,
            SLACK_API_URL=playground.api_url,
            ZAPLECZE_DATA_DIR=data_dir,
        )
        self._life = AsyncExitStack()

    def start(self) -> "Running":
        self.bot = self.playground.run(self._begin())
        return self

    def stop(self) -> None:
        self.playground.run(self._life.aclose())

    def settle(self) -> None:
        self.playground.run(self._settle())

    async def _settle(self) -> None:
        """Whoever Slack told to wait gets the time, by the turned clock."""
        world = self.playground.world
        await self.bot.settle()
        while wait := world.rates.told_to_wait():
            world.clock.turn(math.ceil(wait))
            await self.bot.settle()

    def tick(self) -> None:
        """Wake every job once, as the scheduler would, and let everything follow from it."""
        self.playground.run(self.bot.scheduler.tick())
        self.settle()

    def refresh(self) -> None:
        self.playground.run(self.bot.directory.refresh())

    def receives(self, body: Mapping[str, Any], kind: Kind = "interactive") -> Answer:
        """A payload made by hand, signed as Slack signs."""
        secret = self.playground.world.app.signing_secret
        delivery = Delivery(kind, dict(body), f"by-hand-{next(_by_hand)}")

        async def carry() -> Answer:
            return await _into(self.bot, secret)(delivery)

        return self.playground.run(carry())

    async def _begin(self) -> Bot:
        bot = await self._life.enter_async_context(app.build(self.settings, self.turns))
        bot.sender.grace = timedelta(0)
        turned = self.playground.world.clock
        bot.sender.now = lambda: clock.real() + timedelta(seconds=turned.offset)
        bot.edge.patience = 20.0
        await self._life.enter_async_context(self._entrance(bot))
        return bot

    @asynccontextmanager
    async def _entrance(self, bot: Bot) -> AsyncIterator[None]:
        deliveries = self.playground.world.deliveries
        by_socket = deliveries.transport
        match self.transport:
            case "process":
                deliveries.transport = _into(bot, self.playground.world.app.signing_secret)
                yield
            case "socket":
                async with socket_mode(self.settings, bot):
                    yield
            case "http":
                secret = self.playground.world.app.signing_secret
                async with _listening(bot, secret) as address:
                    transport = SignedHttp(address, secret, TurnedClock())
                    deliveries.transport = transport.carry
                    yield
                    await transport.close()
        deliveries.transport = by_socket


def _into(bot: Bot, secret: str) -> Callable[[Delivery], Awaitable[Answer]]:
    """The signed request that Slack would post, straight into Bolt."""

    async def carry(delivery: Delivery) -> Answer:
        headers: dict[str, Any] = dict(delivery.headers(secret, int(time.time())))
        request = AsyncBoltRequest(body=delivery.body().decode(), headers=headers)
        answer = await bot.bolt.async_dispatch(request)
        is_json = "json" in str(answer.first_headers().get("content-type", ""))
        payload = json.loads(answer.body) if answer.body and is_json else answer.body or None
        return Answer(answer.status, payload)

    return carry


@asynccontextmanager
async def _listening(bot: Bot, secret: str) -> AsyncIterator[str]:
    """A real HTTP server before the bot; its request URL."""
    front = Front(lambda: None)
    front.open(bot.bolt, secret)
    server = quiet_server(front, "127.0.0.1", 0)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/slack/events"
    finally:
        server.should_exit = True
        await serving
