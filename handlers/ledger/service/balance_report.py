"""A customer's balance for scripts: what ``customers balance --json`` prints."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.kit.errors import Problem
from bot.kit.folding import fold
from bot.kit.money import Money
from bot.kit.words import N_, Words
from handlers.ledger.model.open_items import Balance, OpenItem
from handlers.ledger.service import balances
from handlers.ledger.service import lookup as ledger
from handlers.ledger.service.balances import DIRECTIONS, Direction
from storage.invoices.customers import Customer
from storage.turn import Turn

Facts = dict[str, object]
_NAMED = 5


class SeveralFit(Problem):
    """A name that is more than one customer's."""

    sentence = N_("“{text}” fits several customers ({names}). Write the whole name.")


def customer_named(turn: Turn, text: str) -> Customer:
    """The customer of that name, tax number or part of a name, among those that the actor may
    see.
    """
    fitting = ledger.find_customers(turn, text, most=None) if text.strip() else []
    exact = [item for item in fitting if fold(text) in (fold(item.name), fold(item.tax_id))]
    fitting = exact if len(exact) == 1 else fitting
    if not fitting:
        raise ledger.NothingFound(text=text)
    if len(fitting) > 1:
        raise SeveralFit(text=text, names=_names(fitting, turn.words))
    return fitting[0]


def _names(fitting: Sequence[Customer], words: Words) -> str:
    """The first few, and how many more there are."""
    names, more = [item.name for item in fitting[:_NAMED]], len(fitting) - _NAMED
    if more > 0:
        names.append(words.count("{n} more", "{n} more", more))
    return words.list(names)


def report(
    turn: Turn, text: str, day: date | None, directions: Sequence[Direction] = DIRECTIONS
) -> list[Facts]:
    """One object for each direction and currency in which something is open."""
    customer, day = customer_named(turn, text), day or balances.company_day(turn)
    known_until = ledger.known_until(turn)
    facts: list[Facts] = []
    for direction in directions:
        facts += _of_direction(turn, customer.id, direction, day, known_until)
    return facts


def _of_direction(
    turn: Turn, customer: int, direction: Direction, day: date, known_until: datetime | None
) -> Iterator[Facts]:
    items = balances.items(turn, direction=direction, day=day, customers=[customer])
    for balance in balances.balance(turn, direction=direction, day=day, customers=[customer]):
        of_currency = [_item(item) for item in items if item.currency == balance.currency]
        until = known_until.isoformat() if known_until else None
        yield {**_sums(balance), "items": of_currency, "payments_known_until": until}


def _sums(balance: Balance) -> Facts:
    facts: Facts = {"currency": balance.currency, "direction": balance.direction}
    for name in ("open", "overdue", "credit", "not_due"):
        facts[name] = Money(getattr(balance, name), balance.currency).plain()
    return facts


def _item(open_item: OpenItem) -> Facts:
    return {
        "number": open_item.number,
        "kind": open_item.kind,
        "instalment": open_item.instalment._asdict() if open_item.instalment else None,
        "issued_on": open_item.issued_on.isoformat() if open_item.issued_on else None,
        "due_on": open_item.due_on.isoformat() if open_item.due_on else None,
        "effective_due_on": open_item.effective_due_on.isoformat()
        if open_item.effective_due_on
        else None,
        "amount": Money(open_item.amount, open_item.currency).plain(),
        "paid": Money(open_item.paid, open_item.currency).plain(),
        "outstanding": Money(open_item.outstanding, open_item.currency).plain(),
    }
