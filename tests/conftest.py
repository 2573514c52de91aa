"""Fixtures: a database of each kind, a clock that tests turn, a workspace with its people, and the
bot in it.
"""

import itertools
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from sqlalchemy import Engine

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.manifest import build as manifest
from bot.playground.server import Playground
from bot.playground.slack.clock import TurnedClock
from bot.playground.slack.company import company
from bot.playground.slack.wire.deliveries import Timing
from bot.slack import HOME
from storage import schema
from storage.base import open_engine
from tests import databases
from tests.driver import Office
from tests.running import DOORS, Running

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DATABASES = ("sqlite", "postgresql")
DATA = Path(__file__).parents[2] / "shared" / "data"

UNDER_MUTMUT = "MUTANT_UNDER_TEST" in os.environ

# A busy machine is no fault of what is tested. The examples are the same each time, so that a
# change is told from luck; others are drawn by: make test-all ARGS=--hypothesis-profile=anew
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("anew", deadline=None)
# A mutant is caught by its first counterexample: nobody wants the smallest one.
settings.register_profile("mutants", settings.get_profile("same"), phases=[Phase.generate])
settings.load_profile("mutants" if UNDER_MUTMUT else "same")


if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # begun in the background; what tests begin can be interrupted
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=UNDER_MUTMUT)
def nothing_is_known_yet() -> None:
    """Where mutmut notes which test calls what, no test finds the answers of another."""
    if os.environ["MUTANT_UNDER_TEST"] != "stats":
        return
    for name in list(sys.modules):
        if name.partition(".")[0] in {"bot", "handlers", "storage"}:
            for each in list(vars(sys.modules[name]).values()):
                if callable(getattr(each, "cache_clear", None)):
                    each.cache_clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--forged", type=int, default=5000, help="how many requests the forger makes")
    parser.addoption(
        "--door", choices=DOORS, default="process", help="how Slack's deliveries reach the bot"
    )
    parser.addoption("--database", choices=DATABASES, help="only on this kind; without it on both")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = config.getoption("--database")
    left_out = [item for item in items if wanted and _database_of(item) not in (None, wanted)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _database_of(item: pytest.Item) -> object:
    """The kind of database that a test runs on, where it runs on each."""
    drawn = getattr(item, "callspec", None)  # only what has parameters has one
    return drawn.params.get("engine") if drawn else None


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_engine() -> Iterator[Engine]:
    with databases.postgres() as url:
        engine = open_engine(url)
        schema.upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the newest shape; each test runs on both kinds."""
    if request.param == "postgresql":
        yield databases.emptied(request.getfixturevalue("postgres_engine"))
    else:
        with databases.fresh_sqlite(request.getfixturevalue("sqlite_template"), tmp_path) as fresh:
            yield fresh


@pytest.fixture
def clock() -> TurnedClock:
    """Monday morning; a second passes with every look at it, and `office.later(…)` turns it."""
    seconds = itertools.count()
    return TurnedClock(real=lambda: MONDAY + timedelta(seconds=next(seconds) / 1000))


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The shipped catalogue."""
    return loader.load(None)


@pytest.fixture
def rules(shipped: Catalogue) -> Catalogue:
    """The company's catalogue; a module that wants another than the shipped one overrides this
    fixture.
    """
    return shipped


@pytest.fixture
def turns(engine: Engine, clock: TurnedClock, rules: Catalogue) -> Turns:
    """Turns without Slack, for tests of services and storage: ``with turns.turn(HOME) as turn``."""
    return Turns(engine, clock.now, {"*": rules, HOME: rules})


@pytest.fixture
def playground(clock: TurnedClock, rules: Catalogue) -> Iterator[Playground]:
    patient = Timing(
        ack=30.0, trigger=30.0
    )  # a busy machine is no late bot; lateness has tests of its own
    world = company(manifest(rules), clock=clock, timing=patient, seed=1)
    with Playground(world) as running:
        yield running


@pytest.fixture
def transport(request: pytest.FixtureRequest) -> str:
    """How deliveries reach the bot; ``--door=socket`` or ``--door=http`` runs the same
    conversations over the wire.
    """
    return str(request.config.getoption("--door"))


@pytest.fixture
def bot(playground: Playground, turns: Turns, transport: str, tmp_path: Path) -> Iterator[Running]:
    """The bot, connected to the playground."""
    running = Running(playground, turns, transport, tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def office(playground: Playground, bot: Running) -> Office:
    """Everybody at work: ``office.anna.types("/ticket …")``."""
    return Office(playground, bot.settle)


@pytest.fixture
def data() -> Path:
    """The folder of real files; tests that read it skip where it is missing."""
    if not DATA.is_dir():
        pytest.skip("the folder of real files (shared/data beside the project) is not here")
    return DATA
