"""Reminders: letters, the rows that they join, policies switched on, pauses, claims."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "reminder_letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("customer", Id, nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("addressee", Key, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("send_at", Moment, nullable=False),
        sa.Column("stage", Key, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_letters")),
        sa.UniqueConstraint(
            "workspace",
            "customer",
            "direction",
            "audience",
            "day",
            name=op.f("uq_reminder_letters_workspace_customer_direction_audience_day"),
        ),
    )
    op.create_index(
        op.f("ix_reminder_letters_state_send_at"),
        "reminder_letters",
        ["state", "send_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reminder_letters_workspace_addressee_day"),
        "reminder_letters",
        ["workspace", "addressee", "day"],
        unique=False,
    )
    op.create_table(
        "reminder_pauses",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_pauses")),
        sa.UniqueConstraint(
            "workspace",
            "subject",
            "audience",
            name=op.f("uq_reminder_pauses_workspace_subject_audience"),
        ),
    )
    op.create_table(
        "reminder_switches",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("policy", Key, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("overdue", Key, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "policy", name=op.f("pk_reminder_switches")),
    )
    op.create_table(
        "reminder_claims",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name=op.f("fk_reminder_claims_invoice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_claims")),
        sa.UniqueConstraint(
            "workspace",
            "origin",
            "invoice",
            name=op.f("uq_reminder_claims_workspace_origin_invoice"),
        ),
    )
    op.create_index(
        op.f("ix_reminder_claims_invoice_state"),
        "reminder_claims",
        ["invoice", "state"],
        unique=False,
    )
    op.create_table(
        "reminders",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("instalment", Id, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("customer", Id, nullable=False),
        sa.Column("stage", Key, nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("letter", Id, nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("approved_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["instalment"], ["instalments.id"], name=op.f("fk_reminders_instalment")
        ),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_reminders_invoice")),
        sa.ForeignKeyConstraint(
            ["letter"], ["reminder_letters.id"], name=op.f("fk_reminders_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "instalment",
            "stage",
            "audience",
            "due_on",
            name=op.f("uq_reminders_instalment_stage_audience_due_on"),
        ),
    )
    op.create_index(op.f("ix_reminders_invoice"), "reminders", ["invoice"], unique=False)
    op.create_index(op.f("ix_reminders_letter"), "reminders", ["letter"], unique=False)
    op.create_index(
        op.f("ix_reminders_workspace_customer_audience_reason"),
        "reminders",
        ["workspace", "customer", "audience", "reason"],
        unique=False,
    )
