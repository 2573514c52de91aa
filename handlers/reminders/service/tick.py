"""The tick of dunning: what is due is taken, messages whose moment has come are sent.

It is idempotent: run as often as one likes, it acts once.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.kit.words import Words
from handlers.ledger.service import payments as ledger
from handlers.ledger.service.balances import company_day
from handlers.ledger.service.bank import own_accounts
from handlers.people.service import roles
from handlers.reminders.blocks import gate as looks
from handlers.reminders.model.rules import is_fresh
from handlers.reminders.service import undelivered
from handlers.reminders.service.appointments import MOST, appoint_due
from handlers.reminders.service.audiences import finance_reader
from handlers.reminders.service.dispatch import send_ripe
from handlers.reminders.service.policies.rights import must_be_finance
from handlers.reminders.service.policy_context import ActivePolicies, active_policies
from storage import outbox_places
from storage.people import people
from storage.reminders import reminders, switches
from storage.reminders.switches import EVERYTHING
from storage.turn import Turn

_SWEPT_AT_ONCE = 20_000

_PAYMENTS = "payments"
_QUIET = {
    "switched_on": "no policy is switched on.",
    "not_paused": "all reminders are paused.",
    "payments_fresh": "payments are not known up to now; import a statement or confirm.",
}


@dataclass(frozen=True)
class Done:
    """What a tick did: instalments looked at, messages sent; or what keeps everything quiet."""

    looked_at: int = 0
    sent: int = 0
    quiet: str = ""
    is_more: bool = False
    """More is due than one turn takes."""


def tick(turn: Turn) -> Done:
    """Take what is due and send what may go now, after what Slack did not take."""
    undelivered.take_back(turn)
    day, policies = company_day(turn), active_policies(turn)
    if not policies:
        return Done(quiet="switched_on")
    if switches.paused(turn, [EVERYTHING], day):
        return Done(quiet="not_paused")
    if not _is_fresh(turn):
        if reminders.is_anything_due(turn, day):
            _ask_for_payments(turn, policies)
        return Done(quiet="payments_fresh")
    looked_at = appoint_due(turn, policies, day)
    if looked_at == MOST:  # the turn is long enough: what is planned goes in the next ones
        return Done(looked_at, is_more=True)
    sent, are_more_ripe = send_ripe(turn, policies)
    return Done(looked_at, sent, is_more=are_more_ripe)


def tick_until_done(begin: Callable[[], AbstractContextManager[Turn]]) -> Done:
    """All that is due now, in one short turn after the other."""
    looked_at = sent = 0
    while True:
        with begin() as turn:
            done = tick(turn)
        looked_at, sent = looked_at + done.looked_at, sent + done.sent
        if not done.is_more:
            return replace(done, looked_at=looked_at, sent=sent)


def told(done: Done) -> str:
    """A tick in a sentence, for the command line."""
    if done.quiet:
        return f"Nothing was sent: {_QUIET[done.quiet]}"
    return f"{done.looked_at} instalments looked at, {done.sent} messages handed to the outbox."


def sweep(turn: Turn) -> bool:
    """Whatever is open and has no next day is looked at: what was booked since, what is open again;
    true while more was booked than one turn takes.
    """
    return reminders.look_at_new(turn, list(active_policies(turn)), _SWEPT_AT_ONCE)


def sweep_until_done(begin: Callable[[], AbstractContextManager[Turn]]) -> None:
    """All that was booked since, in one short turn after the other."""
    is_more = True
    while is_more:
        with begin() as turn:
            is_more = sweep(turn)


def confirm_payments(turn: Turn) -> None:
    """Finance says that no payment came in which we do not know of."""
    must_be_finance(turn)
    ledger.confirm_known(turn)


def _is_fresh(turn: Turn) -> bool:
    known_until = own_accounts.known_until(turn)
    if known_until is None:
        return False
    max_age_days = turn.catalogue.invoices.payments_max_age_days
    return is_fresh(known_until, turn.now, ZoneInfo(turn.catalogue.timezone), max_age_days)


def _ask_for_payments(turn: Turn, policies: ActivePolicies) -> None:
    """One person is asked, once for this state of the payments: whoever switched the
    reminders on.
    """
    context = next(iter(policies.values()))
    rules = next(rules for rules in context.every if rules.switch.is_on)
    person = people.person(turn, rules.switch.by_person)
    finance = finance_reader(turn, rules.policy)
    if person:
        to, language = person.id, person.language
    elif finance:
        to, language = finance.to, finance.language
    else:
        return
    words = Words(language)
    card = looks.card(own_accounts.known_until(turn), words)
    turn.tell(to, looks.text_of(words), card, once=_question(turn), subject=_PAYMENTS)


def is_asked_for_payments(turn: Turn) -> bool:
    """Whether the actor was asked so, and nobody has answered or imported anything since."""
    if not roles.may(turn, "reminder", "run, pause, approve"):
        return False
    asked = outbox_places.about(turn.db, turn.workspace, _PAYMENTS)
    return (_question(turn), turn.actor.id) in asked


def _question(turn: Turn) -> str:
    """The question's key: another one for each day up to which payments are known."""
    existing = own_accounts.known_until(turn)
    return f"reminders-stale:{existing.isoformat() if existing else 'never'}"
