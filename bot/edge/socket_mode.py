"""Socket Mode: Slack's deliveries by a socket that we open, without a public address."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import Bot
from bot.config import Settings
from bot.kit.errors import Problem
from bot.readiness import Hearing
from bot.slack import UNKNOWN, UNREACHED, error_of

log = logging.getLogger(__name__)

HEARD_EVERY = 2.0  # seconds between two looks whether the socket is open
CONNECTING = 15.0  # seconds for a socket to open and be greeted


class AppTokenRefused(Problem):
    """Slack gives this token no socket."""

    sentence = (
        "Slack refuses SLACK_APP_TOKEN: {error}. It is the app-level token (xapp-…) with the scope "
        "connections:write, "
        "from the app's page at Slack under Basic Information."
    )


class Socket(AsyncSocketModeHandler):
    """Bolt's Socket Mode that knows when Slack begins to deliver, and which deliveries it has not
    acked yet.
    """

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._under_way: set[asyncio.Task[Any] | None] = set()
        self._greeted = asyncio.Event()
        client: Any = self.client  # its methods have no types
        client.message_listeners.append(self._hear)

    async def greeted(self) -> None:
        """Connected, and Slack has said hello: only from then on it delivers."""
        await self.connect_async()  # type: ignore[no-untyped-call]
        await self._greeted.wait()

    async def _hear(self, client: Any, message: Mapping[str, Any], raw: str | None) -> None:
        if message.get("type") == "hello":
            self._greeted.set()

    async def handle(self, client: Any, req: Any) -> None:
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            await super().handle(client, req)
        except UNREACHED as lost:
            log.warning(
                "an ack did not reach Slack (%s), which will ask again", type(lost).__name__
            )
        finally:
            self._under_way.discard(task)

    async def finish(self) -> None:
        """Let what has come be acked, then close."""
        if self._under_way:
            await asyncio.wait({task for task in self._under_way if task}, timeout=CONNECTING)
        client: Any = self.client  # its methods have no types
        await client.close()


@contextlib.asynccontextmanager
async def socket_mode(settings: Settings, bot: Bot) -> AsyncIterator[None]:
    """Connected by Socket Mode while the block lasts, if there is a token for it."""
    token = settings.slack_app_token.get_secret_value()
    if not token:
        yield
        return
    handler: Any = Socket(bot.bolt, token)  # its methods have no types
    try:
        # Asked for here and not within the SDK, which would go on asking for ever, with a token
        # that is refused too.
        address = await _socket_address(bot, token)
        handler.client.wss_uri, handler.client.proxy = address, bot.slack.client.proxies.of(address)
        await asyncio.wait_for(handler.greeted(), CONNECTING)
        listening = asyncio.create_task(_listen(handler.client, bot.hearing))
        try:
            yield
        finally:
            listening.cancel()
    finally:
        await handler.finish()


async def _listen(client: Any, hearing: Hearing) -> None:
    """Note whether the socket is open; the SDK opens it again by itself."""
    while True:
        hearing.note(await client.is_connected())
        await asyncio.sleep(HEARD_EVERY)


async def _socket_address(bot: Bot, token: str) -> str:
    try:
        opened = await bot.slack.client.apps_connections_open(app_token=token)
    except SlackApiError as refused:
        if error_of(refused) in (*UNKNOWN, "not_allowed_token_type", "missing_scope"):
            raise AppTokenRefused(error=error_of(refused)) from refused
        raise
    return str(opened["url"])
