"""Keeping up with connected sources: changes every few minutes, everything once a night, trouble
told once.

The job only records a background task; the background task asks the source outside any transaction
and books page by page, each page a short turn. How far it came stands in the database, so that a
reading that was broken off goes on where it was.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.kit import clock
from bot.kit.markup import Mrkdwn
from bot.kit.words import Words
from handlers.invoices.connectors import booking
from handlers.invoices.connectors.booking import Sums
from handlers.invoices.connectors.problems import Broken, NoConnector, NoOwnNumber, SourceProblem
from handlers.invoices.connectors.protocol import Connector, Page
from handlers.invoices.service.waiting import payment_board
from handlers.people.service.finance_channel import desk, hearers
from storage.invoices import connections, payments
from storage.invoices.connections import Connection, LinkState
from storage.turn import Turn

EVERY = timedelta(minutes=5)
LOST = timedelta(hours=1)  # after which a reading that never came back is begun again
OVERLAP = timedelta(minutes=10)
"""Read twice: a change is dated by its transaction's beginning, not its end."""
AT_NIGHT = time(2)  # local; from then on everything is compared
LONGEST = timedelta(minutes=2)  # of one background task; the rest is another's
SLOWEST = timedelta(hours=6)  # between two tries at a source that fails
PATIENCE = 3  # failures that may pass by themselves before somebody hears of them
_NAMED = 10  # numbers in one message

Turning = Callable[[], AbstractContextManager[Turn]]


class Tools(Protocol):
    """What the app lends a background task."""

    @property
    def connectors(self) -> Mapping[str, Connector]: ...

    def turn(self, workspace: str, /) -> AbstractContextManager[Turn]: ...


@dataclass
class Reading:
    """What a reading did: its sums, and whether everything that was asked for has come."""

    sums: Sums = field(default_factory=Sums)
    is_done: bool = False


def plan(turn: Turn) -> None:
    """Record a reading of each source whose moment has come; the next is set when this one ends."""
    for source in connections.take_due(turn, turn.now + LOST):
        at = turn.now.isoformat()
        turn.task("invoices.read_source", f"{source}:{at}", source=source, at=at)


def read(payload: Mapping[str, Any], tools: Tools) -> Reading:
    """Read a source: what has changed, or on with everything. Raises a SourceProblem."""
    source = tools.connectors.get(payload["source"])
    if source is None:
        raise NoConnector()
    until = clock.real() + LONGEST
    return catch_up(source, lambda: tools.turn(payload["workspace"]), lambda: clock.real() > until)


def catch_up(
    source: Connector, turning: Turning, is_enough: Callable[[], bool], *, everything: bool = False
) -> Reading:
    """Page by page until the source has told all, or it is enough for this time."""
    reading = Reading()
    with turning() as turn:
        under_way = _begun(turn, source.name, everything)
    while True:
        page = source.changed(under_way.pass_since, under_way.pass_after)
        with turning() as turn:
            under_way = _take(turn, source, under_way, page, reading)
        if reading.is_done or is_enough():
            return reading


def _begun(turn: Turn, source: str, everything: bool) -> Connection:
    """The pass that was broken off; else a new one: over everything the first time and at night."""
    if not turn.catalogue.company.tax_numbers:
        raise NoOwnNumber()
    connection = connections.get(turn, source)
    is_resumed = connection.pass_as_of is not None and not (everything and connection.pass_since)
    if is_resumed:
        return connection
    since = connection.read_until - OVERLAP if connection.read_until else None
    if everything or is_night_due(
        connection.compared_at, turn.now, ZoneInfo(turn.catalogue.timezone)
    ):
        since = None
    return Connection(source, connection.read_until, connection.compared_at, None, since, None)


