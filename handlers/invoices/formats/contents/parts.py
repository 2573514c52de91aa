"""What the contents of all formats are put together from."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.kit.invoice_content import Method, Role
from handlers.invoices.formats.parts.node import Node

_CURRENCY = re.compile("[A-Z]{3}")
_CENT = Decimal("0.01")
_SUBJECT = re.compile(r"^#[A-Z]{3}#\s*")
# UNTDID 4461, as EN 16931 uses it.
_METHODS: Mapping[str, Method] = {
    "10": "cash",
    "20": "cheque",
    "30": "transfer",
    "31": "transfer",
    "42": "transfer",
    "48": "card",
    "49": "direct_debit",
    "54": "card",
    "55": "card",
    "57": "transfer",
    "58": "transfer",
    "59": "direct_debit",
}


def texts(nodes: Iterable[Node], *path: str) -> tuple[str, ...]:
    """The texts that are there, each once."""
    return tuple(dict.fromkeys(text for node in nodes if (text := node.text(*path))))


def named(name: str | None, description: str | None) -> str | None:
    """What a line is called, and what more it says of itself."""
    return " – ".join(dict.fromkeys(filter(None, (name, description)))) or None


def joined(*parts: str | None) -> str:
    """What is there of a line of an address."""
    return " ".join(filter(None, parts))


def other(role: Role, *said: str | None) -> tuple[tuple[Role, str], ...]:
    """Somebody else whom the invoice names, if it does."""
    line = ", ".join(filter(None, said))
    return ((role, line),) if line else ()


def address(*lines: str | None) -> tuple[str, ...]:
    """Its lines that are there."""
    return tuple(filter(None, lines))


def discount(
    amount: Decimal | None, quantity: Decimal | None, price: Decimal | None, net: Decimal | None
) -> Decimal | None:
    """What a line is less, where its discount is told without a sign.

    Some senders tell that of one unit, others one that the price has already and that takes nothing
    off any more: so it is read where the line then adds up, and else as it is told.
    """
    if not amount or quantity is None or price is None or net is None:
        return -amount if amount else None
    full, near = quantity * price, _CENT * max(Decimal(1), abs(quantity))
    read = (-amount, -amount * quantity, Decimal(0))
    return next((less for less in read if abs(full + less - net) <= near), -amount) or None


def accounted(
    totals: Iterable[Node], books: str | None, currency: str | None
) -> tuple[Decimal, str] | None:
    """The VAT in the currency of the books, where the invoice's own is another."""
    if books is None or books == currency or not _CURRENCY.fullmatch(books):
        return None
    for total in totals:
        if total.attribute("currencyID") == books:
            amount = total.amount()
            if amount is not None:
                return amount, books
    return None


def notes(told: Iterable[str]) -> tuple[str, ...]:
    """Without the code of a subject that EN 16931 lets stand before a note (``#AAI#``)."""
    return tuple(filter(None, (_SUBJECT.sub("", note) for note in told)))


def price_of_one(
    quantity: Decimal | None, price: Decimal | None, per: Decimal | None, net: Decimal | None
) -> Decimal | None:
    """The price of one unit where it is told for several (``per``); many senders write ``per`` and
    mean one.
    """
    if quantity is None or price is None or net is None or not per:
        return price
    return min(price / per, price, key=lambda item: abs(quantity * item - net))


def method(code: str | None) -> Method | None:
    """The method of payment that a code of EN 16931 means, if it is one that people know."""
    return _METHODS.get(code or "")
