"""Confirmations of a day's balances that were ordered for everybody at once."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0112"
down_revision = "0111"


def upgrade() -> None:
    op.create_table(
        "balance_rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("asked_by", Key, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("given", Json, nullable=False),
        sa.Column("customers", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lacking", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance_rounds")),
        sa.UniqueConstraint("workspace", "origin", name=op.f("uq_balance_rounds_workspace_origin")),
    )
    op.create_index(
        op.f("ix_balance_rounds_workspace_as_of"), "balance_rounds", ["workspace", "as_of"]
    )
