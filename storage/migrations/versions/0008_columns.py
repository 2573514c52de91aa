"""Columns: what the headings of tables mean, tables that wait to be confirmed.

Beside them: documents about one invoice, and the parts of collective bookings.
"""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("documents", sa.Column("invoice", Id, nullable=True))
    for key in ("count_key", "whole_key"):
        op.add_column("statement_entries", sa.Column(key, sa.String(length=32), nullable=True))
        op.create_index(
            op.f(f"ix_statement_entries_{key}"), "statement_entries", [key], unique=False
        )
    op.create_table(
        "column_mappings",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("layout", Json, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_column_mappings")),
    )
    op.create_table(
        "sent_tables",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("file", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("channel", Key, nullable=False),
        sa.Column("ts", Key, nullable=False),
        sa.Column("layouts", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_tables")),
    )
    op.create_index(
        op.f("ix_sent_tables_workspace_at"), "sent_tables", ["workspace", "at"], unique=False
    )
