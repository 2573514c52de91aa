"""Serving: the bot on Slack by Socket Mode or signed HTTP, from the first connection to a clean
end.
"""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import uvicorn
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot import app, doctor
from bot.app import PACE, Bot, Pace
from bot.catalogue import loader
from bot.config import Settings
from bot.connection_limits import LINE, Patient, most_connections
from bot.edge.socket_mode import socket_mode
from bot.edge.turns import Turns
from bot.garbage_collection import look_seldom
from bot.http import Front
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.readiness import Readiness
from bot.slack import UNKNOWN, UNREACHED, asked_to_wait, error_of
from bot.startup import office

log = logging.getLogger(__name__)

Value = TypeVar("Value")
Catalogues = Callable[[], Mapping[str, Catalogue]]


class NoToken(Problem):
    """There is nothing to connect with."""

    sentence = (
        "SLACK_BOT_TOKEN is not set. Create the app from `zaplecze manifest`, install it in your "
        "workspace "
        "and put its bot token (xoxb-…) there."
    )


class NoRoute(Problem):
    """Slack could not reach the bot."""

    sentence = (
        "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. Set the first (xapp-…) for "
        "Socket Mode, "
        "which needs no public address, or the second for signed HTTP at /slack/events."
    )


class NoWayForAgents(Problem):
    """Agents come by HTTP, signed by Slack."""

    sentence = (
        "ZAPLECZE_MCP is switched on, but agents reach Zaplecze by signed HTTP alone: set "
        "SLACK_SIGNING_SECRET and ZAPLECZE_PUBLIC_URL (https://…), or leave ZAPLECZE_MCP out."
    )


class NotListening(Problem):
    """The address for HTTP is taken, or not ours."""

    sentence = (
        "Nothing can be served at {host}:{port} ({why}). Set ZAPLECZE_HTTP_HOST and "
        "ZAPLECZE_HTTP_PORT to another."
    )


class Refused(Problem):
    """Slack does not know us."""

    sentence = (
        "Slack refuses SLACK_BOT_TOKEN: {error}. Copy the token once more from the app's page at "
        "Slack."
    )


class ScopeMissing(Problem):
    """The app was installed with less than it needs."""

    sentence = (
        "The app lacks the scope {scope}. Update it from `zaplecze manifest` and install it again."
    )


class _Server(uvicorn.Server):
    """Uvicorn that leaves the signals to us: turns are ended before the process is."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(
    settings: Settings, catalogues: Mapping[str, Catalogue] | None = None, pace: Pace = PACE
) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in hand. Raises a Problem when it cannot
    begin.
    """
    _check(settings)
    with office(settings, catalogues) as turns, asyncio.Runner(loop_factory=_loops()) as runner:
        runner.run(_serve(settings, turns, catalogues, pace))


def _loops() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Uvicorn's choice: uvloop where it is installed, twice as fast as asyncio's own."""
    return uvicorn.Config("", loop="auto", log_config=None).get_loop_factory()


def _check(settings: Settings) -> None:
    if not settings.slack_bot_token.get_secret_value():
        raise NoToken()
    if not (
        settings.slack_app_token.get_secret_value()
        or settings.slack_signing_secret.get_secret_value()
    ):
        raise NoRoute()
    if settings.mcp and not (
        settings.slack_signing_secret.get_secret_value() and settings.public_url
    ):
        raise NoWayForAgents()


async def _serve(
    settings: Settings, turns: Turns, given: Mapping[str, Catalogue] | None, pace: Pace
) -> None:
    stop = _stop_on_signals()
    state = _State(turns, lambda: given or loader.load_all(settings.config), pace)
    front = Front(state.unready, state.unheard)
    async with _listening(settings, front):
        _reload_on_signal(state)
        while not stop.is_set():
            pause = pace.reconnect
            try:
                await _live(settings, state, front, stop)
            except SlackApiError as refused:
                log.warning("Slack answers %s; trying again", _passing(refused))
                pause = asked_to_wait(refused) or pause
            except UNREACHED as lost:
                log.warning("Slack cannot be reached (%s); trying again", type(lost).__name__)
            except SQLAlchemyError as fault:
                log.warning("the database refuses (%s); trying again", type(fault).__name__)
            if not stop.is_set():
                await _unless(stop, asyncio.sleep(pause))


async def _live(settings: Settings, state: "_State", front: Front, stop: asyncio.Event) -> None:
    """From the first call to Slack until told to stop; a lost beginning is begun anew by whoever
    called.
    """
    async with contextlib.AsyncExitStack() as life:
        bot = await _unless(
            stop, life.enter_async_context(app.build(settings, state.turns, state.pace))
        )
        if bot is None:
            return
        secret = settings.slack_signing_secret.get_secret_value()
        if secret:
            tools = await life.enter_async_context(_tools(settings, bot))
            front.open(bot.bolt, secret, tools)
            life.callback(front.close)
        await _unless(stop, life.enter_async_context(socket_mode(settings, bot)))
        state.met(bot)
        life.callback(state.gone)
        # Else a request waits now and then until all that was ever loaded is looked through.
        look_seldom(20_000)
        log.info("serving workspace %s", bot.slack.team)
        await asyncio.to_thread(doctor.warn_of_rates, settings)
        await bot.run(stop)


@contextlib.asynccontextmanager
async def _tools(settings: Settings, bot: Bot) -> AsyncIterator[Starlette | None]:
    """The tools of agents where they are switched on, for as long as the block lasts."""
    if not settings.mcp:
        yield None
        return
    from bot.edge.agents import agents_of, alive  # half a second that nobody else waits for

    tools = agents_of(bot).app(urlsplit(settings.public_url).netloc)
    async with alive(tools):
        yield tools


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Value]) -> Value | None:
    """The result of the work, or None when told to stop before it is done."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    await asyncio.wait({working})
    return None


