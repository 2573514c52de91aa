"""Sending: a planned message whose moment has come is decided anew, row by row, and goes with what
may go.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from operator import attrgetter

from bot.kit.catalogue import Stage
from handlers.reminders.model.facts import CUSTOMER_MAIL, FINANCE, OUTSIDE
from handlers.reminders.model.slots import next_slot
from handlers.reminders.service import (
    account_view,
    approval,
    credit_notices,
    customer_mail,
    promises,
)
from handlers.reminders.service.accounts import Account, Item, Judged, near_accounts, near_parts
from handlers.reminders.service.appointments import appoint
from handlers.reminders.service.audiences import Reader
from handlers.reminders.service.policy_context import ActivePolicies, PolicyContext
from storage.reminders import messages, reminders
from storage.reminders.messages import Message
from storage.reminders.open_invoices import Part
from storage.reminders.reminders import UNAPPROVED, Row
from storage.turn import Turn

MOST = 8  # messages a turn: others want to write as well
MOST_READ = 250  # instalments a turn reads, unless its one message is about more


def send_ripe(turn: Turn, policies: ActivePolicies) -> tuple[int, bool]:
    """Send the first messages whose moment has come; how many went, and whether more may wait."""
    ripe = messages.ripe(turn, MOST)
    near: dict[str, list[Part]] = {}
    for direction, of_direction in _by_direction(ripe).items():
        if context := policies.get(direction):
            near[direction] = near_parts(turn, context, _customers(of_direction))
    first = ripe[: _count_first(ripe, near)]
    sent = 0
    for direction, of_direction in _by_direction(first).items():
        if context := policies.get(direction):
            sent += _send_each(turn, of_direction, context, near[direction])
        else:
            _drop(turn, of_direction)
    return sent, len(ripe) == MOST or len(first) < len(ripe)


def _count_first(ripe: Sequence[Message], near: Mapping[str, Sequence[Part]]) -> int:
    """How many of them one turn sends: by what has to be read, once for all messages about a
    customer; and one at least.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for direction, parts in near.items():
        counts.update((direction, part.customer) for part in parts)
    read: dict[tuple[str, int], int] = {}
    for place, message in enumerate(ripe):
        about = message.direction, message.customer
        read[about] = counts[about]
        if place and sum(read.values()) > MOST_READ:
            return place
    return len(ripe)


def _drop(turn: Turn, ripe: Iterable[Message]) -> None:
    for message in ripe:
        messages.drop(turn, message)


def _by_direction(ripe: Sequence[Message]) -> dict[str, list[Message]]:
    by_direction: dict[str, list[Message]] = {}
    for message in ripe:
        by_direction.setdefault(message.direction, []).append(message)
    return dict(sorted(by_direction.items()))


def _customers(some: Iterable[Message]) -> set[int]:
    return {message.customer for message in some}


def _send_each(
    turn: Turn, ripe_messages: Sequence[Message], context: PolicyContext, near: Sequence[Part]
) -> int:
    """After downtime there may be two to the same people: one goes, the other is taken
    up into it.
    """
    of_them = near_accounts(turn, context, _customers(ripe_messages), near)
    existing = {account.id: account for account in of_them}
    done: set[tuple[int, str]] = set()
    look_again: dict[int, date] = {}
    sent = 0
    for message in ripe_messages:
        account = existing.get(message.customer)
        if account is None or (message.customer, message.audience) in done:
            messages.drop(turn, message)
            continue
        done.add((message.customer, message.audience))
        sent += _send(turn, message, account, look_again)
    reminders.put_off(turn, look_again)
    return sent


def _send(turn: Turn, message: Message, account: Account, look_again: dict[int, date]) -> bool:
    """Whether it went; ``look_again`` gets the next day of each instalment it decides about."""
    context, rules = account.context, account.rules.policy
    audience, reader = message.audience, account.readers.get(message.audience)
    if reader is None:
        messages.drop(turn, message)
        return False
    if next_slot(reader.hours(rules), rules, account.contacts[audience], context.now) > context.now:
        messages.drop(turn, message)
        appoint(turn, context, account.id, audience)
        return False
    if audience == FINANCE:
        _ask_first(turn, message, account)
    judged = account.judge(audience)
    for item, _ in judged:
        look_again[item.instalment] = _look_again(account, item)
    if account.finance is None:
        judged = _without_questions(judged, context.day, look_again)
    approval.ask(turn, account, message, _unapproved(judged))
    going = _enter(turn, message, account, judged)
    approval.renew(turn, account, audience)
    credit_notices.ask(turn, account, judged)
    promises.note_broken(turn, account)
    if not going:
        messages.drop(turn, message)
        return False
    _hand_over(turn, message, account, reader, going)
    return True


