"""Planning: what would go in the days to come, without sending anything; the decisions are those of
the real thing.

It is taken that payments stay as they are and are known, that finance approves what it is asked,
and that nobody disputes, promises or pauses anything meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush

from bot.kit.catalogue import Stage
from bot.kit.money import Money, totals
from handlers.reminders.model.decision import Decision, decide
from handlers.reminders.model.facts import FINANCE
from handlers.reminders.model.slots import MOST_OF_A_BACKLOG
from handlers.reminders.service.accounts import Account, Item, PolicyContext, accounts, context
from handlers.reminders.service.audiences import Reader
from storage.reminders import reminders
from storage.reminders.reminders import UNAPPROVED, Row
from storage.turn import Turn

_A_DAY = timedelta(days=1)
_AT_ONCE = 200  # accounts


@dataclass(frozen=True)
class Planned:
    """A message that would go: on which day, to whom, at which stage, about what."""

    on: date
    audience: str
    stage: Stage
    customer: str
    invoices: tuple[str, ...]
    amounts: tuple[Money, ...]
    needs_approval: bool


@dataclass
class _StageSchedule:
    """One audience of one account on its way through the days."""

    account: Account
    audience: str
    reader: Reader
    contacts: list[date]
    rows: dict[int, dict[str, Row]]
    first: date


def plan_all(
    turn: Turn, first: date | None, days: int, *, as_if_on: bool
) -> tuple[list[Planned], list[str]]:
    """The plan of every policy that is switched on, or of all; and the keys of those that were left
    out.
    """
    books = [book for item in ("receivable", "payable") if (book := context(turn, item))]
    off = [rules for book in books for rules in book.every if not rules.switch.is_on]
    if as_if_on:
        on = {item.policy.key: replace(item.switch, is_on=True, overdue="done") for item in off}
        books, off = [book.switched(on) for book in books], []
    planned = [
        message
        for book in books
        if book.is_on
        for message in plan(turn, book, first or book.day, days)
    ]
    return sorted(
        planned, key=lambda item: (item.on, item.audience, item.customer, item.stage.days)
    ), [rules.policy.key for rules in off]


def plan(turn: Turn, book: PolicyContext, first: date, days: int) -> list[Planned]:
    """Every message from a day on, for so many days, in order; for a day that is over, what would
    have gone.
    """
    since = {
        item.policy.key: replace(item.switch, since=min(item.switch.since, first))
        for item in book.every
    }
    book = book.switched(since)
    courses = [course for account in _all(turn, book) for course in _courses(account, first)]
    of_finance = {each.account.id: each for each in courses if each.audience == FINANCE}
    queue = [(first, course.account.id, course.audience, i) for i, course in enumerate(courses)]
    heapify(queue)
    loads: dict[tuple[str, date], int] = {}
    planned: list[Planned] = []
    while queue and queue[0][0] < first + timedelta(days=days):
        day, customer, audience, i = heappop(queue)
        message, again = _on(courses[i], day, loads, of_finance.get(customer))
        planned += [message] if message else []
        heappush(queue, (max(again, day + _A_DAY), customer, audience, i))
    return planned


def _all(turn: Turn, book: PolicyContext) -> Iterator[Account]:
    ids = reminders.open_customers(turn, book.policy.direction)
    for i in range(0, len(ids), _AT_ONCE):
        yield from accounts(turn, book, ids[i : i + _AT_ONCE])


def _courses(account: Account, first: date) -> Iterator[_StageSchedule]:
    for audience in account.context.audiences:
        reader = account.readers[audience]
        if reader:
            rows = {
                item.instalment: dict(account.facts(item, audience).rows) for item in account.items
            }
            yield _StageSchedule(
                account, audience, reader, list(account.contacts[audience]), rows, first
            )


def _on(
    course: _StageSchedule,
    day: date,
    loads: dict[tuple[str, date], int],
    of_finance: _StageSchedule | None,
) -> tuple[Planned | None, date]:
    """What goes on a day, if anything, and the next day to look at. What finance is asked to
    approve it is not told of once more.
    """
    hours = course.reader.hours(course.account.rules.policy)
    moment = hours.next_opening(datetime.combine(day, time(), hours.zone))
    opening = moment.astimezone(hours.zone).date()
    if opening > day:
        return None, opening
    items = [each for each in course.account.items if course.audience in each.rules.policy.audience]
    judged = [(item, _decide(course, item, moment)) for item in items]
    again = min((decision.look_again for _, decision in judged), default=date.max)
    going = [(item, decision) for item, decision in judged if decision.stage and _goes(decision)]
    if not going:
        return None, again
    asked = [(item, decision) for item, decision in going if decision.reason == UNAPPROVED]
    finance = course.account.finance if asked else None
    places = [each.to for each in (course.reader, finance) if each]
    load = max(loads.get((to, day), 0) for to in places)
    if load >= MOST_OF_A_BACKLOG and all(decision.course.was_overdue for _, decision in going):
        return None, day + _A_DAY
    loads |= {(to, day): loads.get((to, day), 0) + 1 for to in places}
    if of_finance:
        _note(of_finance, day, asked)
    return _take(course, day, going), again


def _decide(course: _StageSchedule, item: Item, moment: datetime) -> Decision:
    facts = course.account.facts(item, course.audience)
    then = replace(
        facts,
        payments_known_until=moment,
        known_on=min(facts.known_on, course.first),
        contacts=tuple(course.contacts),
        rows=course.rows[item.instalment],
    )
    return decide(then, item.rules.policy, moment)


def _goes(decision: Decision) -> bool:
    return all(rule.passed or rule.rule == UNAPPROVED for rule in decision.rules)


def _take(course: _StageSchedule, day: date, going: Sequence[tuple[Item, Decision]]) -> Planned:
    course.contacts.append(day)
    stages = [decision.stage for _, decision in going if decision.stage]
    _note(course, day, going)
    return Planned(
        on=day,
        audience=course.audience,
        stage=max(stages, key=lambda stage: stage.days),
        customer=course.account.name,
        invoices=tuple(dict.fromkeys(item.entry.invoice.number for item, _ in going)),
        amounts=totals(item.outstanding for item, _ in going),
        needs_approval=any(decision.reason == UNAPPROVED for _, decision in going),
    )


def _note(course: _StageSchedule, day: date, told: Sequence[tuple[Item, Decision]]) -> None:
    for item, decision in told:
        if decision.stage and item.due_on:
            key = decision.stage.key
            course.rows[item.instalment][key] = item.row(course.audience, key, day, "sent")
