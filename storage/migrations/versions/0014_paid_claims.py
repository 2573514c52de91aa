"""A payment that somebody reports has an amount and a day of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("reminder_claims", sa.Column("amount", sa.BigInteger(), nullable=True))
    op.add_column("reminder_claims", sa.Column("paid_on", sa.Date(), nullable=True))
    op.execute("UPDATE reminder_claims SET paid_on = until, until = NULL WHERE kind = 'paid'")
