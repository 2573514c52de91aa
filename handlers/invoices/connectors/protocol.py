"""What a connector is: a source of invoices that tells what changed, and the values in which it
tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from handlers.invoices.formats.document import InvoiceDocument

Direction = Literal["receivable", "payable"]


@dataclass(frozen=True)
class Capabilities:
    """What a source can tell at all; what it cannot is not held against an invoice."""

    has_due_date: bool
    has_payments: bool
    has_pdf: bool
    directions: frozenset[Direction]


@dataclass(frozen=True)
class Payment:
    """Money on an invoice: in its currency, signed as its total is; ``reference`` stays the same in
    the source.
    """

    reference: str
    amount: Decimal
    booked_on: date


@dataclass(frozen=True)
class SourceInvoice:
    """An invoice as its source tells it now.

    ``reference`` is the source's own name for it and never changes. A draft has no number yet.
    ``payments`` are all that stand now: one that is not among them any more was taken back. What a
    cancellation or a credit note gives to the invoice that it corrects is no payment.
    """

    reference: str
    direction: Direction
    is_draft: bool
    document: InvoiceDocument
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True)
class Page:
    """Some of what a question has for an answer; ``after`` asks for the rest, ``None`` says that
    this was all.

    ``as_of`` is the moment of the answer by the source's own clock, in UTC.
    """

    invoices: tuple[SourceInvoice, ...]
    after: str | None
    as_of: datetime


class Connector(Protocol):
    """A source of invoices. Every method asks over the network, within bounds of time and size, and
    changes nothing.

    What goes wrong is raised as one of :mod:`handlers.invoices.connectors.problems`.
    """

    @property
    def name(self) -> str:
        """Its key, under which its payments are booked: ``tryton``."""

    @property
    def title(self) -> str:
        """Its name for people: ``Tryton``."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can tell."""

    def changed(self, since: datetime | None, after: str | None = None) -> Page:
        """The invoices that changed after ``since`` by the source's clock, payments on them too;
        everything for None.

        Each page is asked for with the ``after`` of the one before; an invoice stands on one page
        of them.
        """

    def by_number(self, number: str) -> Sequence[SourceInvoice]:
        """The invoices of that number, as it is written in the source."""

    def pdf(self, reference: str) -> bytes | None:
        """The invoice's picture as a PDF; None where the source has none."""
