"""Invoices stand on shelves, and what letters their numbers begin with is known: imports write
less, finding stays.
"""

import re

import sqlalchemy as sa
from alembic import op

from storage.base import Key, Sorted

revision = "0009"
down_revision = "0008"

_LETTERS_FIRST = re.compile(r"(?:[a-z]+\.)*")


def upgrade() -> None:
    op.drop_index("ix_invoices_workspace_bare", "invoices")
    op.drop_index("ix_invoices_workspace_tail", "invoices")
    op.drop_index("ix_invoices_workspace_customer_first_due_on", "invoices")
    op.drop_column("invoices", "bare")
    op.add_column("invoices", sa.Column("shelf", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE invoices SET shelf = id / 65536")
    op.create_index(
        op.f("ix_invoices_workspace_shelf_tail"), "invoices", ["workspace", "shelf", "tail"]
    )
    op.create_index(
        op.f("ix_invoices_shelf_customer_first_due_on"),
        "invoices",
        ["shelf", "customer", "first_due_on"],
    )
    op.create_index(
        "ix_invoices_double",
        "invoices",
        ["customer", "issued_on", "total"],
        sqlite_where=sa.text("direction = 'payable'"),
        postgresql_where=sa.text("direction = 'payable'"),
    )
    series = op.create_table(
        "invoice_series",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("letters", Sorted, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letters", name=op.f("pk_invoice_series")),
    )
    db = op.get_bind()
    numbers = db.execute(sa.text("SELECT workspace, folded FROM invoices"))
    known = {(row.workspace, _LETTERS_FIRST.match(row.folded)[0]) for row in numbers}  # type: ignore[index]
    known |= {(workspace, "") for workspace, _ in known}
    if known:
        db.execute(
            series.insert(),
            [{"workspace": workspace, "letters": letters} for workspace, letters in known],
        )
