"""A customer and an invoice may have a reminder policy of their own."""

import sqlalchemy as sa
from alembic import op

from storage.base import Key

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for table in ("customers", "invoices"):
        op.add_column(table, sa.Column("policy", Key, nullable=False, server_default=""))
