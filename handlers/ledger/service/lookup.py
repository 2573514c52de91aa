"""Asking the ledger: who may see what, finding by number or customer, how fresh the answer is, what
finance says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.kit.errors import Problem
from bot.kit.folding import as_written, fold, fold_number
from bot.kit.money import Money
from bot.kit.words import N_
from handlers.ledger.model import typed_amounts
from handlers.ledger.model.open_items import Balance, as_of
from handlers.ledger.model.party_identity import fold_tax
from handlers.ledger.model.state import State, state_of
from handlers.ledger.service import balances
from handlers.ledger.service.balances import DIRECTIONS, company_day
from handlers.ledger.service.bank import own_accounts
from handlers.people.model.permissions import Tie
from handlers.people.service import roles
from storage.invoices import customers, invoices, search
from storage.invoices.customers import Customer
from storage.invoices.invoices import NOBODY, Gate, Invoice
from storage.turn import BOT, Person, Turn

_LONGEST_NUMBER = 60
_MOST_PARTS = 50


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
    """What a question found: one invoice, several, or what customers have open.

    ``open_ids`` are the invoices with open items, each direction by itself, the longest overdue
    first; ``typed`` is what was asked for where only others are like it.
    """

    entries: tuple[Entry, ...] = ()
    customers: tuple[Customer, ...] = ()
    payments_known_until: datetime | None = None
    open_ids: tuple[int, ...] = ()
    balances: tuple[Balance, ...] = ()
    typed: str = ""
    is_choice: bool = False
    """Several customers fit: one of them is meant."""

    @property
    def ids(self) -> tuple[int, ...]:
        """Every invoice that was found."""
        return self.open_ids or tuple(entry.invoice.id for entry in self.entries)


def gate(turn: Turn, person: Person | None = None) -> Gate:
    """Finance and readers see everything, everybody else the customers that they own; the actor's,
    unless told.
    """
    who = person or turn.actor
    if who.is_external:
        return NOBODY
    return Gate(roles.may(turn, "invoice", "see", person=who), who.id)


def ties_to(turn: Turn, customer: Customer) -> tuple[Tie, ...]:
    """What ties the actor to a customer."""
    return ("owner",) if customer.owner == turn.actor.id else ()


def today(turn: Turn) -> date:
    """The day where the actor is; for the bot, where the company is."""
    zone = turn.catalogue.timezone if turn.actor == BOT else turn.actor.timezone
    return turn.now.astimezone(ZoneInfo(zone)).date()


def entry_of(turn: Turn, invoice: Invoice, day: date | None = None) -> Entry:
    """An invoice with its state on a day, today unless told: what is booked for a later day does
    not count yet.
    """
    on_day = day or company_day(turn)
    is_issued = invoice.issued_on is None or invoice.issued_on <= on_day
    then = as_of(invoice, on_day) if is_issued else invoice
    rules = turn.catalogue
    return Entry(
        invoice, state_of(then, on_day, rules.invoices.due_soon_days, rules.company.country)
    )


def get(turn: Turn, invoice_id: int) -> Entry:
    """One invoice by id; NothingFound when it is not there or not for these eyes."""
    invoice = invoices.get(turn, gate(turn), invoice_id)
    if invoice is None:
        raise NothingFound(text=f"#{invoice_id}")
    return entry_of(turn, invoice)


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
    result = (
        _by_number(turn, seen, text)
        or _by_customer(turn, seen, text)
        or _by_amount(turn, seen, text)
        or _by_part(turn, seen, text)
    )
    if result is None:
        raise NothingFound(text=text)
    return result


def of_customer(turn: Turn, customer: int) -> Found:
    """One customer's open items."""
    return open_of(turn, [customer_by_id(turn, customer)])


def customer_by_id(turn: Turn, customer: int) -> Customer:
    """One customer; NothingFound when there is none or not for these eyes."""
    existing = customers.known(turn, customer)
    seen = gate(turn)
    if existing is None or not (seen.everything or existing.owner == seen.owner):
        raise NothingFound(text=f"#{customer}")
    return existing


def open_of(turn: Turn, whose: Sequence[Customer]) -> Found:
    """What these customers, whom the actor may see, have open: both directions, one by one."""
    ids, day = {each.id for each in whose}, company_day(turn)
    standing = balances.standing(turn, day=day, customers=ids)
    return Found(
        customers=tuple(whose),
        payments_known_until=own_accounts.known_until(turn),
        open_ids=tuple(dict.fromkeys(item.invoice for item in standing.items)),
        balances=tuple(standing.balances),
    )


