"""What is open of a customer, in instalments, or moved after a day is found by what is open or
moved alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    is_split: sa.Column[bool] = sa.Column(
        "is_split", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("invoices", is_split)
    op.execute(
        "UPDATE invoices SET is_split = true WHERE id IN"
        " (SELECT invoice FROM instalments GROUP BY invoice HAVING count(*) > 1)"
    )
    op.create_index(
        "ix_invoices_unsettled_of_customer",
        "invoices",
        ["shelf", "customer"],
        sqlite_where=sa.text("outstanding != 0"),
        postgresql_where=sa.text("outstanding != 0"),
    )
    op.create_index(
        "ix_invoices_unsettled_split",
        "invoices",
        ["workspace", "direction"],
        sqlite_where=sa.text("outstanding != 0 AND is_split = 1"),
        postgresql_where=sa.text("outstanding != 0 AND is_split = true"),
    )
    op.create_index("ix_invoices_workspace_issued_on", "invoices", ["workspace", "issued_on"])
    op.create_index("ix_payments_workspace_booked_on", "payments", ["workspace", "booked_on"])
