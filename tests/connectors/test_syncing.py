"""Keeping up: read when it is due, gone on where it was broken off, everything at night, trouble
told once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edge.turns import Turns
from bot.playground.slack.clock import TurnedClock
from bot.slack import HOME
from handlers.invoices.connectors.problems import KeyRefused, NoConnector, NoOwnNumber, Unreachable
from handlers.invoices.connectors.protocol import Connector
from handlers.invoices.service import source_sync
from handlers.invoices.service.source_sync import is_night_due
from storage import background_tasks
from storage.invoices import connections
from storage.turn import Turn
from tests.connectors.conftest import Catching
from tests.connectors.reference import Books
from tests.driver import Office
from tests.running import Running

FINANCE = "#bo-accounting"


@dataclass
class Lent:
    """What a background task is lent."""

    turns: Turns
    connectors: dict[str, Connector] = field(default_factory=dict)

    @contextmanager
    def turn(self, workspace: str, /) -> Iterator[Turn]:
        with self.turns.turn(workspace) as turn:
            yield turn


@pytest.fixture
def connected(bot: Running, books: Books) -> Books:
    """The running bot, connected to the books."""
    bot.bot.worker.tools = replace(bot.bot.worker.tools, connectors={"reference": books})
    return books


@pytest.fixture
def ticks(bot: Running, clock: TurnedClock) -> Callable[..., None]:
    """So much later every job is woken."""

    def later(**time: float) -> None:
        clock.turn(timedelta(**time).total_seconds())
        bot.tick()

    return later


def test_what_is_due_is_read_once(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        connections.keep(turn, ["tryton"])
        source_sync.plan(turn)
        source_sync.plan(turn)
    with turns.transaction() as db:
        found = background_tasks.claim(
            db, datetime(2027, 1, 1, tzinfo=UTC), timedelta(minutes=5), 10
        )
    assert [task.payload["source"] for task in found] == ["tryton"]


def test_source_that_is_not_configured_any_more_is_not_read(turns: Turns) -> None:
    with turns.turn(HOME) as turn:
        connections.keep(turn, ["tryton"])
        connections.keep(turn, [])
        assert connections.take_due(turn, turn.now) == []


def test_broken_off_reading_goes_on_where_it_was(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    numbers = [books.posts("10") for _ in range(4)]
    source_sync.catch_up(books, lambda: turns.turn(HOME), lambda: True)
    with turns.turn(HOME) as turn:
        known = connections.get(turn, "reference")
    assert (known.pass_after, known.read_until) == ("000001", None)
    asked = books.asked
    assert catch_up().sums.imported == len(numbers) - 1
    assert books.asked - asked == len(numbers) - 1


def test_changes_are_asked_for_with_an_overlap(
    turns: Turns, books: Books, catch_up: Catching
) -> None:
    books.posts("10")
    catch_up()
    books.later(minutes=3)
    assert catch_up().sums.read == 1  # within the overlap it is read twice
    books.later(minutes=30)
    catch_up()
    assert catch_up().sums.read == 0


def test_night_finds_what_the_changes_lost(
    turns: Turns, books: Books, catch_up: Catching, clock: TurnedClock
) -> None:
    number = books.posts("100")
    catch_up()
    books.later(hours=1)
    books.books(number, "100")
    books.hides_the_change_of(number)
    catch_up()
    assert catch_up().sums.paid == 0
    clock.turn(86400)
    assert catch_up().sums.paid == 1


def test_catalogue_without_our_number_is_told(books: Books, turns: Turns, shipped: object) -> None:
    turns.catalogues = {"*": shipped}  # type: ignore[dict-item]
    with pytest.raises(NoOwnNumber):
        source_sync.catch_up(books, lambda: turns.turn(HOME), lambda: True)


def test_source_that_is_not_there_is_a_sentence(turns: Turns) -> None:
    with pytest.raises(NoConnector):
        source_sync.read({"source": "tryton", "workspace": HOME}, Lent(turns))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 72))  # noqa: DTZ001
def test_every_night_is_compared_once(moment: datetime, hours: int) -> None:
    zone, now = ZoneInfo("Europe/Warsaw"), moment.replace(tzinfo=UTC)
    compared = now - timedelta(hours=hours)
    assert is_night_due(None, now, zone)
    assert not is_night_due(now, now, zone)
    assert is_night_due(compared, now, zone) or hours <= 25
    assert not is_night_due(compared, now, zone) or hours >= 1


def test_bot_reads_by_itself_and_answers(
    connected: Books, office: Office, turns: Turns, ticks: Callable[..., None]
) -> None:
    number = connected.posts("100")
    with turns.turn(HOME) as turn:
        connections.keep(turn, ["reference"])
    ticks(minutes=1)
    office.marek.types(f"/invoice {number}", FINANCE)
    assert "Globex GmbH" in office.marek.notes(FINANCE)[-1]
    with turns.turn(HOME) as turn:
        assert connections.get(turn, "reference").read_until


def test_trouble_is_told_once_and_its_end_too(
    connected: Books, office: Office, turns: Turns, ticks: Callable[..., None]
) -> None:
    with turns.turn(HOME) as turn:
        connections.keep(turn, ["reference"])
    connected.refusal = Unreachable(source="Reference", host="books", why="gone")
    for _ in range(5):
        ticks(hours=7)
    told = [seen for seen in office.marek.sees(FINANCE) if "books" in seen]
    assert len(told) == 1
    connected.refusal = None
    ticks(hours=7)
    assert [seen for seen in office.marek.sees(FINANCE) if "🔌" in seen and "books" not in seen]


def test_refused_key_is_told_at_once(
    connected: Books, office: Office, turns: Turns, ticks: Callable[..., None]
) -> None:
    with turns.turn(HOME) as turn:
        connections.keep(turn, ["reference"])
    connected.refusal = KeyRefused(source="Reference", host="books", setting="THE_KEY")
    ticks(minutes=1)
    assert [seen for seen in office.marek.sees(FINANCE) if "THE_KEY" in seen]
