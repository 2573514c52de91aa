"""The kinds of tables that can be sent, and what their columns can mean."""

from collections.abc import Collection, Mapping
from typing import Literal, cast

from bot.kit.tables.days import ORDERS, DayOrder
from bot.kit.tables.directions import INWARDS, OUTWARDS
from bot.kit.tables.layout import Layout
from bot.kit.tables.vocabulary import Vocabulary
from handlers.invoices.formats.tables.vocabulary import INVOICES
from handlers.ledger.statements.vocabulary import STATEMENTS

Kind = Literal["invoices", "payments"]
KINDS: Mapping[str, Vocabulary] = {"invoices": INVOICES, "payments": STATEMENTS}
CONSTANTS: Mapping[str, tuple[str, ...]] = {
    "invoices": INVOICES.fields,
    "payments": (*STATEMENTS.fields, INWARDS, OUTWARDS),
}
"""What may be told for a whole table."""


def kind_of(layout: Layout) -> Kind:
    return cast(Kind, layout.kind)


def missing(layout: Layout) -> tuple[str, ...]:
    """The fields of which one is needed and none is there; empty where the table can be read."""
    return KINDS[layout.kind].missing(layout.columns)


def days_of(order: str) -> DayOrder:
    """An order of a day's parts that somebody chose."""
    return next((each for each in ORDERS if each == order), "ymd")


def asked_of(layout: Layout) -> tuple[str, ...]:
    """What somebody must say before the table can be read."""
    needed = {"days", "decimal", "direction", "currency"}
    return tuple(name for name in layout.asks if name in needed)


def lacks_currency(layout: Layout, questions: Collection[str] = ()) -> bool:
    """Whether a table that needs one, or of which it is one of the ``questions``, has no currency
    at all.
    """
    is_told = layout.places("currency") or layout.constants.get("currency")
    return "currency" in {*KINDS[layout.kind].needed_constants, *questions} and not is_told


def asked_when_unclear(layout: Layout) -> tuple[str, ...]:
    """What a layout that was confirmed may have left open."""
    return ("currency",) if lacks_currency(layout) else ("direction",)
