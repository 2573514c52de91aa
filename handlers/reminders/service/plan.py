"""Planning: what would go in the days to come, without sending anything; the decisions are those of
the real thing.

It is taken that payments stay as they are and are known, that finance approves what it is asked,
and that nobody disputes, promises or pauses anything meanwhile.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from operator import attrgetter

from bot.kit.catalogue import Stage
from bot.kit.money import Money, totals
from handlers.reminders.model.decision import Decision, decide
from handlers.reminders.model.facts import FINANCE, StageRow
from handlers.reminders.model.slots import MOST_OF_A_BACKLOG
from handlers.reminders.service.accounts import Account, Item, Judged, accounts
from handlers.reminders.service.audiences import Reader
from handlers.reminders.service.policy_context import PolicyContext, Rules, context_of
from storage.reminders import open_invoices
from storage.reminders.reminders import UNAPPROVED
from storage.reminders.switches import Switch
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
class _Series:
    """One audience of one account on its way through the days."""

    account: Account
    audience: str
    reader: Reader
    contacts: list[date]
    rows: dict[int, dict[str, StageRow]]
    first: date


def plan_all(
    turn: Turn, first: date | None, days: int, *, as_if_on: bool
) -> tuple[list[Planned], list[str]]:
    """The plan of every policy that is switched on, or of all; and the keys of those that were left
    out.
    """
    planned: list[Planned] = []
    left_out: list[str] = []
    for context in filter(None, (context_of(turn, "receivable"), context_of(turn, "payable"))):
        off = [rules for rules in context.every if not rules.switch.is_on]
        if as_if_on:
            context = _switched_on(context, off)
        else:
            left_out += [rules.policy.key for rules in off]
        if context.is_on:
            planned += plan(turn, context, first or context.day, days)
    planned.sort(key=lambda item: (item.on, item.audience, item.customer, item.stage.days))
    return planned, left_out


def _switched_on(context: PolicyContext, off: Sequence[Rules]) -> PolicyContext:
    """The same as if what is off were on, and all that is overdue taken as done."""
    on: dict[str, Switch] = {}
    for rules in off:
        on[rules.policy.key] = replace(rules.switch, is_on=True, overdue="done")
    return context.switched(on)


def plan(turn: Turn, context: PolicyContext, first: date, days: int) -> list[Planned]:
    """Every message from a day on, for so many days, in order; for a day that is over, what would
    have gone.
    """
    since: dict[str, Switch] = {}
    for rules in context.every:
        since[rules.policy.key] = replace(rules.switch, since=min(rules.switch.since, first))
    every_series = list(_series_of_all(turn, context.switched(since), first))
    of_finance: dict[int, _Series] = {}
    queue: list[tuple[date, int, str, int]] = []
    for i, series in enumerate(every_series):
        queue.append((first, series.account.id, series.audience, i))
        if series.audience == FINANCE:
            of_finance[series.account.id] = series
    heapify(queue)
    loads: dict[tuple[str, date], int] = {}
    planned: list[Planned] = []
    while queue and queue[0][0] < first + timedelta(days=days):
        day, customer, audience, i = heappop(queue)
        message, again = _on(every_series[i], day, loads, of_finance.get(customer))
        if message:
            planned.append(message)
        heappush(queue, (max(again, day + _A_DAY), customer, audience, i))
    return planned


def _all(turn: Turn, context: PolicyContext) -> Iterator[Account]:
    ids = open_invoices.open_customers(turn, context.policy.direction)
    for i in range(0, len(ids), _AT_ONCE):
        yield from accounts(turn, context, ids[i : i + _AT_ONCE])


def _series_of_all(turn: Turn, context: PolicyContext, first: date) -> Iterator[_Series]:
    for account in _all(turn, context):
        for audience, reader in account.readers.items():
            if reader:
                rows = {item.instalment: item.rows_for(audience) for item in account.items}
                contacts = list(account.contacts[audience])
                yield _Series(account, audience, reader, contacts, rows, first)


def _on(
    series: _Series,
    day: date,
    loads: dict[tuple[str, date], int],
    of_finance: _Series | None,
) -> tuple[Planned | None, date]:
    """What goes on a day, if anything, and the next day to look at. What finance is asked to
    approve it is not told of once more.
    """
    hours = series.reader.hours(series.account.rules.policy)
    moment = hours.next_opening(datetime.combine(day, time(), hours.zone))
    opening = moment.astimezone(hours.zone).date()
    if opening > day:
        return None, opening
    going, again = _going(series, moment)
    if not going:
        return None, again
    asked = [judged for judged in going if judged.decision.reason == UNAPPROVED]
    places = [series.reader.to]
    if asked and series.account.finance:
        places.append(series.account.finance.to)
    if _is_backlog(going) and _is_full(loads, places, day):
        return None, day + _A_DAY
    for place in dict.fromkeys(places):
        loads[place, day] = loads.get((place, day), 0) + 1
    if of_finance:
        _note(of_finance, day, asked)
    return _take(series, day, going), again


def _going(series: _Series, moment: datetime) -> tuple[list[Judged], date]:
    """What goes at a moment, and the next day on which an answer may be another one."""
    going: list[Judged] = []
    again = date.max
    for item in series.account.items:
        if series.audience in item.rules.policy.audience:
            decision = _decide(series, item, moment)
            again = min(again, decision.look_again)
            if decision.stage and _goes(decision):
                going.append(Judged(item, decision.outcome))
    return going, again


def _is_backlog(going: Sequence[Judged]) -> bool:
    return all(judged.decision.schedule.was_overdue for judged in going)


def _is_full(loads: Mapping[tuple[str, date], int], places: Sequence[str], day: date) -> bool:
    """Whether somebody has as many on that day as a backlog may bring them."""
    return any(loads.get((place, day), 0) >= MOST_OF_A_BACKLOG for place in places)


def _decide(series: _Series, item: Item, moment: datetime) -> Decision:
    facts = series.account.facts(item, series.audience)
    then = replace(
        facts,
        payments_known_until=moment,
        known_on=min(facts.known_on, series.first),
        contacts=tuple(series.contacts),
        rows=series.rows[item.instalment],
    )
    return decide(then, item.rules.policy, moment)


def _goes(decision: Decision) -> bool:
    return all(rule.passed or rule.rule == UNAPPROVED for rule in decision.rules)


def _take(series: _Series, day: date, going: Sequence[Judged]) -> Planned:
    series.contacts.append(day)
    _note(series, day, going)
    stages: list[Stage] = []
    numbers: list[str] = []
    amounts: list[Money] = []
    needs_approval = False
    for item, decision in going:
        numbers.append(item.entry.invoice.number)
        amounts.append(item.outstanding)
        needs_approval |= decision.reason == UNAPPROVED
        if decision.stage:
            stages.append(decision.stage)
    return Planned(
        on=day,
        audience=series.audience,
        stage=max(stages, key=attrgetter("days")),
        customer=series.account.name,
        invoices=tuple(dict.fromkeys(numbers)),
        amounts=totals(amounts),
        needs_approval=needs_approval,
    )


def _note(series: _Series, day: date, told: Sequence[Judged]) -> None:
    for item, decision in told:
        if decision.stage and item.due_on:
            key = decision.stage.key
            series.rows[item.instalment][key] = StageRow(key, "sent", "", day)
