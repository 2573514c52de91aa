"""Appointments: what has come to its day is taken in one query, and a message is planned for each
who shall know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers.reminders.model.facts import FINANCE, OUTSIDE
from handlers.reminders.model.slots import busiest, next_slot
from handlers.reminders.model.stages import schedule_of
from handlers.reminders.service.audiences import Readership
from handlers.reminders.service.policy_context import ActivePolicies, PolicyContext, Rules
from storage.reminders import messages, reminders
from storage.reminders.messages import Appointment
from storage.reminders.reminders import NEVER, Due
from storage.turn import Turn

MOST = 200  # instalments a turn: others want to write as well
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)


def appoint_due(turn: Turn, policies: ActivePolicies, day: date) -> int:
    """Plan messages about everything that has come to its day; how many instalments that were."""
    due = reminders.take_due(turn, day, MOST)
    put_off: dict[int, date] = {}
    reached: dict[str, dict[int, list[Reached]]] = {}
    for item in due:
        looked = _look(item, policies, day)
        if isinstance(looked, Reached):
            of_direction = reached.setdefault(item.direction, {})
            of_direction.setdefault(item.customer, []).append(looked)
        else:
            put_off[item.instalment] = looked
    for direction, customers in reached.items():
        put_off |= _appoint(turn, policies[direction], customers)
    reminders.put_off(turn, put_off)
    return len(due)


def appoint(turn: Turn, context: PolicyContext, customer: int, only: str | None = None) -> None:
    """Plan the next messages about a customer: for every audience, or for one."""
    readership = Readership(turn, context, [customer])
    rules = readership.rules(customer)
    slots: list[Appointment] = []
    for audience in context.audiences:
        if only in (None, audience):
            slot = _slot(rules, context, readership, customer, audience)
            slots += [slot] if slot else []
    messages.appoint(turn, slots)


class Reached(NamedTuple):
    """An instalment whose stage has come, and the rules that hold for it."""

    instalment: int
    was_overdue: bool
    """From the first."""
    is_asked_about: bool
    """Whether finance has to approve what a customer gets at this stage."""
    rules: Rules


def _look(due: Due, policies: ActivePolicies, day: date) -> Reached | date:
    """What has come, or the day to which an instalment is put off."""
    context = policies.get(due.direction)
    if context is None or due.due_on is None or not due.is_open:
        return NEVER
    rules = context.rules(due.policy, due.customers_policy)
    if not rules.switch.is_on:
        return NEVER
    known_on = due.known_at.astimezone(context.zone).date()
    schedule = schedule_of(rules.policy, rules.switch, due.due_on, known_on, context.country)
    if stage := schedule.reached(day):
        return Reached(due.instalment, schedule.was_overdue, stage.approval, rules)
    following = schedule.following(day)
    return min(following[1] if following else NEVER, day + _A_WEEK)


def _appoint(
    turn: Turn, context: PolicyContext, customers: Mapping[int, list[Reached]]
) -> dict[int, date]:
    """Plan the messages about these customers; until when their instalments are put off."""
    readership = Readership(turn, context, list(customers))
    loads: dict[str, dict[date, int]] = {}
    wanted: list[Appointment] = []
    put_off: dict[int, date] = {}
    for customer, result in sorted(customers.items()):
        slots = list(_slots(turn, context, readership, customer, result, loads))
        wanted += slots
        until = max((slot.day for slot in slots), default=context.day + _A_WEEK) + _A_DAY
        put_off |= dict.fromkeys(map(attrgetter("instalment"), result), until)
    messages.appoint(turn, wanted)
    return put_off


def _slots(
    turn: Turn,
    context: PolicyContext,
    readership: Readership,
    customer: int,
    result: Sequence[Reached],
    loads: dict[str, dict[date, int]],
) -> Iterator[Appointment]:
    """The message to finance first, since others may have to wait for what it says."""
    is_backlog, is_asked_about = True, False
    of_audience: dict[str, Rules] = {}
    for item in result:
        is_backlog &= item.was_overdue
        is_asked_about |= item.is_asked_about
        of_audience |= dict.fromkeys(item.rules.policy.audience, item.rules)
    load = _Loads(turn, loads) if is_backlog else None
    to_finance = None
    if rules := of_audience.pop(FINANCE, None):
        to_finance = _slot(rules, context, readership, customer, FINANCE, load)
        if to_finance:
            yield to_finance
    question = None
    if is_asked_about:
        question = _Question(to_finance.send_at if to_finance else None)
    for audience, rules in of_audience.items():
        slot = _slot(rules, context, readership, customer, audience, load, question)
        if slot:
            yield slot


class _Loads:
    """How many messages each addressee has on each day, those of this turn among them."""

    def __init__(self, turn: Turn, existing: dict[str, dict[date, int]]) -> None:
        self._turn, self._known = turn, existing

    def of(self, addressee: str, since: date) -> dict[date, int]:
        if addressee not in self._known:
            self._known[addressee] = messages.load_of(self._turn, addressee, since)
        return self._known[addressee]

    def of_all(self, addressees: Iterable[str], since: date) -> list[dict[date, int]]:
        return [self.of(addressee, since) for addressee in addressees]


class _Question(NamedTuple):
    """Finance is asked before a customer hears: by a card in the place of its own message, or,
    where it has none (``comes_at`` is None), by one that comes when the customer would have heard.
    """

    comes_at: datetime | None


def _slot(
    rules: Rules,
    context: PolicyContext,
    readership: Readership,
    customer: int,
    audience: str,
    loads: _Loads | None = None,
    question: _Question | None = None,
) -> Appointment | None:
    reader = readership.reader(customer, audience)
    if reader is None:
        return None
    begins, places = context.now, [reader.to]
    if question and audience in OUTSIDE:
        finance = readership.reader(customer, FINANCE)
        if question.comes_at:
            begins = max(begins, question.comes_at)
        elif finance:
            places.append(finance.to)
    each = loads.of_all(places, context.day) if loads else []
    load = busiest(each) if loads else None
    hours, contacts = reader.hours(rules.policy), readership.contacts(customer, audience)
    moment = next_slot(hours, rules.policy, contacts, begins, load)
    day = moment.astimezone(ZoneInfo(reader.timezone)).date()
    for one in each:
        one[day] = one.get(day, 0) + 1
    return Appointment(customer, context.policy.direction, audience, day, reader.to, moment)
