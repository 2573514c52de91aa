"""What everybody owes in sum is told by an index alone: it holds every column that is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0118"

_UNSETTLED = "ix_invoices_unsettled"
_INCLUDED = ("currency", "outstanding", "is_split", "is_written_off", "is_disputed")


def upgrade() -> None:
    op.add_column(
        "invoices",
        sa.Column("is_disputed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute("UPDATE invoices SET is_disputed = true WHERE disputed IS NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index(_UNSETTLED, "invoices")
        op.create_index(
            _UNSETTLED,
            "invoices",
            ["workspace", "direction", "first_due_on"],
            postgresql_where=sa.text("outstanding != 0"),
            postgresql_include=[*_INCLUDED, "promised_until"],
        )
