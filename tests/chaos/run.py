"""One chaos run: bots, people, misbehaviour, kills; then peace, and the reckoning."""

import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from bot.catalogue import loader
from bot.demo.scenes import opening
from bot.edge.turns import Turns
from bot.manifest import build as manifest
from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company
from bot.playground.slack.wire.deliveries import Answer, Delivery, Timing
from storage import schema
from storage.base import open_engine
from tests import databases
from tests.chaos import reckoning
from tests.chaos.instances import Instance, instance, wait
from tests.chaos.money import Money
from tests.chaos.money import wrongs as unpaid
from tests.chaos.people import People
from tests.house.test_serve import free_port

TIMING = Timing(
    retries=(0.0, 6.0, 20.0)
)  # Slack's at once, a minute, five minutes, in the run's own pace
MISBEHAVIOUR: dict[str, float] = {
    "rate_limits": False,  # the limits have tests of their own; here everything shall hurry
    "slow_seconds": 0.02,
    "late_seconds": 0.05,
    "rate_limited_percent": 2,
    "server_error_percent": 3,
    "cut_before_percent": 3,
    "cut_after_percent": 3,
    "duplicate_percent": 10,
    "lost_answer_percent": 4,
}


@dataclass
class Report:
    """What a run found."""

    database: str
    seed: int
    kills: int = 0
    tickets: int = 0
    messages: int = 0
    reminded: int = 0
    """Invoices that fell due."""
    replies: int = 0
    acked: int = 0
    seconds: float = 0.0
    wrongs: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        head = (
            f"{self.database}, seed {self.seed}: {self.kills} kills in {self.seconds:.0f} s, "
            f"{self.tickets} tickets, "
            f"{self.messages} letters, {self.reminded} invoices due, {self.replies} replies "
            f"({self.acked} acked)"
        )
        return "\n".join(
            [f"{head}: {'everything is right' if not self.wrongs else 'WRONG'}", *self.wrongs]
        )


def run(database: str, kills: int, seed: int) -> Report:
    """Kill ``kills`` times on ``sqlite`` (one bot) or ``postgresql`` (two bots)."""
    logging.getLogger("uvicorn.error").setLevel(
        logging.CRITICAL
    )  # whom we kill hangs up on the playground
    report, begun = Report(database, seed), time.monotonic()
    with ExitStack() as life:
        folder = Path(
            life.enter_context(
                tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True)
            )
        )
        engine = life.enter_context(_database(database, folder))
        clock = TurnedClock(folder / "clock")
        clock.turn(
            (opening(clock.now()) - clock.now()).total_seconds()
        )  # reminders sleep outside of office hours
        rules = loader.load(None)
        playground = life.enter_context(
            Playground(company(manifest(rules), seed=seed, timing=TIMING, clock=clock))
        )
        bots = life.enter_context(
            _bots(1 if database == "sqlite" else 2, playground, engine, folder)
        )
        people, money = People(playground, seed), Money(Turns(engine, clock.now, {"*": rules}))
        _note_acks(playground, people)
        playground.misbehave(**MISBEHAVIOUR)
        people.begin()
        money.begin()
        try:
            _kill(bots, kills, Random(seed))
        finally:
            people.end()
            money.end()
        report.wrongs += [f"somebody could not go on: {failure!r}" for failure in people.failures]
        report.wrongs += _peace(playground, bots, engine, money)
        _reckon(report, engine, people, money, playground)
        report.kills = sum(bot.kills for bot in bots)
        report.wrongs += _unexpected(bots)
    report.seconds = time.monotonic() - begun
    return report


def _note_acks(playground: Playground, people: People) -> None:
    """What people said and the bot has acked, on whatever attempt, is the bot's to keep."""
    deliveries = playground.world.deliveries
    carry = deliveries.transport
    assert carry is not None

    async def noted(delivery: Delivery) -> Answer:
        answer = await carry(delivery)
        if answer.ok and delivery.kind == "events_api":
            people.done.acked.add(str(delivery.payload.get("event", {}).get("text")))
        return answer

    deliveries.transport = noted


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[Engine]:
    with ExitStack() as life:
        url = f"sqlite:///{folder / 'zaplecze.sqlite3'}"
        if kind == "postgresql":
            url = life.enter_context(databases.postgres())
        engine = open_engine(url)
        schema.upgrade(engine)
        life.callback(engine.dispose)
        yield engine


@contextmanager
def _bots(
    count: int, playground: Playground, engine: Engine, folder: Path
) -> Iterator[list[Instance]]:
    url = engine.url.render_as_string(hide_password=False)
    bots = [instance(n, free_port(), playground, url, folder) for n in range(count)]
    for bot in bots:
        bot.start()
    try:
        if not wait(lambda: all(bot.is_ready for bot in bots), 60):
            raise RuntimeError(f"the bots did not begin:\n{bots[0].log.read_text()}")
        yield bots
    finally:
        for bot in bots:
            if bot.process is not None:
                bot.process.kill()
                bot.process.wait()


def _kill(bots: list[Instance], kills: int, random: Random) -> None:
    """At random moments, a random one; each time it begins anew at once. Some die before they are
    ready.
    """
    for _ in range(kills):
        victim = random.choice(bots)
        if random.random() < 0.85:
            wait(lambda bot=victim: bot.is_ready, 30)  # type: ignore[misc]
        time.sleep(random.uniform(0.1, 2.5))
        victim.kill()
        victim.start()


def _peace(
    playground: Playground, bots: list[Instance], engine: Engine, money: Money
) -> Iterator[str]:
    """Slack behaves again and everybody has time to finish."""
    playground.misbehave(**dict.fromkeys(MISBEHAVIOUR, 0))
    if not wait(lambda: all(bot.is_ready for bot in bots), 60):
        yield "a bot did not begin again"
    time.sleep(sum(TIMING.retries) + 2)  # the last redelivery has come
    money.tell_the_rest()
    if not _comes_to_rest(engine):
        yield "there is still something to do"
    playground.run(playground.world.deliveries.quiet())
    yield from (f"bot {bot.number} ended with {status}" for bot in bots if (status := bot.stop()))


def _comes_to_rest(engine: Engine) -> bool:
    """Whether all gets done; what hundreds of kills left undone takes its time, while it becomes
    less.
    """
    while before := reckoning.left(engine):
        if not wait(lambda most=before: reckoning.left(engine) < most, 90):  # type: ignore[misc]
            return False
    return True


def _reckon(
    report: Report, engine: Engine, people: People, money: Money, playground: Playground
) -> None:
    found = reckoning.found(engine)
    report.tickets, report.messages, report.replies = (
        len(found.tickets),
        len(found.outbox_messages),
        len(people.done.said),
    )
    report.acked = sum(1 for _, text in people.done.said if text in people.done.acked)
    report.reminded = len(money.invoices)
    report.wrongs += reckoning.wrongs(found, people.done, playground.world)
    report.wrongs += unpaid(engine, money.invoices)


def _unexpected(bots: list[Instance]) -> Iterator[str]:
    """Lines that an administrator should not see, whatever Slack does."""
    for bot in bots:
        lines = bot.log.read_text().splitlines()
        yield from (
            f"bot {bot.number} said {line[:600]}"
            for line in lines
            if "reference" in line or '"Trace' in line
        )
