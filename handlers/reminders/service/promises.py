"""Promises that were not kept: noted once, and told to finance."""

from handlers.people.service.finance_channel import hearers
from handlers.reminders.blocks import message as looks
from handlers.reminders.service.accounts import Account, Item
from handlers.reminders.service.audiences import finance_of
from storage import audit
from storage.turn import Turn

_EVENT = "reminder.promise_broken"


def note_broken(turn: Turn, account: Account) -> None:
    """Note each promise whose day has passed though money is still owed."""
    for item in account.items:
        until = item.entry.invoice.promised_until
        if (
            until
            and until < account.context.day
            and item.outstanding.minor > 0
            and not _is_noted(turn, item)
        ):
            _note(turn, account, item)


def _is_noted(turn: Turn, item: Item) -> bool:
    invoice = item.entry.invoice
    until = invoice.promised_until.isoformat() if invoice.promised_until else ""
    history = audit.history(turn.db, turn.workspace, f"invoice:{invoice.id}")
    return any(row.event == _EVENT and row.facts.get("until") == until for row in history)


def _note(turn: Turn, account: Account, item: Item) -> None:
    invoice = item.entry.invoice
    until = invoice.promised_until
    department = finance_of(turn, account.rules.policy)
    if until is None or department is None:
        return
    turn.record(_EVENT, f"invoice:{invoice.id}", until=until.isoformat())
    for finance in hearers(turn, department):
        text = looks.broken(invoice.number, account.name, until, item.outstanding, finance.words)
        turn.tell(
            finance.channel,
            text,
            once=finance.once(f"reminder-promise-broken:{invoice.id}:{until}"),
            subject=f"invoice:{invoice.id}",
        )
