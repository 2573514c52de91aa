"""Serving: the bot on Slack by Socket Mode or signed HTTP, from the first connection to a clean end."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import aiohttp
import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import app
from bot.app import Bot
from bot.config import Settings
from bot.http import Front
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.opening import office
from bot.slack import error_of
from bot.turns import Turns
from storage import schema

log = logging.getLogger(__name__)

RETRY = 5.0  # seconds between tries to reach Slack


class NoToken(Problem):
    """There is nothing to connect with."""

    sentence = (
        "SLACK_BOT_TOKEN is not set. Create the app from `zaplecze manifest`, install it in your workspace "
        "and put its bot token (xoxb-…) there."
    )


class NoDoor(Problem):
    """Slack could not reach the bot."""

    sentence = (
        "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. Set the first (xapp-…) for Socket Mode, "
        "which needs no public address, or the second for signed HTTP at /slack/events."
    )


class Refused(Problem):
    """Slack does not know us."""

    sentence = "Slack refuses SLACK_BOT_TOKEN: {error}. Copy the token once more from the app's page at Slack."


class _Server(uvicorn.Server):
    """Uvicorn that leaves the signals to us: turns are ended before the process is."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(settings: Settings, catalogues: Mapping[str, Catalogue] | None = None) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand. Raises a Problem when it cannot begin."""
    _check(settings)
    with office(settings, catalogues) as turns:
        asyncio.run(_serve(settings, turns))


def _check(settings: Settings) -> None:
    if not settings.slack_bot_token.get_secret_value():
        raise NoToken()
    if not (settings.slack_app_token.get_secret_value() or settings.slack_signing_secret.get_secret_value()):
        raise NoDoor()


async def _serve(settings: Settings, turns: Turns) -> None:
    stop = _stop_on_signals()
    state = _State(turns)
    front = Front(state.unready)
    async with _listening(settings, front):
        async for bot in _connected(settings, turns, stop):
            state.bot = bot
            secret = settings.slack_signing_secret.get_secret_value()
            if secret:
                front.open(bot.bolt, secret)
            async with socket_mode(settings, bot):
                log.info("serving workspace %s", bot.slack.team)
                await bot.run(stop)


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


class _State:
    """What the readiness of the process depends on."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.bot: Bot | None = None

    def unready(self) -> str | None:
        """Why the process cannot serve now: the database, its shape, or a token that Slack refuses."""
        try:
            with self.turns.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
            if not schema.is_current(self.turns.engine):
                return "the database has an older shape: run `zaplecze db upgrade`"
        except SQLAlchemyError:
            return "the database does not answer"
        if self.bot is None:
            return "not connected to Slack yet"
        return f"Slack refuses the bot token: {self.bot.slack.refused}" if self.bot.slack.refused else None


def quiet_server(front: Front, host: str, port: int) -> uvicorn.Server:
    """Uvicorn without a log of each request; port 0 takes a free one."""
    return _Server(uvicorn.Config(front, host=host, port=port, log_level="warning", access_log=False))


@contextlib.asynccontextmanager
async def _listening(settings: Settings, front: Front) -> AsyncIterator[None]:
    """The HTTP server beside everything else, also while Slack cannot be reached: health is asked of it."""
    server = quiet_server(front, settings.http_host, settings.http_port)
    running = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await running


async def _connected(settings: Settings, turns: Turns, stop: asyncio.Event) -> AsyncIterator[Bot]:
    """The bot, once Slack can be reached; nothing when told to stop before."""
    while not stop.is_set():
        try:
            async with app.build(settings, turns) as bot:
                yield bot
                return
        except SlackApiError as refused:
            error = error_of(refused)
            if error in ("invalid_auth", "not_authed", "account_inactive", "token_revoked"):
                raise Refused(error=error) from refused
            log.warning("Slack answers %s; trying again", error)
        except (aiohttp.ClientError, TimeoutError, OSError) as lost:
            log.warning("Slack cannot be reached (%s); trying again", type(lost).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), RETRY)


@contextlib.asynccontextmanager
async def socket_mode(settings: Settings, bot: Bot) -> AsyncIterator[None]:
    """Connected by Socket Mode while the block lasts, if there is a token for it."""
    token = settings.slack_app_token.get_secret_value()
    if not token:
        yield
        return
    handler: Any = AsyncSocketModeHandler(bot.bolt, token)  # its methods have no types
    await handler.connect_async()
    try:
        yield
    finally:
        await handler.close_async()
