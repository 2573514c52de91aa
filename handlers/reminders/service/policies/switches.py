"""Switching policies on and off, and pausing: finance decides, after it saw what would go."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.kit.catalogue import ReminderPolicy
from bot.kit.errors import Problem
from bot.kit.words import N_, Words
from handlers.ledger.model.open_items import Balance
from handlers.ledger.service import balances
from handlers.ledger.service.balances import company_day
from handlers.ledger.service.bank import own_accounts
from handlers.reminders.blocks import overview as looks
from handlers.reminders.service.audiences import finance_reader
from handlers.reminders.service.plan import Planned, plan
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.reminders.service.policy_context import PolicyContext, context_of, switch_of
from storage.reminders import open_invoices, reminders, switches
from storage.reminders.switches import EVERYTHING, Switch
from storage.turn import Turn

PREVIEW_DAYS = 7


class NoSuchPolicy(Problem):
    """Taken out of the catalogue while somebody looked at it."""

    sentence = N_("This policy is in the catalogue no more.")


LONGEST_PAUSE = timedelta(days=366)


class PauseInThePast(Problem):
    """A pause up to a day that is over."""

    sentence = N_("A pause ends today or later. Please choose another day.")
    field = "until"


class PauseTooLong(Problem):
    """A pause that would never end."""

    sentence = N_("A pause ends within a year. Please choose an earlier day.")
    field = "until"


@dataclass(frozen=True)
class Preview:
    """What switching a policy on would mean."""

    policy: ReminderPolicy
    overdue: str
    sums: tuple[Balance, ...]
    messages: tuple[Planned, ...]
    are_payments_known: bool


def policies(turn: Turn) -> list[tuple[ReminderPolicy, Switch]]:
    """Every policy with its switch."""
    must_be_finance(turn)
    return [
        (policy, switch_of(turn, policy)) for policy in turn.catalogue.reminder_policies.values()
    ]


def preview(turn: Turn, key: str, overdue: str) -> Preview:
    """What would go in the first days if the policy were switched on now."""
    must_be_finance(turn)
    policy = _policy(turn, key)
    context = _only(turn, policy, Switch(key, True, company_day(turn), overdue, turn.actor.id))
    return Preview(
        policy=policy,
        overdue=overdue,
        sums=tuple(
            balances.balance(turn, direction=policy.direction, day=context.day, customers=None)
        ),
        messages=tuple(plan(turn, context, context.day, PREVIEW_DAYS)),
        are_payments_known=own_accounts.known_until(turn) is not None,
    )


def _only(turn: Turn, policy: ReminderPolicy, switch: Switch) -> PolicyContext:
    """What would hold if this were the one policy that is on."""
    context = context_of(turn, policy.direction)
    if context is None:
        raise NoSuchPolicy()
    off = {item.policy.key: replace(item.switch, is_on=False) for item in context.every}
    return context.switched({**off, policy.key: switch})


def switch_on(turn: Turn, key: str, overdue: str) -> None:
    """From now on the policy speaks; ``overdue`` is ``done``, ``alone`` or ``stage:KEY``."""
    must_be_finance(turn)
    policy = _policy(turn, key)
    switches.switch(turn, key, is_on=True, since=company_day(turn), overdue=overdue)
    reminders.look_at_all(turn, policy.direction)
    turn.record("reminders.switched_on", f"policy:{key}", overdue=overdue)
    _announce(turn, policy, is_on=True)


def switch_off(turn: Turn, key: str) -> None:
    """From now on the policy is silent."""
    must_be_finance(turn)
    policy = _policy(turn, key)
    switches.switch(turn, key, is_on=False, since=company_day(turn), overdue="done")
    turn.record("reminders.switched_off", f"policy:{key}")
    _announce(turn, policy, is_on=False)


def pause(turn: Turn, subject: str, until: date, note: str, audience: str = "") -> None:
    """Be silent about a customer, an invoice or everything, up to and with a day."""
    if until < company_day(turn):
        raise PauseInThePast()
    if until > company_day(turn) + LONGEST_PAUSE:
        raise PauseTooLong()
    switches.pause(turn, subject, until, note.strip(), audience)
    turn.record("reminders.paused", subject, until=until.isoformat(), audience=audience)


def end_pause(turn: Turn, pause_id: int) -> str | None:
    """Speak again; what the pause was about, None when it had ended."""
    must_be_finance(turn)
    subject = switches.end_pause(turn, pause_id)
    if subject and subject != EVERYTHING:
        kind, _, id_ = subject.partition(":")
        ids = [int(id_)] if kind == "invoice" else open_invoices.open_ids(turn, int(id_))
        reminders.look_again(turn, ids)
    if subject:
        turn.record("reminders.unpaused", subject)
    return subject


def _policy(turn: Turn, key: str) -> ReminderPolicy:
    policy = turn.catalogue.reminder_policies.get(key)
    if policy is None:
        raise NoSuchPolicy()
    return policy


def _announce(turn: Turn, policy: ReminderPolicy, *, is_on: bool) -> None:
    """Finance's channel hears of it."""
    channel = finance_reader(turn, policy)
    if channel:
        text = looks.announcement(policy, turn.actor.id, Words(channel.language), is_on=is_on)
        once = f"reminders-switch:{policy.key}:{turn.now.isoformat()}"
        turn.tell(channel.to, text, once=once, subject=f"policy:{policy.key}")