def is_night_due(compared_at: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nothing was compared since the last night began."""
    local = now.astimezone(zone)
    night = datetime.combine(local.date(), AT_NIGHT, zone)
    last = (
        night
        if night <= local
        else datetime.combine(local.date() - timedelta(days=1), AT_NIGHT, zone)
    )
    return compared_at is None or compared_at < last


def _take(
    turn: Turn, source: Connector, under_way: Connection, page: Page, reading: Reading
) -> Connection:
    as_of = under_way.pass_as_of or page.as_of
    booking.take(turn, source, page.invoices, as_of, reading.sums)
    if page.after is not None:
        place = {"pass_as_of": as_of, "pass_since": under_way.pass_since, "pass_after": page.after}
        connections.note(turn, source.name, **place)
        return connections.get(turn, source.name)
    reading.is_done = True
    return _finished(turn, source, under_way.pass_since, as_of)


def _finished(turn: Turn, source: Connector, since: datetime | None, as_of: datetime) -> Connection:
    """All was told: changes up to the pass's beginning are known, and after everything also what is
    gone.
    """
    facts: dict[str, Any] = {
        "pass_as_of": None,
        "pass_since": None,
        "pass_after": None,
        "read_until": as_of,
    }
    if since is None:
        facts["compared_at"] = turn.now
        connections.lose_unseen(turn, source.name, as_of)
    if source.capabilities.has_payments:
        payments.note_known_until(turn, source.name, as_of)
    connections.note(turn, source.name, **facts)
    return connections.get(turn, source.name)


def settle(turn: Turn, payload: Mapping[str, Any], reading: Reading) -> None:
    """After a reading: when the next is, and what finance is to know."""
    source = payload["source"]
    was = connections.get(turn, source)
    again = turn.now + EVERY if reading.is_done else turn.now
    connections.note(turn, source, next_at=again, failures=0, failing_since=None, error=None)
    tell_of_conflicts(turn, source, payload["at"])
    if reading.sums.imported:
        payment_board.follow(turn)
    if was.failures >= PATIENCE and was.failing_since:
        once = f"connector:{source}:again:{was.failing_since.isoformat()}"
        for finance in hearers(turn):
            text = finance.words.mark("🔌 {source} is being read again.", source=source.title())
            turn.tell(finance.channel, text, once=finance.once(once))


def fail(turn: Turn, payload: Mapping[str, Any], why: Exception) -> None:
    """A reading failed: it is tried again, less and less often; finance hears of it once."""
    source = payload["source"]
    connection = connections.get(turn, source)
    problem = why if isinstance(why, SourceProblem) else Broken(source=source.title())
    failures = (
        connection.failures + 1 if problem.is_passing else max(connection.failures + 1, PATIENCE)
    )
    since = connection.failing_since or turn.now
    again = turn.now + min(EVERY * 2 ** min(connection.failures, 10), SLOWEST)
    connections.note(
        turn, source, next_at=again, failures=failures, failing_since=since, error=str(problem)
    )
    if failures < PATIENCE:
        return
    once = f"connector:{source}:{type(problem).__name__}:{since.isoformat()}"
    for finance in hearers(turn):
        text = finance.words.mark(
            "🔌 Invoices and payments of {source} are not read at present: {why}",
            source=source.title(),
            why=finance.words.problem(problem),
        )
        turn.tell(finance.channel, text, once=finance.once(once))


def tell_of_conflicts(turn: Turn, source: str, once: str) -> None:
    """Finance hears once of what is booked otherwise than the source tells it, and of what is gone
    there.
    """
    finance = desk(turn)
    if finance is None:
        return
    states: tuple[LinkState, ...] = ("conflict", "gone")
    for state in states:
        numbers = connections.take_untold(turn, source, state)
        if numbers:
            said = (_conflict if state == "conflict" else _gone)(
                finance.words, source.title(), numbers
            )
            turn.tell(finance.channel, said, once=f"connector:{source}:{state}:{once}")


def _conflict(words: Words, source: str, numbers: Sequence[str]) -> Mrkdwn:
    return words.mark_count(
        "⚠️ {source} tells {n} invoice otherwise than it is booked: {numbers}. It is left as it "
        "is; compare the two.",
        "⚠️ {source} tells {n} invoices otherwise than they are booked: {numbers}. "
        "They are left as they are; compare the two.",
        len(numbers),
        source=source,
        numbers=_named(numbers),
    )


def _gone(words: Words, source: str, numbers: Sequence[str]) -> Mrkdwn:
    return words.mark_count(
        "⚠️ {n} invoice is not in {source} any more: {numbers}. It stays in the ledger; see what "
        "became of it there.",
        "⚠️ {n} invoices are not in {source} any more: {numbers}. "
        "They stay in the ledger; see what became of them there.",
        len(numbers),
        source=source,
        numbers=_named(numbers),
    )


def _named(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")
