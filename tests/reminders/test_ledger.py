"""The ledger of reminders under random days: payments, promises, imports, jumps of the clock, ticks
that come twice.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Row as Found
from sqlalchemy import select

from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.ledger.service.balances import company_day
from handlers.reminders.model.slots import MOST_OF_A_BACKLOG
from handlers.reminders.service import tick as ticking
from handlers.reminders.service.accounts import accounts
from handlers.reminders.service.plan import plan
from handlers.reminders.service.policy_context import context_of
from storage import outbox
from storage.invoices.instalments import instalments
from storage.invoices.invoices import invoices
from storage.people import people
from storage.people.roles import channel_named
from storage.reminders import messages, open_invoices, reminders, switches
from storage.reminders.messages import message_rows
from storage.reminders.reminders import rows
from storage.turn import Turn
from tests import databases
from tests.reminders.books import Books

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANNEL, OWNER = "C0COLLECTIONS", "U0PIOTR"


@dataclass
class Office:
    """Books, a clock that is turned by hand, and what must hold after every tick."""

    turns: Turns
    clock: "Hands"
    customers: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    sent_before: int = 0

    @property
    def books(self) -> Books:
        return Books(self.turns)

    def tick(self) -> None:
        with self.turns.turn(HOME) as turn:
            before = {
                row.id for row in turn.db.execute(select(rows.c.id).where(rows.c.state == "sent"))
            }
            ticking.sweep(turn)
        ticking.tick_until_done(lambda: self.turns.turn(HOME))
        with self.turns.turn(HOME) as turn:
            check_new(turn, before)
        with self.turns.turn(HOME) as turn:
            check_all(turn)

    def day(self, hours: int) -> None:
        self.clock.now += timedelta(hours=hours)
        self.books.payments_known()
        self.tick()


@dataclass
class Hands:
    now: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.now


def check_new(turn: Turn, before: set[int]) -> None:
    """What went in this tick could go: open, neither disputed nor promised, in the hours of whoever
    reads it.
    """
    sent = select(
        rows, invoices.c.outstanding, invoices.c.disputed, invoices.c.promised_until
    ).join(invoices, invoices.c.id == rows.c.invoice)
    day = company_day(turn)
    book = context_of(turn, "receivable")
    assert book
    for row in turn.db.execute(sent.where(rows.c.state == "sent")):
        if row.id in before:
            continue
        assert row.outstanding > 0
        assert row.disputed is None
        assert row.promised_until is None or row.promised_until < day
        (account,) = accounts(turn, book, [row.customer])
        reader = account.readers[row.audience]
        assert reader
        assert reader.hours(book.policy).is_open(turn.now)


def check_all(turn: Turn) -> None:
    """Every row is in one sent letter, or held or superseded with a reason; letters keep their
    distance.
    """
    kept = turn.db.execute(select(rows)).all()
    sent = {
        row.id: row
        for row in turn.db.execute(select(message_rows).where(message_rows.c.state == "sent"))
    }
    for row in kept:
        assert (row.state == "sent") == (row.message is not None) == (row.reason == "")
    assert {row.message for row in kept if row.message} == set(sent)
    posted = turn.db.execute(
        select(outbox.outbox_messages.c.key).where(outbox.outbox_messages.c.key.like("reminder:%"))
    ).scalars()
    assert sorted(posted) == sorted(f"reminder:{id_}" for id_ in sent)
    assert not turn.db.execute(
        select(message_rows.c.id).where(message_rows.c.state == "sent", message_rows.c.stage == "")
    ).all()
    check_distance(turn, list(sent.values()))
    check_nothing_is_lost(turn)


def check_distance(turn: Turn, sent: list[Found[tuple[object, ...]]]) -> None:
    policy = turn.catalogue.reminder_policies["customers"]
    days: dict[tuple[int, str], list[date]] = {}
    for message in sent:
        days.setdefault((message.customer, message.audience), []).append(message.day)
    for found in map(sorted, days.values()):
        assert all(
            (later - earlier).days >= policy.min_gap_days for earlier, later in pairwise(found)
        )
        assert all(
            sum(day - timedelta(7) < one <= day for one in found) <= policy.max_per_week
            for day in found
        )


def check_nothing_is_lost(turn: Turn) -> None:
    """Whatever is open and dated has a day on which it is looked at."""
    lost = (
        select(instalments.c.id)
        .join(invoices, invoices.c.id == instalments.c.invoice)
        .where(
            invoices.c.outstanding > 0,
            instalments.c.due_on.is_not(None),
            instalments.c.next_on.is_(None),
        )
    )
    assert turn.db.execute(lost).all() == []


@contextmanager
def office(template: Path, overdue: str, rules: Catalogue) -> Iterator[Office]:
    clock = Hands()
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.fresh_sqlite(template, Path(folder)) as engine,
    ):
        found = Office(Turns(engine, clock, {"*": rules}), clock)
        with found.turns.turn(HOME) as turn:
            _furnish(turn)
            switches.switch(turn, "customers", is_on=True, since=BEGIN.date(), overdue=overdue)
        found.customers = [found.books.customer(f"Customer {n}", owner=OWNER) for n in range(3)]
        found.books.payments_known()
        for n, days in enumerate((-9, -1, 1, 4, 9)):
            due = BEGIN.date() + timedelta(days=days)
            found.known.append(found.books.invoice(f"FV/{n}", due, customer=found.customers[n % 3]))
        yield found


def _furnish(turn: Turn) -> None:
    people.save_channel(
        turn, {"id": CHANNEL, "name": "bo-collections", "is_private": True, "is_shared": False}
    )
    piotr = {
        "id": OWNER,
        "name": "Piotr",
        "email": "",
        "locale": "pl-PL",
        "timezone": "Europe/Warsaw",
        "status": "",
    }
    flags = {"is_external": False, "is_admin": False, "is_bot": False, "is_deleted": False}
    people.save_person(turn, {**piotr, **flags})


acts = some.lists(
    some.one_of(
        some.tuples(some.just("day"), some.sampled_from([1, 5, 14, 24, 24, 48, 24 * 7, 24 * 40])),
        some.tuples(
            some.just("import"), some.integers(-60, 20), some.sampled_from([3_000, 50_000, 120_000])
        ),
        some.tuples(some.just("pay"), some.integers(0, 9), some.sampled_from([30_000, 120_000])),
        some.tuples(some.just("take_back"), some.integers(0, 9)),
        some.tuples(some.just("promise"), some.integers(0, 9), some.integers(-1, 20)),
        some.tuples(some.just("dispute"), some.integers(0, 9), some.booleans()),
        some.tuples(some.just("pause"), some.integers(0, 2), some.integers(0, 10)),
        some.tuples(some.just("approve"), some.integers(0, 2)),
        some.tuples(some.just("back"), some.integers(1, 48)),
        some.tuples(some.just("tick")),
    ),
    min_size=5,
    max_size=25,
)


def perform(office: Office, act: tuple[object, ...]) -> None:
    match act:
        case ("day", int(hours)):
            office.day(hours)
        case ("back", int(hours)):
            office.clock.now -= timedelta(hours=hours)
            office.tick()
        case ("import", int(days), int(amount)):
            n = len(office.known)
            due = office.clock.now.date() + timedelta(days=days)
            customer = office.customers[n % len(office.customers)]
            office.known.append(office.books.invoice(f"FV/{n}", due, amount, customer=customer))
        case ("pause", int(n), int(days)):
            with office.turns.turn(HOME) as turn:
                until = office.clock.now.date() + timedelta(days=days)
                switches.pause(turn, f"customer:{office.customers[n]}", until, "")
        case ("approve", int(n)):
            with office.turns.turn(HOME) as turn:
                asked = {row.instalment for row in reminders.rows_of(turn, office.known)}
                customer = office.customers[n]
                answered = reminders.answer(turn, customer, "account_owner", asked, yes=True)
                reminders.look_again(turn, answered)
        case ("tick",):
            office.tick()
            office.tick()
        case (str(what), int(n), *rest) if office.known:
            _say(office, what, office.known[n % len(office.known)], rest)


def _say(office: Office, what: str, invoice: int, rest: list[object]) -> None:
    day = office.clock.now.date()
    match what, rest:
        case "pay", [int(amount)]:
            office.books.pay(invoice, amount, reference=str(office.clock.now))
        case "take_back", []:
            office.books.take_back(invoice)
        case "promise", [int(days)]:
            office.books.says(invoice, promised_until=day + timedelta(days=days))
        case "dispute", [bool(is_so)]:
            office.books.says(invoice, disputed="why" if is_so else None)


@pytest.mark.timeout(600)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts, overdue=some.sampled_from(["done", "alone", "stage:due"]))
def test_every_row_is_told_once_or_kept_back_for_a_reason(
    sqlite_template: Path, rules: Catalogue, acts: list[tuple[object, ...]], overdue: str
) -> None:
    with office(sqlite_template, overdue, rules) as found:
        for act in acts:
            perform(found, act)
        for _ in range(12):  # in the end nothing hinders: what is reached is told
            found.day(24)
        with found.turns.turn(HOME) as turn:
            check_told(turn)


def check_told(turn: Turn) -> None:
    """What waits still waits for a reason that lasts."""
    book = context_of(turn, "receivable")
    assert book
    for account in accounts(turn, book, open_invoices.open_customers(turn, "receivable")):
        for item, decision in account.judge("finance"):
            lasting = {
                "gap",
                "week",
                "working_hours",
                "not_promised",
                "not_disputed",
                "not_paused",
                "above_minimum",
            }
            explained = account.decide(item, "finance")
            refused = {rule.rule for rule in explained.rules if not rule.passed}
            assert explained.outcome == decision
            assert decision.verdict != "send", (item, turn.now)
            assert decision.verdict == "none" or refused & lasting


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    dues=some.lists(
        some.tuples(some.integers(-40, 25), some.sampled_from([3_000, 120_000])),
        min_size=1,
        max_size=12,
    ),
    overdue=some.sampled_from(["done", "alone", "stage:due", "stage:reminder"]),
)
def test_the_plan_is_what_then_happens(
    sqlite_template: Path, rules: Catalogue, dues: list[tuple[int, int]], overdue: str
) -> None:
    with office(sqlite_template, overdue, _without_approval(rules)) as found:
        for n, (days, amount) in enumerate(dues, len(found.known)):
            due = BEGIN.date() + timedelta(days=days)
            found.books.invoice(f"FV/{n}", due, amount, customer=found.customers[n % 3])
        with found.turns.turn(HOME) as turn:
            book = context_of(turn, "receivable")
            assert book
            planned = plan(turn, book, BEGIN.date(), 30)
            assert planned == plan(turn, book, BEGIN.date(), 30)
        for _ in range(30):
            found.tick()
            found.clock.now += timedelta(days=1)
            found.books.payments_known()
        with found.turns.turn(HOME) as turn:
            happened = _happened(turn)
        names = {f"Customer {n}": id_ for n, id_ in enumerate(found.customers)}
        expected = [
            (one.on, one.audience, one.stage.key, names[one.customer], one.invoices)
            for one in planned
        ]
        last = BEGIN.date() + timedelta(days=30)
        assert sorted(expected) == sorted(one for one in happened if one[0] < last)


def _without_approval(rules: Catalogue) -> Catalogue:
    policy = rules.reminder_policies["customers"]
    stages = tuple(stage.model_copy(update={"approval": False}) for stage in policy.stages)
    changed = {**rules.reminder_policies, "customers": policy.model_copy(update={"stages": stages})}
    return rules.model_copy(update={"reminder_policies": changed})


def _happened(turn: Turn) -> list[tuple[date, str, str, int, tuple[str, ...]]]:
    found = []
    for message in turn.db.execute(select(message_rows).where(message_rows.c.state == "sent")):
        told = (
            select(invoices.c.number)
            .join(rows, rows.c.invoice == invoices.c.id)
            .where(rows.c.message == message.id)
        )
        numbers = tuple(
            turn.db.execute(told.order_by(invoices.c.first_due_on, invoices.c.id)).scalars()
        )
        found.append((message.day, message.audience, message.stage, message.customer, numbers))
    return found


def test_a_backlog_is_spread_over_days(sqlite_template: Path, rules: Catalogue) -> None:
    with office(sqlite_template, "stage:due", rules) as found:
        for n in range(70):
            customer = found.books.customer(f"Debtor {n:03}", owner=OWNER)
            found.books.invoice(f"FV/{n}", date(2026, 1, 31), customer=customer)
        for _ in range(6):
            with found.turns.turn(HOME) as turn:
                ticking.sweep(turn)
            ticking.tick_until_done(lambda: found.turns.turn(HOME))
            found.clock.now += timedelta(days=1)
            found.books.payments_known()
        with found.turns.turn(HOME) as turn:
            loads = [messages.load_of(turn, to, BEGIN.date()) for to in (OWNER, CHANNEL)]
    assert all(
        max(load.values()) <= MOST_OF_A_BACKLOG + 3 and sum(load.values()) >= 70 for load in loads
    )


def test_what_was_booked_is_looked_at_in_turns_that_take_a_few_each(turns: Turns) -> None:
    small = Books(turns)
    for n in range(5):
        small.invoice(f"FV/{n}", date(2026, 11, 23), customer=small.customer())
    with turns.turn(HOME) as turn:
        assert reminders.look_at_new(turn, [], 2) is False
        assert taken(turn) == 0
        more = [reminders.look_at_new(turn, ["receivable"], 2) for _ in range(3)]
        assert more == [True, True, False]
        assert taken(turn) == 5


def test_what_has_no_next_day_is_come_upon_again_a_few_at_a_time(turns: Turns) -> None:
    small = Books(turns)
    for n in range(5):
        small.invoice(f"FV/{n}", date(2026, 11, 23), customer=small.customer())
    with turns.turn(HOME) as turn:
        assert walked(turn, 5) == 5
        assert [walked(turn, 2) for _ in range(4)] == [2, 2, 1, 2]


def walked(turn: Turn, most: int) -> int:
    """How many are looked at after one more sweep."""
    reminders.look_at_new(turn, ["receivable"], most)
    return taken(turn)


def taken(turn: Turn) -> int:
    """How many are looked at now; they have no next day then."""
    due = reminders.take_due(turn, date(2026, 11, 24), 10)
    reminders.put_off(turn, {each.instalment: reminders.NEVER for each in due})
    return len(due)


def test_another_workspace_is_left_alone(turns: Turns) -> None:
    books = Books(turns)
    invoice = books.invoice("FV/1", date(2026, 11, 23), customer=books.customer())
    with turns.turn("other") as turn:
        reminders.look_again(turn, [invoice])
        reminders.look_at_new(turn, ["receivable"], 1_000)
        assert reminders.take_due(turn, date(2026, 12, 31), 10) == []
        assert open_invoices.open_customers(turn, "receivable") == []
        assert open_invoices.parts_of(turn, [invoice]) == []
    with turns.turn(HOME) as turn:
        assert channel_named(turn, CHANNEL) is None
        assert len(open_invoices.parts_of(turn, [invoice])) == 1
