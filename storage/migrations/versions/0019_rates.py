"""Rates of late interest and of the euro, as people entered them."""

import sqlalchemy as sa
from alembic import op

from storage.base import Key, Moment

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "interest_rates",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("table", Key, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "table", "first_day", name=op.f("pk_interest_rates")),
    )
    op.create_table(
        "exchange_rates",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("bank", Key, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "bank", "on", name=op.f("pk_exchange_rates")),
    )
