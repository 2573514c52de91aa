"""The bot in the test's own process: built as `serve` builds it, its deliveries handed to Bolt without a socket."""

import json
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot import app
from bot.app import Bot
from bot.config import Settings
from bot.playground.deliveries import Answer, Delivery
from bot.playground.server import Playground
from bot.turns import Turns


class Running:
    """A bot beside a playground, on its loop. `settle` lets errands and letters run until nothing is left."""

    def __init__(self, playground: Playground, turns: Turns, settings: Mapping[str, Any]) -> None:
        self.playground, self.turns = playground, turns
        installed = playground.world.app
        self.settings = Settings(
            SLACK_BOT_TOKEN=installed.bot_token,
            SLACK_SIGNING_SECRET=installed.signing_secret,
            SLACK_API_URL=playground.api_url,
            **settings,
        )

    def start(self) -> "Running":
        self._life: AbstractAsyncContextManager[Bot] = app.build(self.settings, self.turns)
        self.bot = self.playground.run(self._begin())
        self.bot.postman.grace = timedelta(0)
        self.playground.world.deliveries.door = self.carry
        return self

    async def _begin(self) -> Bot:
        return await self._life.__aenter__()

    def stop(self) -> None:
        async def end() -> None:
            await self._life.__aexit__(None, None, None)

        self.playground.world.deliveries.door = None
        self.playground.run(end())

    async def carry(self, delivery: Delivery) -> Answer:
        """A door of the playground: the signed request that Slack would post, straight into Bolt."""
        secret = self.playground.world.app.signing_secret
        headers: dict[str, Any] = dict(delivery.headers(secret, int(time.time())))
        request = AsyncBoltRequest(body=delivery.body().decode(), headers=headers)
        answer = await self.bot.bolt.async_dispatch(request)
        is_json = "json" in str(answer.first_headers().get("content-type", ""))
        return Answer(answer.status, _payload(answer.body, is_json))

    def settle(self) -> None:
        self.playground.run(self.bot.settle())

    def tick(self) -> None:
        """Wake every job once, as the scheduler would, and let everything follow from it."""
        self.playground.run(self.bot.scheduler.tick())
        self.settle()

    def refresh(self) -> None:
        self.playground.run(self.bot.directory.refresh())


def _payload(body: str, is_json: bool) -> Any:
    return json.loads(body) if body and is_json else body or None
