"""Asking the ledger: who may see what, finding by number or customer, how fresh the answer is, what
finance says.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.kit.errors import Problem
from bot.kit.folding import fold_number
from bot.kit.money import Money
from bot.kit.words import N_
from handlers.ledger.state import State, state_of
from handlers.people import roles
from handlers.people.permissions import Tie
from storage import customers, invoice_search, invoices, payments
from storage.customers import Customer
from storage.invoices import NOBODY, Gate, Invoice
from storage.turn import BOT, Person, Turn

_LONGEST_NUMBER = 60
_MOST_PARTS = 50
OPEN = ("disputed", "promised", "overdue", "due_today", "due_soon", "partly_paid", "open")


class NothingFound(Problem):
    """Neither number nor customer fits, among what the person may see."""

    sentence = N_("I found no invoice and no customer for “{text}” among those that you may see.")


class NotYours(Problem):
    """Somebody without a role in money."""

    sentence = N_(
        "Invoices are shown to finance and to the people who look after a customer. Ask finance "
        "with /ticket."
    )


@dataclass(frozen=True)
class Entry:
    """An invoice as it stands today."""

    invoice: Invoice
    state: State

    def money(self, minor: int) -> Money:
        return Money(minor, self.invoice.currency)

    @property
    def outstanding(self) -> Money:
        return self.money(self.state.outstanding)


@dataclass(frozen=True)
class Found:
    """What a question found: one invoice, several, or one customer's open items."""

    entries: tuple[Entry, ...]
    customers: tuple[Customer, ...] = ()
    payments_known_until: datetime | None = None


def gate(turn: Turn, person: Person | None = None) -> Gate:
    """Finance and readers see everything, everybody else the customers that they own; the actor's,
    unless told.
    """
    who = person or turn.actor
    if who.is_external:
        return NOBODY
    return Gate(who == BOT or roles.may(turn, "invoice", "see", person=who), who.id)


def ties_to(turn: Turn, customer: Customer) -> tuple[Tie, ...]:
    """What ties the actor to a customer."""
    return ("owner",) if customer.owner == turn.actor.id else ()


def today(turn: Turn) -> date:
    """The day where the actor is; for the bot, where the company is."""
    zone = turn.catalogue.timezone if turn.actor == BOT else turn.actor.timezone
    return turn.now.astimezone(ZoneInfo(zone)).date()


def company_day(turn: Turn) -> date:
    """The day where the company is: what is open is open on it."""
    return turn.now.astimezone(ZoneInfo(turn.catalogue.timezone)).date()


def entry_of(turn: Turn, invoice: Invoice, day: date | None = None) -> Entry:
    """An invoice with its state on a day, today unless told."""
    return Entry(
        invoice,
        state_of(
            invoice,
            day or company_day(turn),
            turn.catalogue.invoices.due_soon_days,
            turn.catalogue.company.country,
        ),
    )


def get(turn: Turn, invoice_id: int) -> Entry:
    """One invoice by id; NothingFound when it is not there or not for these eyes."""
    found = invoices.get(turn, gate(turn), invoice_id)
    if found is None:
        raise NothingFound(text=f"#{invoice_id}")
    return entry_of(turn, found)


def look_up(turn: Turn, text: str) -> Found:
    """By number as it is typed, by customer, by a part of a number, by one with a slip in it; the
    first that fits.

    Nothing typed: the open items of the actor's customers.
    """
    seen = gate(turn)
    if turn.actor.is_external:
        raise NotYours()
    if not text.strip():
        return _mine(turn, seen)
    found = (
        _by_number(turn, seen, text) or _by_customer(turn, seen, text) or _by_part(turn, seen, text)
    )
    if found is None:
        raise NothingFound(text=text)
    return found


def of_customer(turn: Turn, customer: int) -> Found:
    """One customer's open items."""
    entries = open_items(turn, customer)
    known = [customers.get(turn, customer)] if entries or gate(turn).everything else []
    if not known:
        raise NothingFound(text=f"#{customer}")
    return Found(tuple(entries), tuple(known), payments.known_until(turn))


def may_see_customer(turn: Turn, customer: int) -> bool:
    """Whether the actor may see this customer's money."""
    ties = ties_to(turn, customers.get(turn, customer))
    return turn.actor == BOT or roles.may(turn, "customer", "see", *ties)


def has_a_role(turn: Turn) -> bool:
    """Whether the actor sees any money at all: everything, or that of customers whom they own."""
    seen = gate(turn)
    return not turn.actor.is_external and (
        seen.everything or bool(customers.search(turn, "", owner=turn.actor.id, most=1))
    )


def known_until(turn: Turn) -> datetime | None:
    """Up to when payments are known."""
    return payments.known_until(turn)


def open_items(turn: Turn, customer: int, day: date | None = None) -> list[Entry]:
    """What a customer has not paid, the oldest first, among what the actor may see."""
    entries = [entry_of(turn, one, day) for one in invoices.unsettled(turn, gate(turn), customer)]
    return [entry for entry in entries if entry.state.status in OPEN and entry.state.outstanding]


def find_customers(turn: Turn, text: str, most: int = 20) -> list[Customer]:
    """Customers by name, alias or tax number, among those that the actor may see."""
    seen = gate(turn)
    return customers.search(turn, text, owner=None if seen.everything else seen.owner, most=most)


def _urgency(entry: Entry) -> tuple[bool, date, int]:
    """Overdue the longest first, then due soonest, then without a day; what is to be given back
    comes last.
    """
    return entry.state.outstanding < 0, entry.state.due_on or date.max, entry.invoice.id


def _mine(turn: Turn, seen: Gate) -> Found:
    mine = customers.search(turn, "", owner=turn.actor.id, most=50)
    if not mine and not seen.everything:
        raise NotYours()
    entries = sorted((entry for one in mine for entry in open_items(turn, one.id)), key=_urgency)
    return Found(tuple(entries), tuple(mine), payments.known_until(turn))


def _by_number(turn: Turn, seen: Gate, text: str) -> Found | None:
    number = fold_number(text)
    return _found(turn, invoice_search.by_number(turn, seen, [number])) if number else None


def _by_part(turn: Turn, seen: Gate, text: str) -> Found | None:
    """A part of a number, or a number with a slip in it; without any digit it is a name that is not
    there.
    """
    number = fold_number(text)
    if not any(sign.isdigit() for sign in number) or len(text) > _LONGEST_NUMBER:
        return None
    found = invoice_search.by_part(turn, seen, number, _MOST_PARTS) or invoice_search.by_typo(
        turn, seen, text
    )
    return _found(turn, found)


def _found(turn: Turn, fitting: list[Invoice]) -> Found | None:
    entries = tuple(entry_of(turn, one) for one in fitting)
    return Found(entries, (), payments.known_until(turn)) if entries else None


def _by_customer(turn: Turn, seen: Gate, text: str) -> Found | None:
    fitting = customers.search(turn, text, owner=None if seen.everything else seen.owner)
    if not fitting:
        return None
    entries = (
        [entry for one in fitting[:1] for entry in open_items(turn, one.id)]
        if len(fitting) == 1
        else []
    )
    return Found(tuple(entries), tuple(fitting), payments.known_until(turn))
