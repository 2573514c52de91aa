"""The app: database, words, Slack, features and clock put together. Two routes of one name are
refused.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.catalogue.channels import check_channels
from bot.config import Settings
from bot.connectors import connectors_of
from bot.delivery import background_tasks, retention
from bot.delivery import sender as sender
from bot.delivery.background_tasks import Tools, Worker
from bot.delivery.mail.sender import MailSender
from bot.delivery.sender import Sender
from bot.directory import channel_privacy, mirror
from bot.directory.mirror import Directory
from bot.edge import payloads
from bot.edge.edge import Bound, Edge
from bot.edge.provenance import is_foreign
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.kit.errors import Problem
from bot.kit.language.characters import storable
from bot.kit.routes import Route, Routes
from bot.readiness import Hearing
from bot.scheduler import Scheduler
from bot.slack import HOME, Slack
from handlers import features
from storage.invoices import connections
from storage.people import people
from storage.turn import Turn

log = logging.getLogger(__name__)


def all_routes() -> tuple[Routes[Turn], ...]:
    """Everything that listens: the bot's own, then the features."""
    return (mirror.routes, retention.routes, *features())


class DoublyBound(Exception):
    """Two features want the same route."""


class NoCatalogueFor(Problem):
    """The folder of catalogues has none for the workspace that the token opens."""

    sentence = (
        "There is no catalogue for the workspace {team}: put one named {team}.toml into the folder."
    )


class Indiscreet(Problem):
    """A channel would show to many what is meant for few."""

    sentence = "This catalogue cannot be used: {why}"


@dataclass(frozen=True)
class Pace:
    """How long things may take before they count as lost, and when they are tried again."""

    lease: timedelta = sender.LEASE
    grace: timedelta = sender.GRACE
    task: timedelta = background_tasks.LEASE
    reconnect: float = 5.0
    """Seconds between tries to reach Slack."""


PACE = Pace()


@dataclass
class Bot:
    """Everything that runs, and how it is started and ended."""

    turns: Turns
    slack: Slack
    edge: Edge
    sender: Sender
    mails: MailSender
    worker: Worker
    scheduler: Scheduler
    directory: Directory
    bolt: AsyncApp
    hearing: Hearing = field(default_factory=Hearing)

    async def settle(self) -> None:
        """Do everything that can be done now: background tasks, letters, and what follows from
        them.
        """
        await self.edge.finish()
        while await self.worker.run_due() + await self._carry():
            pass

    async def _carry(self) -> int:
        return await self.sender.carry() + await self.mails.carry()

    async def run(self, stop: asyncio.Event) -> None:
        """Live until told to stop; then finish what is in hand."""
        loop = asyncio.get_running_loop()

        def ring() -> None:
            loop.call_soon_threadsafe(self._ring)

        self.turns.on_change = ring
        ticking = self.scheduler.start()
        beside = [
            asyncio.create_task(work)
            for work in (self.directory.keep_fresh(), self.slack.keep_asking())
        ]
        try:
            await asyncio.gather(self.sender.run(stop), self.worker.run(stop), self.mails.run(stop))
        finally:
            ticking.shutdown(wait=False)
            for work in beside:
                work.cancel()
            await self.edge.finish()

    def take(self, catalogues: Mapping[str, Catalogue]) -> None:
        """Go by these catalogues from now on. A Problem says why not, and leaves everything as it
        was.
        """
        home = self.at_home(catalogues)
        routes = bind(all_routes(), home)
        _refuse_indiscreet(home, self.turns)
        self.turns.catalogues, self.edge.routes = {**catalogues, HOME: home}, routes

    def at_home(self, catalogues: Mapping[str, Catalogue]) -> Catalogue:
        """The catalogue of the workspace that the token opens."""
        return _at_home(catalogues, self.slack.team)

    def connect(self) -> None:
        """Note which sources are connected: what is due to be read stands in the database."""
        with self.turns.turn(HOME) as turn:
            connections.keep(turn, self.worker.tools.connectors)

    def _ring(self) -> None:
        for each in (self.sender, self.worker, self.mails):
            each.bell.ring()


@asynccontextmanager
async def build(settings: Settings, turns: Turns, pace: Pace = PACE) -> AsyncIterator[Bot]:
    """A bot that is connected to Slack, for as long as the block lasts."""
    slack = await Slack.connect(
        settings.slack_bot_token.get_secret_value(), settings.slack_api_url, settings.proxies
    )
    workers = 1 if turns.engine.dialect.name == "sqlite" else 8  # SQLite has one writer
    threads = ThreadPoolExecutor(workers, thread_name_prefix="turn")
    try:
        bot = assemble(settings, turns, slack, threads, pace)
        turns.catalogues = {**turns.catalogues, HOME: bot.at_home(turns.catalogues)}
        await bot.directory.refresh(is_starting=True)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, bot.take, turns.catalogues)
        await loop.run_in_executor(threads, bot.connect)
        yield bot
    finally:
        await slack.close()
        threads.shutdown()


