"""Invoices that may be one: a supplier's of the same day and amount, or one seller's that are
written the same but for signs and zeros.
"""

from sqlalchemy import ColumnElement, select

from bot.kit.folding import fold_number
from storage.invoices.invoices import Invoice, invoices, payable, workspace_checked
from storage.turn import Turn


def of_supplier(turn: Turn, invoice: Invoice) -> str | None:
    """The number of another invoice of this supplier's over the same amount of the same day."""
    theirs = (payable, invoices.c.customer == invoice.customer, workspace_checked == turn.workspace)
    return _other(turn, invoice, *theirs)


def written_alike(turn: Turn, invoice: Invoice) -> str | None:
    """The number of another invoice of its seller's that agrees in day and amount too."""
    seller = select(invoices.c.seller_tax).where(invoices.c.id == invoice.id).scalar_subquery()
    alike = (
        invoices.c.workspace == turn.workspace,
        invoices.c.folded == fold_number(invoice.number),
        invoices.c.seller_tax == seller,
    )
    return _other(turn, invoice, *alike)


def _other(turn: Turn, invoice: Invoice, *conditions: ColumnElement[bool]) -> str | None:
    same = (
        invoices.c.issued_on == invoice.issued_on,
        invoices.c.total == invoice.total,
        invoices.c.currency == invoice.currency,
        invoices.c.id != invoice.id,
    )
    numbers = select(invoices.c.number).where(*conditions, *same).order_by(invoices.c.number)
    number: str | None = turn.db.execute(numbers.limit(1)).scalar()
    return number
