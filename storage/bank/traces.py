"""What has counted a customer's payments since a moment: documents, messages, payments by hand."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select

from storage.bank.statements import Line
from storage.dialect import among
from storage.documents.register import STANDING, documents
from storage.invoices.customers import customers
from storage.invoices.invoices import invoices
from storage.invoices.payments import payments
from storage.reminders.messages import WENT, message_rows
from storage.turn import Turn


def documents_since(
    turn: Turn, since: datetime, *, parties: Collection[int]
) -> Sequence[tuple[str, datetime]]:
    """Documents about one of these customers that were made here: number, and when.

    Whatever we say of a customer counts what the customer paid. The copy of an invoice says what
    the invoice says, and what somebody brought is not ours.
    """
    conditions = (
        documents.c.workspace == turn.workspace,
        among(documents.c.customer, parties),
        documents.c.invoice.is_(None),
        documents.c.series.is_(None),
        documents.c.state.in_(STANDING),
        documents.c.made_at >= since,
    )
    query = select(documents.c.number, documents.c.made_at).where(*conditions)
    return [(row.number, row.made_at) for row in turn.db.execute(query.order_by(documents.c.id))]


def messages_since(
    turn: Turn, since: datetime, *, audiences: Collection[str], parties: Collection[int]
) -> Sequence[tuple[date, str]]:
    """Reminders that went to one of these customers themselves: the day, and whom."""
    conditions = (
        message_rows.c.workspace == turn.workspace,
        message_rows.c.audience.in_(set(audiences)),
        among(message_rows.c.customer, parties),
        message_rows.c.state.in_(WENT),
        message_rows.c.send_at >= since,
    )
    query = select(message_rows.c.day, customers.c.name).join(
        customers, customers.c.id == message_rows.c.customer
    )
    rows = turn.db.execute(query.where(*conditions).order_by(message_rows.c.id))
    return [(row.day, row.name) for row in rows]


def refunds_since(
    turn: Turn, since: datetime, *, source: str, paid: Collection[int]
) -> Sequence[str]:
    """The numbers of those invoices on which money was given back by hand."""
    conditions = (
        payments.c.workspace == turn.workspace,
        payments.c.source == source,
        payments.c.amount < 0,
        payments.c.at >= since,
        payments.c.taken_back_at.is_(None),
        among(payments.c.invoice, paid),
    )
    query = select(invoices.c.number).join(payments, payments.c.invoice == invoices.c.id)
    return list(turn.db.execute(query.where(*conditions).distinct()).scalars())


def paid_by(turn: Turn, lines: Collection[Line]) -> Sequence[tuple[int, int, int | None]]:
    """What stands on invoices by these lines: payment, invoice, and its customer."""
    conditions = (
        payments.c.workspace == turn.workspace,
        among(payments.c.source, {line.source for line in lines}),
        among(payments.c.reference, {line.key for line in lines}),
        payments.c.taken_back_at.is_(None),
    )
    query = select(payments.c.id, payments.c.invoice, invoices.c.customer).join(
        invoices, invoices.c.id == payments.c.invoice
    )
    return [(row[0], row[1], row[2]) for row in turn.db.execute(query.where(*conditions))]
