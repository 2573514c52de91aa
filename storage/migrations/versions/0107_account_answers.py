"""Accounts that people said to be ours, and those of files that name none."""

import sqlalchemy as sa
from alembic import op

from storage.base import Key, Moment

revision = "0107"
down_revision = "0106"


def upgrade() -> None:
    op.create_table(
        "account_answers",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "subject", name=op.f("pk_account_answers")),
    )