def _ask_first(turn: Turn, message: Message, account: Account) -> None:
    """What finance has to approve comes to it as a question, and not as a message beside that."""
    for audience in OUTSIDE:
        if waiting := _unapproved(account.judge(audience)):
            outside = replace(message, audience=audience)
            approval.ask(turn, account, outside, waiting)
            _enter(turn, outside, account, waiting)


def _without_questions(
    judged: Sequence[Judged], day: date, look_again: dict[int, date]
) -> list[Judged]:
    """Nobody can be asked whether some may go: these are looked at again tomorrow."""
    for item, _ in _unapproved(judged):
        look_again[item.instalment] = day + timedelta(1)
    return [each for each in judged if each.decision.reason != UNAPPROVED]


def _unapproved(judged: Sequence[Judged]) -> list[Judged]:
    return [item for item in judged if item.decision.reason == UNAPPROVED]


def _enter(
    turn: Turn, message: Message, account: Account, judged: Sequence[Judged]
) -> list[Judged]:
    """Write every row that this message decides about; what goes is what the database let go."""
    wanted = chain.from_iterable(_rows(message, item) for item in judged)
    written = reminders.enter(turn, list(wanted))
    going: list[Judged] = []
    for item, decision in judged:
        stage = decision.stage.key if decision.stage else ""
        if decision.verdict == "send" and (item.instalment, stage) in written:
            going.append(Judged(item, decision))
    return going


def _rows(message: Message, judged: Judged) -> Iterator[Row]:
    """The row of the stage that was reached; earlier ones that nobody was told of are
    superseded.
    """
    item, decision = judged
    if decision.stage is None or item.due_on is None or decision.verdict == "none":
        return
    audience, day = message.audience, message.day
    final = _final(item, audience)
    for earlier in decision.schedule.earlier(decision.stage):
        if earlier.key not in final:
            yield item.row(audience, earlier.key, day, "superseded", "later_stage")
    if decision.verdict == "send":
        yield item.row(audience, decision.stage.key, day, "sent", message=message.id)
    else:
        yield item.row(audience, decision.stage.key, day, "held", decision.reason)


def _final(item: Item, audience: str) -> set[str]:
    """The stages that the ledger holds for an audience, but for those that only wait."""
    held: set[str] = set()
    for row in item.rows:
        if row.state == "held" and row.audience == audience:
            held.add(row.stage)
    return item.rows_for(audience).keys() - held


def _look_again(account: Account, item: Item) -> date:
    """The earliest day at which any audience's answer may change."""
    audiences = item.rules.policy.audience
    return min(account.outcome(item, audience).look_again for audience in audiences)


def _hand_over(
    turn: Turn, message: Message, account: Account, reader: Reader, going: Sequence[Judged]
) -> None:
    stages: dict[int, Stage] = {}
    invoices: set[int] = set()
    for item, decision in going:
        invoices.add(item.entry.invoice.id)
        if decision.stage:
            stages[item.instalment] = decision.stage
    highest = max(stages.values(), key=attrgetter("days"))
    messages.mark_sent(turn, message, reader.to, highest.key)
    if message.audience == CUSTOMER_MAIL:
        customer_mail.send(turn, message, account, going, highest)
    else:
        _post(turn, message, account, reader, stages, highest)
    facts = {"stage": highest.key, "audience": message.audience}
    turn.record("reminder.sent", f"reminder:{message.id}", **facts, invoices=sorted(invoices))


def _post(
    turn: Turn,
    message: Message,
    account: Account,
    reader: Reader,
    stages: Mapping[int, Stage],
    highest: Stage,
) -> None:
    text, blocks = account_view.message(turn, message, account, reader, stages, highest)
    turn.tell(
        reader.to,
        text,
        blocks,
        once=message.key,
        subject=f"reminder:{message.id}",
    )
