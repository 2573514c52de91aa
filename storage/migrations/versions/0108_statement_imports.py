"""Which file brought a line of a statement, what it told of freshness, what was booked by hand."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0108"
down_revision = "0107"


def upgrade() -> None:
    op.create_table(
        "statement_imports",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("known_until", Json, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("taken_back_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_imports")),
    )
    op.create_index(
        op.f("ix_statement_imports_workspace_at"), "statement_imports", ["workspace", "at"]
    )
    op.add_column("statement_entries", sa.Column("import_id", Id, nullable=True))
    op.add_column(
        "statement_entries",
        sa.Column("by_hand", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(op.f("ix_statement_entries_import_id"), "statement_entries", ["import_id"])
    op.add_column("payment_sources", sa.Column("told_otherwise", Moment, nullable=True))
    op.execute("UPDATE payment_sources SET told_otherwise = known_until")
