"""Accounts that customers pay from stand apart from those that suppliers are paid to."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("customers", sa.Column("paid_from", sa.Text(), server_default="", nullable=False))