def may_see_customer(turn: Turn, customer: int) -> bool:
    """Whether the actor may see this customer's money."""
    ties = ties_to(turn, customers.get(turn, customer))
    return roles.may(turn, "customer", "see", *ties)


def has_a_role(turn: Turn) -> bool:
    """Whether the actor sees any money at all: everything, or that of customers whom they own."""
    seen = gate(turn)
    return not turn.actor.is_external and (
        seen.everything or bool(customers.search(turn, "", owner=turn.actor.id, most=1))
    )


def known_until(turn: Turn) -> datetime | None:
    """Up to when payments are known."""
    return own_accounts.known_until(turn)


def entries_of(turn: Turn, ids: Sequence[int]) -> list[Entry]:
    """These invoices as they stand today, in this order, among what the actor may see."""
    seen = invoices.by_ids(turn, gate(turn), ids, most=len(ids))
    existing = {invoice.id: invoice for invoice in seen}
    return [entry_of(turn, existing[id_]) for id_ in ids if id_ in existing]


def find_customers(turn: Turn, text: str, most: int | None = 20) -> list[Customer]:
    """Customers by name, alias or tax number, among those that the actor may see."""
    return _fitting(turn, gate(turn), text, most)


def _fitting(turn: Turn, seen: Gate, text: str, most: int | None) -> list[Customer]:
    owner = _owner(seen)
    fitting = customers.search(turn, text, owner=owner, most=most)
    if fitting or not any(map(str.isdigit, text)):
        return fitting
    return customers.search(turn, fold_tax(text), owner=owner, most=most)


def of_that_name(fitting: Sequence[Customer], text: str) -> Sequence[Customer]:
    """Those of this very name where there are any: who writes a whole name means its bearer."""
    return [each for each in fitting if fold(each.name) == fold(text)] or fitting


def _mine(turn: Turn, seen: Gate) -> Found:
    theirs = customers.search(turn, "", owner=turn.actor.id, most=None)
    if not theirs and not seen.everything:
        raise NotYours()
    return open_of(turn, theirs)


def _by_number(turn: Turn, seen: Gate, text: str) -> Found | None:
    number, written = fold_number(text), as_written(text)
    alike = search.by_number(turn, seen, [number]) if number else []
    exactly = [invoice for invoice in alike if invoice.number == written]
    if not alike and (apart := search.run_together(text)):
        alike = search.by_number(turn, seen, apart)
    return _found(turn, exactly or alike)


def _by_amount(turn: Turn, seen: Gate, text: str) -> Found | None:
    """Open invoices of which so much was asked for, or is left, or is one instalment; ``1 234,50``
    or ``1,234.50 EUR``, never a bare number.
    """
    amount = typed_amounts.amount_in(text)
    if amount is None:
        return None
    return _found(turn, search.by_amount(turn, seen, *amount, _MOST_PARTS))


def _by_part(turn: Turn, seen: Gate, text: str) -> Found | None:
    """A part of a number, or a number with a slip in it; without any digit it is a name that is not
    there.
    """
    number = fold_number(text)
    if not any(map(str.isdigit, number)) or len(text) > _LONGEST_NUMBER:
        return None
    if by_part := _found(turn, search.by_part(turn, seen, number, _MOST_PARTS)):
        return by_part
    nearest = _found(turn, search.by_typo(turn, seen, text))
    if nearest is None:
        return None
    return replace(nearest, typed=text.strip())


def _found(turn: Turn, fitting: list[Invoice]) -> Found | None:
    if not fitting:
        return None
    entries = tuple(entry_of(turn, item) for item in fitting)
    return Found(entries, (), own_accounts.known_until(turn))


def _owner(seen: Gate) -> str | None:
    """Whose customers may be seen; None for everybody's."""
    return None if seen.everything else seen.owner


def _by_customer(turn: Turn, seen: Gate, text: str) -> Found | None:
    """By a name or tax number; signs alone are no name."""
    fitting = of_that_name(_fitting(turn, seen, text, None), text) if fold(text) else ()
    if not fitting:
        return None
    if len(fitting) == 1:
        return open_of(turn, fitting)
    known_until = own_accounts.known_until(turn)
    return Found(
        customers=_debtors_first(turn, fitting),
        payments_known_until=known_until,
        is_choice=True,
    )


def _debtors_first(turn: Turn, fitting: Sequence[Customer]) -> tuple[Customer, ...]:
    """Customers with something open before those without, each by name."""
    ids, day = {item.id for item in fitting}, company_day(turn)
    owing: set[int | None] = set()
    for direction in DIRECTIONS:
        owing |= balances.balance_by_customer(
            turn, direction=direction, day=day, customers=ids
        ).keys()
    return tuple(sorted(fitting, key=lambda item: item.id not in owing))
