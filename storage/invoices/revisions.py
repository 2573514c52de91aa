"""Revising an invoice that its own source tells anew: the same identity, other days, names or
amounts.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, select, update

from storage.invoices.booking import DRAFT, NewInvoice
from storage.invoices.instalments import in_order, instalments
from storage.invoices.invoices import invoices
from storage.turn import Turn

_FACTS = ("digest", "kind", "direction", "customer", "currency", "total", "to_pay", "document")
Part = tuple[date | None, int]


def revise(turn: Turn, invoice_id: int, new_invoice: NewInvoice) -> None:
    """Set what the source tells now. What people said of the invoice, its findings and its payments
    stay.
    """
    parts = [(_day(due_on), amount) for due_on, amount in new_invoice.instalments]
    facts = {name: getattr(new_invoice, name) for name in _FACTS}
    facts |= {
        "issued_on": _day(new_invoice.issued_on),
        "first_due_on": min((day for day, _ in parts if day), default=None),
    }
    facts["is_draft"] = new_invoice.kind == DRAFT
    conditions = (invoices.c.workspace == turn.workspace, invoices.c.id == invoice_id)
    facts["is_split"] = _revise_instalments(turn, invoice_id, parts) > 1
    turn.db.execute(update(invoices).where(*conditions).values(**facts))


def _revise_instalments(turn: Turn, invoice_id: int, parts: Sequence[Part]) -> int:
    """Place by place, so that a reminder keeps the instalment that it was about; a moved one is
    looked at anew.

    Places that are not needed any more stay with nothing on them, on the last day. How many there
    are.
    """
    query = select(instalments).where(instalments.c.invoice == invoice_id)
    rows = turn.db.execute(query.order_by(*in_order)).all()
    empty = (parts[-1][0] if parts else None, 0)
    lines = [*parts, *[empty] * (len(rows) - len(parts))]
    for row, (due_on, amount) in zip(rows, lines, strict=False):
        if (row.due_on, row.amount) != (due_on, amount):
            moved = {"due_on": due_on, "amount": amount, "next_on": None}
            turn.db.execute(update(instalments).where(instalments.c.id == row.id).values(**moved))
    fresh = [
        {"invoice": invoice_id, "due_on": day, "amount": amount}
        for day, amount in lines[len(rows) :]
    ]
    if fresh:
        turn.db.execute(insert(instalments), fresh)
    if len(lines) > 1:
        of_several = update(instalments).where(instalments.c.invoice == invoice_id)
        turn.db.execute(of_several.values(is_one_of_several=True))
    return len(lines)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
