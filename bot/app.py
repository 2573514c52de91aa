"""The app: database, words, Slack, features and clock put together. Two doors of one name are refused."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot import directory as directory_room
from bot import payloads
from bot.config import Settings
from bot.directory import Directory
from bot.edge import Bound, Edge
from bot.errands import Tools, Worker
from bot.kit.catalogue import Catalogue
from bot.kit.doors import Door, Doors
from bot.postman import Postman
from bot.scheduler import Scheduler
from bot.slack import HOME, Slack
from bot.turns import Turns
from handlers import FEATURES
from storage.turn import Turn

ANYTHING = re.compile(".*", re.DOTALL)
ROOMS: tuple[Doors[Turn], ...] = (directory_room.doors, *FEATURES)


class DoublyBound(Exception):
    """Two features want the same door."""


@dataclass
class Bot:
    """Everything that runs, and how it is started and ended."""

    turns: Turns
    slack: Slack
    edge: Edge
    postman: Postman
    worker: Worker
    scheduler: Scheduler
    directory: Directory
    bolt: AsyncApp

    async def settle(self) -> None:
        """Do everything that can be done now: errands, letters, and what follows from them."""
        await self.edge.finish()
        while await self.worker.run_due() + await self.postman.carry():
            pass

    async def run(self, stop: asyncio.Event) -> None:
        """Live until told to stop; then finish what is in hand."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self.postman.wake)

        self.turns.on_change = wake
        ticking = self.scheduler.start()
        refreshing = asyncio.create_task(self._keep_fresh())
        try:
            await asyncio.gather(self.postman.run(stop), self._run_errands(stop))
        finally:
            ticking.shutdown(wait=False)
            refreshing.cancel()
            await self.edge.finish()

    async def _run_errands(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if not await self.worker.run_due():
                await _sleep_or(stop, 0.5)

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(3600)
            await self.directory.refresh()


@asynccontextmanager
async def build(settings: Settings, turns: Turns) -> AsyncIterator[Bot]:
    """A bot that is connected to Slack, for as long as the block lasts."""
    slack = await Slack.connect(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    workers = 1 if turns.engine.dialect.name == "sqlite" else 8  # SQLite has one writer
    threads = ThreadPoolExecutor(workers, thread_name_prefix="turn")
    try:
        bot = assemble(settings, turns, slack, threads)
        await bot.directory.refresh()
        yield bot
    finally:
        await slack.close()
        threads.shutdown()


def assemble(settings: Settings, turns: Turns, slack: Slack, threads: Executor) -> Bot:
    """The parts of a bot, each given what it needs."""
    directory = Directory(turns, slack, threads)
    edge = Edge(turns, slack, directory, bind(ROOMS, turns.catalogue(HOME)), threads)
    works = {errand.name: errand for room in ROOMS for errand in room.errands}
    return Bot(
        turns=turns,
        slack=slack,
        edge=edge,
        postman=Postman(turns, slack, threads),
        worker=Worker(turns, works, Tools(fetch=slack.fetch, turn=turns.turn), threads),
        scheduler=Scheduler(turns, [job for room in ROOMS for job in room.jobs], threads),
        directory=directory,
        bolt=bolt_app(slack, edge),
    )


def bind(rooms: Iterable[Doors[Turn]], catalogue: Catalogue) -> Bound:
    """Every door by its kind and name; commands by the word that the catalogue gives them."""
    words: Mapping[str, str] = catalogue.commands.model_dump()
    bound: dict[tuple[str, str], list[Door[Turn]]] = {}
    for door in (door for room in rooms for door in room.doors):
        name = words[door.name] if door.kind == "command" else door.name
        there = bound.setdefault((door.kind, name), [])
        if there and door.kind != "event":
            raise DoublyBound(f"{door.kind} {name!r} is wanted by {there[0].listener} and {door.listener}")
        there.append(door)
    return bound


def bolt_app(slack: Slack, edge: Edge) -> AsyncApp:
    """Bolt with one catch-all for each kind of payload: what is listened to is the edge's business.

    It verifies no signature: requests by HTTP were verified by ``bot/http.py``, Socket Mode has none.
    """
    granted = AuthorizeResult(
        enterprise_id=None, team_id=slack.team, bot_token=slack.client.token, bot_id="", bot_user_id=slack.bot_user
    )

    async def authorize() -> AuthorizeResult:
        return granted

    log = logging.getLogger("bot.bolt")
    log.setLevel(logging.ERROR)  # below that it warns of being given its parts explicitly
    app = AsyncApp(
        logger=log,
        client=slack.client,
        signing_secret="checked before Bolt",
        request_verification_enabled=False,
        authorize=authorize,
        process_before_response=True,
    )
    _listen(app, edge)
    return app


def _listen(app: AsyncApp, edge: Edge) -> None:
    def through(read: Any) -> Any:
        async def enter(body: Mapping[str, Any], ack: Any) -> None:
            await edge.handle(read(body), ack)

        return enter

    app.command(ANYTHING)(through(payloads.command))
    app.action(ANYTHING)(through(payloads.action))
    app.view_submission(ANYTHING)(through(payloads.submission))
    app.view_closed(ANYTHING)(through(payloads.closing))
    app.shortcut(ANYTHING)(through(payloads.shortcut))
    app.options(ANYTHING)(through(payloads.search))
    app.event(ANYTHING)(through(payloads.event))


async def _sleep_or(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