def _passing(refused: SlackApiError) -> str:
    """Slack's word for what may pass; what will not is raised as a Problem."""
    error = error_of(refused)
    if error in UNKNOWN:
        raise Refused(error=error) from refused
    if error == "missing_scope":
        raise ScopeMissing(scope=refused.response.get("needed") or "?") from refused
    return error


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _reload_on_signal(state: "_State") -> None:
    """SIGHUP reads the catalogue anew; a bad one is told of, and the old one stays."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, lambda: loop.run_in_executor(None, state.reload))


class _State:
    """What the process is made of, and whether it is ready."""

    def __init__(self, turns: Turns, catalogues: Catalogues, pace: Pace) -> None:
        self.turns, self.catalogues, self.pace = turns, catalogues, pace
        self._database = Readiness(turns.engine)
        self.bot: Bot | None = None
        self.team: str | None = None

    def met(self, bot: Bot) -> None:
        self.bot, self.team = bot, bot.slack.team

    def gone(self) -> None:
        self.bot = None

    def reload(self) -> None:
        """Go by the catalogue as it is written now; while Slack cannot be reached, from when it
        can.
        """
        try:
            result = self.catalogues()
            if self.bot:
                self.bot.take(result)
            else:
                app.refuse_unfit(result, self.turns, self.team)
                self.turns.catalogues = result
            log.info("the catalogue is read anew")
        except (Problem, SQLAlchemyError) as wrong:
            log.error("the catalogue stays as it was: %s", wrong)

    def unheard(self) -> str | None:
        """Since when Slack cannot be heard by Socket Mode. No reason to take the process out of
        service: it connects again by itself, and nothing else would hear more.
        """
        since = self.bot.hearing.deaf_since if self.bot else None
        return f"not heard since {since:%Y-%m-%d %H:%M:%S} UTC" if since else None

    def unready(self) -> str | None:
        """Why the process cannot serve now: the database, or a token that Slack refuses."""
        if why_not := self._database.why_not():
            return why_not
        if self.bot is None:
            return "not connected to Slack yet"
        refused = self.bot.slack.client.refused
        return f"Slack refuses the bot token: {refused}" if refused else None


def quiet_server(front: Front, host: str, port: int) -> uvicorn.Server:
    """Uvicorn without a log of each request; port 0 takes a free one."""
    most = most_connections()
    return _Server(
        uvicorn.Config(
            front,
            host=host,
            port=port,
            http=Patient,
            ws="none",
            backlog=LINE,
            limit_concurrency=2 * most,
            log_config=None,  # as everything else that is logged
            access_log=False,
        )
    )


@contextlib.asynccontextmanager
async def _listening(settings: Settings, front: Front) -> AsyncIterator[None]:
    """The HTTP server beside everything else, also while Slack cannot be reached: health is asked
    of it.
    """
    host, port = settings.http_host, settings.http_port
    try:
        listener = socket.create_server(
            (host, port),
            family=socket.AF_INET6 if ":" in host else socket.AF_INET,
            backlog=LINE,
        )
        listener.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # an answer's body does not wait 40 ms
    except OSError as taken:
        raise NotListening(host=host, port=port, why=taken.strerror) from taken
    server = quiet_server(front, host, port)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await running
        listener.close()
