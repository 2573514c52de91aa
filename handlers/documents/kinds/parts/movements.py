"""Movements: what moved an account since a day, as a table with the balance after each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from bot.kit.money import Money
from bot.kit.pdf import Block, Column, Gap, Heading, Table
from bot.kit.tables.spreadsheet import Row, Tab
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import amounts, day, long_day, total
from handlers.ledger.service import movements as ledger
from storage.turn import Turn

CAUSES = {
    "document": N_("Issued document"),
    "correction": N_("Correction"),
    "payment": N_("Payment"),
    "write_off": N_("Written off"),
    "settlement": N_("Settlement"),
}


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What a document, a correction or a payment did to the account."""

    on: Annotated[date, Field(N_("Day"))]
    cause: Annotated[str, Field(N_("What"))]
    number: Annotated[str, Field(N_("Invoice number"))]
    amount: Annotated[Money, Field(N_("Amount"))]


@dataclass(frozen=True, kw_only=True)
class Movements:
    """The account from one day to another, in one currency."""

    since: Annotated[date, Field(N_("Movements since"))]
    opening: Annotated[Money, Field(N_("Balance before"))]
    lines: Annotated[tuple[Movement, ...], Field(N_("Movement"))]

    @property
    def closing(self) -> Money:
        return total((line.amount for line in self.lines), self.opening.currency) + self.opening


def of_account(turn: Turn, customer: int, since: date, until: date) -> tuple[Movements, ...]:
    """A customer's account since a day, currency by currency; one in which nothing stood and
    nothing moved is left out.
    """
    before, moved = ledger.movements(turn, customer, since, until)
    by_currency: dict[str, list[Movement]] = {}
    for each in moved:
        amount = Money(each.amount, each.currency)
        line = Movement(on=each.on, cause=each.cause, number=each.number, amount=amount)
        by_currency.setdefault(each.currency, []).append(line)
    accounts: list[Movements] = []
    for currency, opening in sorted(before.items()):
        lines = tuple(by_currency.get(currency, ()))
        if lines or opening:
            accounts.append(Movements(since=since, opening=Money(opening, currency), lines=lines))
    return tuple(accounts)


def tables(accounts: Sequence[Movements], until: date, words: Words) -> Iterator[Block]:
    """A table for each currency, from the balance before to the balance after."""
    for account in accounts:
        currency = account.opening.currency
        yield Heading(words.say("Movements in {currency}", currency=currency))
        yield _table(account, until, words)
        yield Gap(4)


def balances(account: Movements) -> list[Money]:
    """What the account came to before the first movement and after each."""
    result = [account.opening]
    for line in account.lines:
        result.append(result[-1] + line.amount)
    return result


def _table(account: Movements, until: date, words: Words) -> Table:
    after = amounts(balances(account), words)
    moved = amounts([line.amount for line in account.lines], words)
    before = words.say("Balance before {day}", day=long_day(account.since, words))
    rows = [("", before, "", "", after[0])]
    for line, amount, balance in zip(account.lines, moved, after[1:], strict=True):
        cause = words.say(CAUSES[line.cause])
        rows.append((day(line.on, words), cause, line.number, amount, balance))
    last = words.say("Balance on {day}", day=long_day(until, words))
    columns = (
        Column(words.say("Day")),
        Column(words.say("What")),
        Column(words.say("Invoice number"), grows=True),
        Column(words.say("Amount"), "right"),
        Column(words.say("Balance"), "right"),
    )
    return Table(columns, rows, (("", last, "", "", after[-1]),))


def movements_tab(accounts: Sequence[Movements], words: Words) -> Tab:
    """The same for a spreadsheet, all currencies under one another."""
    titles = (
        words.say("Day"),
        words.say("What"),
        words.say("Invoice number"),
        words.say("Currency"),
        words.say("Amount"),
        words.say("Balance"),
    )
    rows: list[Row] = []
    for account in accounts:
        currency, after = account.opening.currency, balances(account)
        before = words.say("Balance before {day}", day=words.date(account.since))
        rows.append((account.since, before, "", currency, None, after[0]))
        for line, balance in zip(account.lines, after[1:], strict=True):
            cause = words.say(CAUSES[line.cause])
            rows.append((line.on, cause, line.number, currency, line.amount, balance))
    return Tab(words.say("Movements"), titles, rows)
