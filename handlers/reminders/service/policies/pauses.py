"""Pausing one customer or one invoice: finance says until when and why, and ends it as easily."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import company_day
from handlers.reminders.service.policies import switches as policy_switches
from handlers.reminders.service.policies.rights import must_be_finance
from storage.invoices import customers, invoices
from storage.reminders import switches
from storage.reminders.switches import EVERYTHING, Pause
from storage.turn import Turn

MOST = 40  # pauses in one view


@dataclass(frozen=True)
class Subject:
    """What may be paused, and what people call it."""

    key: str
    name: str


@dataclass(frozen=True)
class Lasting:
    """A pause that lasts, with the name of what it is about; '' where it is about everything."""

    pause: Pause
    name: str


def subjects(turn: Turn, key: str) -> list[Subject]:
    """What somebody may pause who asked about an invoice or a customer: of an invoice its customer
    too.
    """
    must_be_finance(turn)
    kind, _, id_ = key.partition(":")
    if kind == "customer":
        return [_customer(turn, int(id_))]
    invoice = ledger.get(turn, int(id_)).invoice
    result = [Subject(key, invoice.number)]
    return [*result, _customer(turn, invoice.customer)] if invoice.customer else result


def pause(turn: Turn, key: str, until: date, note: str) -> Subject:
    """Be silent about an invoice or a customer, up to and with a day."""
    subject = subjects(turn, key)[0]
    policy_switches.pause(turn, subject.key, until, note)
    return subject


def end(turn: Turn, pause_id: int) -> Lasting | None:
    """Speak again; the longest pause that keeps the same quiet all the same."""
    subject = policy_switches.end_pause(turn, pause_id)
    if subject is None:
        return None
    keys = {EVERYTHING, *(item.key for item in subjects(turn, subject))}
    pauses = switches.paused(turn, keys, company_day(turn))
    longest = max(pauses, key=lambda pause: pause.until, default=None)
    return Lasting(longest, _names(turn, [longest]).get(longest.subject, "")) if longest else None


def lasting(turn: Turn) -> tuple[list[Lasting], int]:
    """The pauses that last, the longest first, and how many more there are than are shown."""
    pauses = switches.all_paused(turn, company_day(turn), MOST + 1)
    in_all = switches.count_paused(turn, company_day(turn))
    shown = pauses[:MOST]
    names = _names(turn, shown)
    return [Lasting(item, names.get(item.subject, "")) for item in shown], in_all - len(shown)


def _customer(turn: Turn, id_: int) -> Subject:
    result = customers.known(turn, id_)
    if result is None:
        raise ledger.NothingFound(text=f"#{id_}")
    return Subject(f"customer:{id_}", result.name)


def _names(turn: Turn, pauses: Sequence[Pause]) -> dict[str, str]:
    ids: dict[str, list[int]] = {"customer": [], "invoice": []}
    for pause in pauses:
        if pause.subject != EVERYTHING:
            kind, _, id_ = pause.subject.partition(":")
            ids[kind].append(int(id_))
    names: dict[str, str] = {}
    for customer in customers.some(turn, ids["customer"]).values():
        names[f"customer:{customer.id}"] = customer.name
    for invoice in invoices.by_ids(turn, ledger.gate(turn), ids["invoice"]):
        names[f"invoice:{invoice.id}"] = invoice.number
    return names
