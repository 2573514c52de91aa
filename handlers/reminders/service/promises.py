"""Promises that were not kept: noted once, and told to finance."""

from collections.abc import Collection, Iterator

from handlers.people.service.finance_channel import hearers
from handlers.reminders.blocks import message as looks
from handlers.reminders.service.accounts import Account, Item
from handlers.reminders.service.audiences import finance_of
from storage import audit
from storage.turn import Turn

_EVENT = "reminder.promise_broken"
_Promise = tuple[str, str]
"""The invoice, as events name it, and the day."""


def note_broken(turn: Turn, account: Account) -> None:
    """Note each promise whose day has passed though money is still owed."""
    broken: dict[_Promise, Item] = {}
    for item in account.items:
        invoice = item.entry.invoice
        until = invoice.promised_until
        if until and until < account.context.day and item.outstanding.minor > 0:
            broken.setdefault((f"invoice:{invoice.id}", until.isoformat()), item)
    for promise in _noted(turn, broken):
        broken.pop(promise, None)
    for item in broken.values():
        _note(turn, account, item)


def _noted(turn: Turn, broken: Collection[_Promise]) -> Iterator[_Promise]:
    """What was noted before of these invoices."""
    subjects = [subject for subject, _ in broken]
    if subjects:
        for row in audit.noted(turn.db, turn.workspace, _EVENT, subjects):
            yield row.subject, row.facts["until"]


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
