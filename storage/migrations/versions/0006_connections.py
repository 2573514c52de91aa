"""Connections: how far each source is read, and which of its invoices is which of ours."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_table("connections")  # nothing wrote into it before
    op.create_table(
        "connections",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("read_until", Moment, nullable=True),
        sa.Column("compared_at", Moment, nullable=True),
        sa.Column("pass_as_of", Moment, nullable=True),
        sa.Column("pass_since", Moment, nullable=True),
        sa.Column("pass_after", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "source", name=op.f("pk_connections")),
    )
    op.create_table(
        "connected_invoices",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("reference", Key, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("differing", sa.Text(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name=op.f("fk_connected_invoices_invoice")
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "source", "reference", name=op.f("pk_connected_invoices")
        ),
    )
    op.create_index(
        op.f("ix_connected_invoices_workspace_invoice"),
        "connected_invoices",
        ["workspace", "invoice"],
        unique=False,
    )
