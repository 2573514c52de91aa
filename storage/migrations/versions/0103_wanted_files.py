"""Somebody is asked to bring a file by a day; what a document says has a digest."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment

revision = "0103"
down_revision = "0102"


def upgrade() -> None:
    op.add_column(
        "documents", sa.Column("substance", sa.String(64), nullable=False, server_default="")
    )
    op.create_table(
        "wanted_files",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("requester", Key, nullable=False),
        sa.Column("holder", Key, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("kind", Key, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("document", Id),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wanted_files")),
        sa.UniqueConstraint("workspace", "origin", name=op.f("uq_wanted_files_workspace_origin")),
    )
    op.create_index(
        op.f("ix_wanted_files_workspace_state_next_at"),
        "wanted_files",
        ["workspace", "state", "next_at"],
    )