def assemble(
    settings: Settings, turns: Turns, slack: Slack, threads: Executor, pace: Pace = PACE
) -> Bot:
    """The parts of a bot, each given what it needs."""
    directory = Directory(turns, slack, threads)
    edge = Edge(turns, slack, directory, {}, threads)
    listening = all_routes()
    works = {task.name: task for routes in listening for task in routes.tasks}
    connectors = connectors_of(settings.proxies)
    tools = Tools(slack.fetch, slack.react, turns.turn, settings.archive, connectors)
    return Bot(
        turns=turns,
        slack=slack,
        edge=edge,
        sender=Sender(turns, slack, threads, pace.lease, pace.grace),
        mails=MailSender(turns, settings.mail, settings.archive),
        worker=Worker(turns, works, tools, threads, pace.task),
        scheduler=Scheduler(turns, [job for each in listening for job in each.jobs], threads),
        directory=directory,
        bolt=bolt_app(slack, edge),
    )


def bind(everything: Iterable[Routes[Turn]], catalogue: Catalogue) -> Bound:
    """Every route by its kind and name; commands by the word that the catalogue gives them."""
    words: Mapping[str, str] = catalogue.commands.model_dump()
    bound: dict[tuple[str, str], list[Route[Turn]]] = {}
    routes = [route for of_feature in everything for route in of_feature.routes]
    for route in sorted(routes, key=lambda route: not _overhears(route)):
        name = words[route.name] if route.kind == "command" else route.name
        there = bound.setdefault((route.kind, name), [])
        is_answered = there and not _overhears(there[-1])
        if is_answered and route.kind != "event":
            raise DoublyBound(
                f"{route.kind} {name!r} is wanted by {there[0].listener} and {route.listener}"
            )
        there.append(route)
    return bound


def _overhears(route: Route[Turn]) -> bool:
    """Whether it only looks at a command: Slack is told of it by the feature whose it is."""
    return route.kind == "command" and not route.facts


def bolt_app(slack: Slack, edge: Edge) -> AsyncApp:
    """Bolt with one way in for every payload: what is listened to is the edge's business.

    It verifies no signature: requests by HTTP were verified by ``bot/http.py``, Socket Mode has
    none.
    """
    granted = AuthorizeResult(
        enterprise_id=None,
        team_id=slack.team,
        bot_token=slack.client.token,
        bot_id="",
        bot_user_id=slack.bot_user,
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
    _enter(app, edge)
    return app


def _enter(app: AsyncApp, edge: Edge) -> None:
    """A middleware that answers: Bolt asks listeners one by one whether they match, which costs
    more than all else.
    """

    @app.error
    async def refuse(error: Exception) -> BoltResponse:
        why = type(error).__name__  # its message may hold what somebody sent
        log.warning("a request that Bolt cannot read is refused: %s", why)
        return BoltResponse(status=400)

    @app.middleware
    async def enter(request: Any, body: Mapping[str, Any], ack: Any) -> Any:
        body = storable(body)
        read = payloads.reader_of(body)
        if read is None:
            return BoltResponse(status=400)  # nothing that Slack sends to apps like this one
        if is_foreign(body, edge.slack.team, edge.slack.app):
            log.warning("a delivery for another workspace or app is not served")
            return await ack()
        try:
            delivery = read(body)
        except (LookupError, TypeError, ValueError, AttributeError) as unread:
            why = type(unread).__name__  # its message may hold what somebody wrote
            log.warning("a delivery of unknown shape is declined: %s", why)
            return await ack()
        tried = str(*request.headers.get("x-slack-retry-num", ())[:1])
        await edge.handle(replace(delivery, attempt=int(tried) if tried.isdecimal() else 0), ack)
        return ack.response or BoltResponse(status=503)  # not acked: Slack brings it again


def refuse_unfit(catalogues: Mapping[str, Catalogue], turns: Turns, team: str | None) -> None:
    """A Problem when these cannot be gone by, as far as is known while Slack is away: by its
    channels as last seen.

    Of several workspaces' catalogues none is looked at before the ``team`` is known.
    """
    home = _at_home(catalogues, team) if team else catalogues.get("*")
    if home:
        _refuse_indiscreet(home, turns)


def _at_home(catalogues: Mapping[str, Catalogue], team: str) -> Catalogue:
    home = catalogues.get(HOME) or catalogues.get(team) or catalogues.get("*")
    if home is None:
        raise NoCatalogueFor(team=team)
    return home


def _refuse_indiscreet(catalogue: Catalogue, turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        facts = [channel_privacy.as_known(row) for row in people.channel_facts(turn)]
    problems = check_channels(catalogue, facts)
    if problems:
        raise Indiscreet(why=" ".join(str(problem) for problem in problems))
