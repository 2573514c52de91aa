"""An invoice's own file is kept beside it."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "invoice_originals",
        sa.Column("invoice", Id, sa.ForeignKey("invoices.id"), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
