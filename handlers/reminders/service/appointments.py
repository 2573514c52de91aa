"""Appointments: what has come to its day is taken in one query, and a message is planned for each
who shall know.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.reminders.model.slots import next_slot
from handlers.reminders.model.stages import schedule_of
from handlers.reminders.service.accounts import Membership, PolicyContext, Rules
from storage.reminders import messages, reminders
from storage.reminders.messages import Appointment
from storage.reminders.reminders import NEVER, Due
from storage.turn import Turn

MOST = 400  # instalments a turn: others want to write as well
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)
ActivePolicies = Mapping[str, PolicyContext]


def appoint_due(turn: Turn, books: ActivePolicies, day: date) -> int:
    """Plan messages about everything that has come to its day; how many instalments that were."""
    due = reminders.take_due(turn, day, day + _A_DAY, MOST)
    put_off: dict[int, date] = {}
    reached: dict[str, dict[int, list[Reached]]] = {}
    for item in due:
        rules = _rules(item, books)
        later, was_overdue = _look(item, rules, books, day)
        if later or rules is None:
            put_off[item.instalment] = later or NEVER
        else:
            of_direction = reached.setdefault(item.direction, {})
            of_direction.setdefault(item.customer, []).append(
                Reached(item.instalment, was_overdue, rules)
            )
    for direction, customers in reached.items():
        put_off |= _appoint(turn, books[direction], customers)
    reminders.put_off(turn, put_off)
    return len(due)


def appoint(turn: Turn, book: PolicyContext, customer: int, only: str | None = None) -> None:
    """Plan the next messages about a customer: for every audience, or for one."""
    membership = Membership(turn, book, [customer])
    rules = membership.rules(customer)
    slots = [
        _slot(rules, book, membership, customer, audience)
        for audience in book.audiences
        if only in (None, audience)
    ]
    messages.appoint(turn, [slot for slot in slots if slot])


class Reached(NamedTuple):
    """An instalment whose stage has come, and the rules that hold for it."""

    instalment: int
    was_overdue: bool
    rules: Rules


def _rules(due: Due, books: ActivePolicies) -> Rules | None:
    book = books.get(due.direction)
    return book.rules(due.policy, due.customers_policy) if book else None


def _look(
    due: Due, rules: Rules | None, books: ActivePolicies, day: date
) -> tuple[date | None, bool]:
    """The day to which an instalment is put off, none when a stage has come; and whether it was
    late from the first.
    """
    book = books.get(due.direction)
    if book is None or rules is None or due.due_on is None or not due.is_open:
        return NEVER, False
    if not rules.switch.is_on:
        return NEVER, False
    known_on = due.known_at.astimezone(book.zone).date()
    course = schedule_of(rules.policy, rules.switch, due.due_on, known_on, book.country)
    if course.reached(day):
        return None, course.was_overdue
    following = course.following(day)
    return min(following[1] if following else NEVER, day + _A_WEEK), False


def _appoint(
    turn: Turn, book: PolicyContext, customers: Mapping[int, list[Reached]]
) -> dict[int, date]:
    """Plan the messages about these customers; until when their instalments are put off."""
    membership = Membership(turn, book, list(customers))
    loads: dict[str, dict[date, int]] = {}
    wanted: list[Appointment] = []
    put_off: dict[int, date] = {}
    for customer, result in sorted(customers.items()):
        is_backlog = all(item.was_overdue for item in result)
        load = _Loads(turn, loads) if is_backlog else None
        of_audience = {
            audience: item.rules for item in result for audience in item.rules.policy.audience
        }
        planned = (
            _slot(rules, book, membership, customer, audience, load)
            for audience, rules in of_audience.items()
        )
        slots = [slot for slot in planned if slot]
        wanted += slots
        until = max((slot.day for slot in slots), default=book.day + _A_WEEK) + _A_DAY
        put_off |= {item.instalment: until for item in result}
    messages.appoint(turn, wanted)
    return put_off


class _Loads:
    """How many messages each addressee has on each day, those of this turn among them."""

    def __init__(self, turn: Turn, existing: dict[str, dict[date, int]]) -> None:
        self._turn, self._known = turn, existing

    def of(self, addressee: str, since: date) -> dict[date, int]:
        if addressee not in self._known:
            self._known[addressee] = messages.load_of(self._turn, addressee, since)
        return self._known[addressee]


def _slot(
    rules: Rules,
    book: PolicyContext,
    membership: Membership,
    customer: int,
    audience: str,
    loads: _Loads | None = None,
) -> Appointment | None:
    reader = membership.reader(customer, audience)
    if reader is None:
        return None
    load = loads.of(reader.to, book.day) if loads else None
    hours = reader.hours(rules.policy)
    moment = next_slot(hours, rules.policy, membership.contacts(customer, audience), book.now, load)
    day = moment.astimezone(ZoneInfo(reader.timezone)).date()
    if load is not None:
        load[day] = load.get(day, 0) + 1
    return Appointment(customer, book.policy.direction, audience, day, reader.to, moment)
