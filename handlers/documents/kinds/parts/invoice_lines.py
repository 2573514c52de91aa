"""The lines of an invoice in its picture: a table with the columns that some line fills."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress, count
from typing import Annotated

from babel.numbers import format_decimal

from bot.kit.money import Money
from bot.kit.pdf import Block, Column, Table
from bot.kit.words import N_, Words
from handlers.documents.kinds.parts.fields import Field
from handlers.documents.kinds.parts.figures import amounts


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """A line as the invoice has it; what it does not say stays empty."""

    name: Annotated[str, Field(N_("Goods or service"), free=True)]
    quantity: Annotated[Decimal | None, Field(N_("Quantity"), needed=False)] = None
    unit: Annotated[str, Field(N_("Unit"), needed=False, free=True)] = ""
    unit_price: Annotated[Decimal | None, Field(N_("Unit price"), needed=False)] = None
    changed: Annotated[Money | None, Field(N_("Discount or charge"), needed=False)] = None
    """What the amount is more than quantity times price; a discount with a minus."""
    vat_rate: Annotated[str, Field(N_("VAT rate"), needed=False, free=True)] = ""
    net: Annotated[Money | None, Field(N_("Net amount"), needed=False)] = None
    gross: Annotated[Money | None, Field(N_("Gross amount"), needed=False)] = None
    """Where the invoice tells no net amount."""


def table(lines: tuple[InvoiceLine, ...], words: Words) -> tuple[Block, ...]:
    """With the columns that some line fills."""
    nets, grosses = (
        _amounts([line.net for line in lines], words),
        _amounts([line.gross for line in lines], words),
    )
    changes = _amounts([line.changed for line in lines], words)
    rows = [
        (
            str(n),
            " ".join(line.name.split()),
            _decimal(line.quantity, words),
            line.unit,
            _decimal(line.unit_price, words, "#,##0.00######"),
            changed,
            line.vat_rate,
            net,
            gross,
        )
        for n, line, changed, net, gross in zip(
            count(1), lines, changes, nets, grosses, strict=False
        )
    ]
    filled = [any(column) for column in zip(*rows, strict=True)]
    return (
        Table(
            tuple(compress(_line_columns(words), filled)),
            [tuple(compress(row, filled)) for row in rows],
        ),
    )


def _amounts(column: Sequence[Money | None], words: Words) -> list[str]:
    told = iter(amounts([amount for amount in column if amount is not None], words))
    return ["" if amount is None else next(told) for amount in column]


def _decimal(number: Decimal | None, words: Words, form: str = "#,##0.######") -> str:
    return "" if number is None else format_decimal(number, form, locale=words.locale)


def _line_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.say("No."), "right"),
        Column(words.say("Goods or service"), grows=True),
        Column(words.say("Quantity"), "right"),
        Column(words.say("Unit")),
        Column(words.say("Unit price"), "right"),
        Column(words.say("Discount or charge"), "right"),
        Column(words.say("VAT rate"), "right"),
        Column(words.say("Net amount"), "right"),
        Column(words.say("Gross amount"), "right"),
    )
