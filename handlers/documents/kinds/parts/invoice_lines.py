"""The lines of an invoice in its picture: a table with the columns that some line fills."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress
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
    columns = (
        list(map(str, range(1, len(lines) + 1))),
        [" ".join(line.name.split()) for line in lines],
        [_decimal(line.quantity, words) for line in lines],
        [line.unit for line in lines],
        [_decimal(line.unit_price, words, "#,##0.00######") for line in lines],
        _amounts([line.changed for line in lines], words),
        [line.vat_rate for line in lines],
        _amounts([line.net for line in lines], words),
        _amounts([line.gross for line in lines], words),
    )
    filled = list(map(any, columns))
    rows = list(zip(*compress(columns, filled), strict=True))
    return (Table(tuple(compress(_line_columns(words), filled)), rows),)


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
