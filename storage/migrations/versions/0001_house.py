"""The house: people, letters, errands, events."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:

    op.create_table(
        "channels",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_channels")),
    )
    op.create_table(
        "counters",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "deliveries",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("answer", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_at"), "deliveries", ["at"], unique=False)
    op.create_table(
        "errands",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint("workspace", "name", "key", name=op.f("uq_errands_workspace_name_key")),
    )
    op.create_index(op.f("ix_errands_state_next_at"), "errands", ["state", "next_at"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", Key, nullable=False),
        sa.Column("event", Key, nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(
        op.f("ix_events_workspace_subject_id"),
        "events",
        ["workspace", "subject", "id"],
        unique=False,
    )
    op.create_table(
        "files",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_files")),
    )
    op.create_table(
        "letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("addressee", Key, nullable=False),
        sa.Column("subject", Key, nullable=True),
        sa.Column("body", Json, nullable=False),
        sa.Column("under_key", Key, nullable=True),
        sa.Column("under_channel", Key, nullable=True),
        sa.Column("under_ts", Key, nullable=True),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_version", sa.Integer(), nullable=False),
        sa.Column("channel", Key, nullable=True),
        sa.Column("ts", Key, nullable=True),
        sa.Column("file_id", Key, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_letters_workspace_key")),
    )
    op.create_index(op.f("ix_letters_state_next_at"), "letters", ["state", "next_at"], unique=False)
    op.create_index(
        op.f("ix_letters_workspace_channel_ts"),
        "letters",
        ["workspace", "channel", "ts"],
        unique=False,
    )
    op.create_index(
        op.f("ix_letters_workspace_subject"), "letters", ["workspace", "subject"], unique=False
    )
    op.create_table(
        "members",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("circle", Key, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "circle", "person", name=op.f("pk_members")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_external", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("direct_channel", Key, nullable=True),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_people")),
    )
