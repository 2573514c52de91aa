"""The tables of tickets."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("requester", Key, nullable=False),
        sa.Column("steps", Json, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(
        op.f("ix_approvals_workspace_subject_id"),
        "approvals",
        ["workspace", "subject", "id"],
        unique=False,
    )
    op.create_index(
        "uq_approvals_open",
        "approvals",
        ["workspace", "subject"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "tickets",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("request_type", Key, nullable=False),
        sa.Column("department", Key, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("waiting_for", sa.String(length=16), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("requester", Key, nullable=False),
        sa.Column("author", Key, nullable=False),
        sa.Column("assignee", Key, nullable=True),
        sa.Column("channel", Key, nullable=True),
        sa.Column("thread_ts", Key, nullable=True),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("linked_to", Id, nullable=True),
        sa.Column("about", Key, nullable=True),
        sa.Column("snoozed_until", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("assigned_at", Moment, nullable=True),
        sa.Column("nudged_at", Moment, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("resolved_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("touched_at", Moment, nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("rating_comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["linked_to"], ["tickets.id"], name=op.f("fk_tickets_linked_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_tickets_workspace_number")),
        sa.UniqueConstraint("workspace", "origin", name=op.f("uq_tickets_workspace_origin")),
    )
    op.create_index(op.f("ix_tickets_linked_to"), "tickets", ["linked_to"], unique=False)
    op.create_index(
        "ix_tickets_queue",
        "tickets",
        [
            "workspace",
            "department",
            sa.literal_column("priority DESC"),
            "id",
            "state",
            "snoozed_until",
        ],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('new', 'in_progress', 'waiting') AND snoozed_until IS NULL"
        ),
        postgresql_where=sa.text(
            "state IN ('new', 'in_progress', 'waiting') AND snoozed_until IS NULL"
        ),
    )
    op.create_index(op.f("ix_tickets_snoozed_until"), "tickets", ["snoozed_until"], unique=False)
    op.create_index(
        op.f("ix_tickets_state_resolved_at"), "tickets", ["state", "resolved_at"], unique=False
    )
    op.create_index(
        op.f("ix_tickets_workspace_assignee_state"),
        "tickets",
        ["workspace", "assignee", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_tickets_workspace_author_id"),
        "tickets",
        ["workspace", "author", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_tickets_workspace_channel_thread_ts"),
        "tickets",
        ["workspace", "channel", "thread_ts"],
        unique=False,
    )
    op.create_index(
        op.f("ix_tickets_workspace_department_assigned_at"),
        "tickets",
        ["workspace", "department", "assigned_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_tickets_workspace_requester_id"),
        "tickets",
        ["workspace", "requester", "id"],
        unique=False,
    )
    op.create_table(
        "approval_votes",
        sa.Column("id", Id, nullable=False),
        sa.Column("approval", Id, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("instead_of", Key, nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["approval"], ["approvals.id"], name=op.f("fk_approval_votes_approval")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_votes")),
        sa.UniqueConstraint(
            "approval", "step", "person", name=op.f("uq_approval_votes_approval_step_person")
        ),
    )
    op.create_index(
        op.f("ix_approval_votes_person_verdict"),
        "approval_votes",
        ["person", "verdict"],
        unique=False,
    )
    op.create_table(
        "ticket_deadlines",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("ticket", Id, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("running_since", Moment, nullable=True),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("next_at", Moment, nullable=True),
        sa.Column("warned_at", Moment, nullable=True),
        sa.Column("breached_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket"], ["tickets.id"], name=op.f("fk_ticket_deadlines_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_deadlines")),
        sa.UniqueConstraint("ticket", "kind", name=op.f("uq_ticket_deadlines_ticket_kind")),
    )
    op.create_index(
        op.f("ix_ticket_deadlines_workspace_kind_ended_at"),
        "ticket_deadlines",
        ["workspace", "kind", "ended_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ticket_deadlines_workspace_next_at"),
        "ticket_deadlines",
        ["workspace", "next_at"],
        unique=False,
    )
    op.create_table(
        "ticket_messages",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("ticket", Id, nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("author", Key, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("edited_at", Moment, nullable=True),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_ticket_messages_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_messages")),
        sa.UniqueConstraint(
            "workspace", "origin", name=op.f("uq_ticket_messages_workspace_origin")
        ),
    )
    op.create_index(
        op.f("ix_ticket_messages_ticket_id"), "ticket_messages", ["ticket", "id"], unique=False
    )
    op.create_index(
        op.f("ix_ticket_messages_workspace_author_id"),
        "ticket_messages",
        ["workspace", "author", "id"],
        unique=False,
    )
    op.create_table(
        "ticket_participants",
        sa.Column("ticket", Id, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket"], ["tickets.id"], name=op.f("fk_ticket_participants_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket", "person", "role", name=op.f("pk_ticket_participants")),
    )
    op.create_index(
        op.f("ix_ticket_participants_person"), "ticket_participants", ["person"], unique=False
    )
    op.create_table(
        "ticket_words",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("ticket", Id, nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_ticket_words_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_words")),
        sa.UniqueConstraint("ticket", "audience", name=op.f("uq_ticket_words_ticket_audience")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_ticket_words_fts ON ticket_words USING gin (to_tsvector('simple', "
            "words))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE ticket_fts USING fts5("
        "words, content='ticket_words', content_rowid='id', tokenize='unicode61', prefix='3')"
    )
    op.execute(
        "CREATE TRIGGER ticket_words_added AFTER INSERT ON ticket_words BEGIN "
        "INSERT INTO ticket_fts(rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER ticket_words_deleted AFTER DELETE ON ticket_words BEGIN "
        "INSERT INTO ticket_fts(ticket_fts, rowid, words) VALUES ('delete', old.id, old.words); END"
    )
    op.execute(
        "CREATE TRIGGER ticket_words_changed AFTER UPDATE ON ticket_words BEGIN "
        "INSERT INTO ticket_fts(ticket_fts, rowid, words) VALUES ('delete', old.id, old.words); "
        "INSERT INTO ticket_fts(rowid, words) VALUES (new.id, new.words); END"
    )
