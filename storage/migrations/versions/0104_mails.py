"""Letters by e-mail wait in an outbox of their own."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0104"
down_revision = "0103"


def upgrade() -> None:
    op.create_table(
        "outbox_mails",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("asked_by", Key, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mails")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_outbox_mails_workspace_key")),
    )
    op.create_index(op.f("ix_outbox_mails_state_next_at"), "outbox_mails", ["state", "next_at"])
    op.create_index(op.f("ix_outbox_mails_to_created_at"), "outbox_mails", ["to", "created_at"])
    op.create_index(op.f("ix_outbox_mails_subject"), "outbox_mails", ["subject"])
    op.create_index(op.f("ix_outbox_mails_sent_at"), "outbox_mails", ["sent_at"])
