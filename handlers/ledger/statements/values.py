"""A bank statement and its entries, whatever format they came in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.kit.errors import Problem


@dataclass(frozen=True, slots=True)
class Collective:
    """A booking of several transfers at once: its sum, the bank's reference of it, and how many
    they are.
    """

    amount: Decimal
    reference: str | None
    transfers: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a statement: ``amount`` is signed (money in is positive), in whole units of
    ``currency``.

    ``virtual_account`` is the number the payer paid to where the bank gives each customer one of
    ours;
    ``end_to_end`` is what the payer's own system wrote beside the title. ``part_of`` is the
    collective booking that was taken apart, and ``transfers`` how many an entry stands for that was
    not.
    """

    booked_on: date
    amount: Decimal
    currency: str | None
    title: str
    counterparty: str | None = None
    counterparty_account: str | None = None
    reference: str | None = None
    virtual_account: str | None = None
    end_to_end: str | None = None
    part_of: Collective | None = None
    transfers: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a bank says of one account for one period.

    ``balanced`` is true when opening and entries give the closing balance to the last unit, false
    when they do not, and ``None`` where the statement does not carry both balances in the currency
    of its entries. ``remarks`` is what is to be told of the file, on the first of its statements.
    """

    format: str
    account: str | None
    currency: str | None
    opening: Decimal | None
    closing: Decimal | None
    balanced: bool | None
    entries: tuple[Entry, ...]
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementFile:
    """A file with the statements that it tells."""

    name: str
    statements: Sequence[Statement]


def statement(
    *,
    format: str,
    account: str | None,
    currency: str | None,
    opening: Decimal | None,
    closing: Decimal | None,
    entries: Sequence[Entry],
) -> Statement:
    """A statement with its balances checked against its entries."""
    balanced = None
    one_currency = all(entry.currency == currency for entry in entries)
    if opening is not None and closing is not None and one_currency:
        balanced = opening + sum(entry.amount for entry in entries) == closing
    return Statement(format, account, currency, opening, closing, balanced, tuple(entries))
