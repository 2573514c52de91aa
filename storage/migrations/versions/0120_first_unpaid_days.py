"""The first day on which an invoice is due is that of what is left of it: what was paid of its
instalments does not count any more.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"


def upgrade() -> None:
    db = op.get_bind()
    due = [(id_, _first_unpaid(list(rows))) for id_, rows in groupby(db.execute(_lines), _of)]
    changed = [{"of": id_, "due": day} for id_, day in due]
    if changed:
        query = sa.update(_invoices).where(_invoices.c.id == sa.bindparam("of"))
        db.execute(query.values(first_due_on=sa.bindparam("due")), changed)


_of = attrgetter("id")
_invoices = sa.table(
    "invoices",
    sa.column("id", sa.BigInteger()),
    sa.column("outstanding"),
    sa.column("to_pay"),
    sa.column("is_split"),
    sa.column("first_due_on", sa.Date()),
)
_instalments = sa.table(
    "instalments",
    sa.column("id"),
    sa.column("invoice"),
    sa.column("due_on", sa.Date()),
    sa.column("amount"),
)
_corrections = sa.table("corrections", sa.column("invoice"), sa.column("amount"))
_netted = sa.select(sa.func.coalesce(sa.func.sum(_corrections.c.amount), 0))
_lines = (
    sa.select(
        *(_invoices.c.id, _invoices.c.outstanding, _instalments.c.due_on, _instalments.c.amount),
        _netted.where(_corrections.c.invoice == _invoices.c.id).scalar_subquery().label("netted"),
    )
    .join(_instalments, _instalments.c.invoice == _invoices.c.id)
    .where(_invoices.c.is_split == sa.true(), _invoices.c.outstanding > 0)
    .order_by(
        _invoices.c.id, _instalments.c.due_on.is_(None), _instalments.c.due_on, _instalments.c.id
    )
)


def _first_unpaid(lines: Sequence[Any]) -> date | None:
    """Corrections lower the last ones first, payments fill the first ones first."""
    amounts = [int(line.amount) for line in lines]
    lowered = max(0, -int(lines[0].netted))
    for place in reversed(range(len(amounts))):
        taken = min(lowered, amounts[place])
        amounts[place] -= taken
        lowered -= taken
    paid = sum(amounts) + max(0, int(lines[0].netted)) - int(lines[0].outstanding)
    for line, amount in zip(lines, amounts, strict=True):
        if amount > paid:
            return line.due_on  # type: ignore[no-any-return]
        paid -= amount
    return lines[-1].due_on  # type: ignore[no-any-return]
