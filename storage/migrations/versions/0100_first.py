"""Every table, as the first release has them.

An older database, of before there was a release, is refused: its shape is not known here.
"""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Json, Key, Moment, Sorted

revision = "0100"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("subject", Key, nullable=False),
        sa.Column("requester", Key, nullable=False),
        sa.Column("author", Key, nullable=True),
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
        "background_tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("key", Key, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_background_tasks")),
        sa.UniqueConstraint(
            "workspace", "name", "key", name=op.f("uq_background_tasks_workspace_name_key")
        ),
    )
    op.create_index(
        op.f("ix_background_tasks_state_next_at"),
        "background_tasks",
        ["state", "next_at"],
        unique=False,
    )
    op.create_table(
        "channels",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("known_as", Key, nullable=True),
        sa.Column("is_archived", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_channels")),
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
        "counters",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("name", Key, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "customers",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("tax_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("owner", Key, nullable=False),
        sa.Column("channel", Key, nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("paid_from", sa.Text(), server_default="", nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("policy", Key, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint(
            "workspace", "tax_id", "name", name=op.f("uq_customers_workspace_tax_id_name")
        ),
    )
    op.create_index(
        op.f("ix_customers_workspace_folded"), "customers", ["workspace", "folded"], unique=False
    )
    op.create_index(
        op.f("ix_customers_workspace_owner"), "customers", ["workspace", "owner"], unique=False
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
        "documents",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("number", Key, nullable=False),
        sa.Column("kind", Key, nullable=False),
        sa.Column("customer", Id, nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("requester", Key, nullable=False),
        sa.Column("origin", Key, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("template_version", sa.String(length=16), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("made_at", Moment, nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("invoice", Id, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_documents_workspace_number")),
        sa.UniqueConstraint("workspace", "origin", name=op.f("uq_documents_workspace_origin")),
    )
    op.create_index(
        op.f("ix_documents_workspace_code"), "documents", ["workspace", "code"], unique=False
    )
    op.create_index(
        op.f("ix_documents_workspace_kind_customer"),
        "documents",
        ["workspace", "kind", "customer"],
        unique=False,
    )
    op.create_index(
        op.f("ix_documents_workspace_sha256"), "documents", ["workspace", "sha256"], unique=False
    )
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
        "exchange_rates",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("bank", Key, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=12, scale=6), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "bank", "on", name=op.f("pk_exchange_rates")),
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
        "interest_rates",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("table", Key, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "table", "first_day", name=op.f("pk_interest_rates")),
    )
    op.create_table(
        "invoice_series",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("letters", Sorted, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letters", name=op.f("pk_invoice_series")),
    )
    op.create_table(
        "members",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("membership", Key, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "membership", "person", name=op.f("pk_members")),
    )
    op.create_table(
        "outbox",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_outbox_workspace_key")),
    )
    op.create_index(op.f("ix_outbox_state_next_at"), "outbox", ["state", "next_at"], unique=False)
    op.create_index(
        op.f("ix_outbox_workspace_channel_ts"),
        "outbox",
        ["workspace", "channel", "ts"],
        unique=False,
        sqlite_where=sa.text("ts IS NOT NULL"),
        postgresql_where=sa.text("ts IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_outbox_workspace_subject"), "outbox", ["workspace", "subject"], unique=False
    )
    op.create_table(
        "payment_sources",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("known_until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "source", name=op.f("pk_payment_sources")),
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
    op.create_table(
        "reminder_messages",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_messages")),
        sa.UniqueConstraint(
            "workspace",
            "customer",
            "direction",
            "audience",
            "day",
            name=op.f("uq_reminder_messages_workspace_customer_direction_audience_day"),
        ),
    )
    op.create_index(
        op.f("ix_reminder_messages_state_send_at"),
        "reminder_messages",
        ["state", "send_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reminder_messages_workspace_addressee_day"),
        "reminder_messages",
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
    op.create_table(
        "statement_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("title_key", sa.String(length=32), nullable=False),
        sa.Column("has_reference", sa.Boolean(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("counterparty_account", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("count_key", sa.String(length=32), nullable=True),
        sa.Column("whole_key", sa.String(length=32), nullable=True),
        sa.Column("transfers", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_entries")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_statement_entries_workspace_key")),
    )
    op.create_index(
        op.f("ix_statement_entries_count_key"), "statement_entries", ["count_key"], unique=False
    )
    op.create_index(
        op.f("ix_statement_entries_whole_key"), "statement_entries", ["whole_key"], unique=False
    )
    op.create_index(
        op.f("ix_statement_entries_workspace_state_booked_on"),
        "statement_entries",
        ["workspace", "state", "booked_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_statement_entries_workspace_title_key"),
        "statement_entries",
        ["workspace", "title_key"],
        unique=False,
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
        sa.Column("triage_card_no", sa.Integer(), nullable=False),
        sa.Column("requester_card_no", sa.Integer(), nullable=False),
        sa.Column("resolve_count", sa.Integer(), nullable=False),
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
    op.create_index(
        op.f("ix_tickets_linked_to"),
        "tickets",
        ["linked_to"],
        unique=False,
        sqlite_where=sa.text("linked_to IS NOT NULL"),
        postgresql_where=sa.text("linked_to IS NOT NULL"),
    )
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
    op.create_index(
        op.f("ix_tickets_snoozed_until"),
        "tickets",
        ["snoozed_until"],
        unique=False,
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_tickets_state_resolved_at"),
        "tickets",
        ["state", "resolved_at"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NOT NULL"),
        postgresql_where=sa.text("resolved_at IS NOT NULL"),
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
        sqlite_where=sa.text("thread_ts IS NOT NULL"),
        postgresql_where=sa.text("thread_ts IS NOT NULL"),
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
        "invoices",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("seller_tax", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("folded", Sorted, nullable=False),
        sa.Column("tail", Sorted, nullable=False),
        sa.Column("partition_no", sa.Integer(), server_default="0", nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("customer", Id, nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("to_pay", sa.BigInteger(), nullable=False),
        sa.Column("outstanding", sa.BigInteger(), nullable=False),
        sa.Column("marked_paid", sa.Boolean(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("account", sa.String(length=64), nullable=True),
        sa.Column("ksef_number", sa.String(length=64), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("disputed", sa.Text(), nullable=True),
        sa.Column("promised_until", sa.Date(), nullable=True),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("is_written_off", sa.Boolean(), nullable=False),
        sa.Column("is_split", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("known_at", Moment, nullable=False),
        sa.Column("policy", Key, server_default="", nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customers.id"], name=op.f("fk_invoices_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint(
            "workspace",
            "folded",
            "seller_tax",
            name=op.f("uq_invoices_workspace_folded_seller_tax"),
        ),
    )
    op.create_index(
        "ix_invoices_double",
        "invoices",
        ["customer", "issued_on", "total"],
        unique=False,
        sqlite_where=sa.text("direction = 'payable'"),
        postgresql_where=sa.text("direction = 'payable'"),
    )
    op.create_index(
        op.f("ix_invoices_partition_no_customer_first_due_on"),
        "invoices",
        ["partition_no", "customer", "first_due_on"],
        unique=False,
    )
    op.create_index(
        "ix_invoices_unsettled",
        "invoices",
        ["workspace", "direction", "first_due_on"],
        unique=False,
        sqlite_where=sa.text("outstanding != 0"),
        postgresql_where=sa.text("outstanding != 0"),
    )
    op.create_index(
        "ix_invoices_unsettled_of_customer",
        "invoices",
        ["partition_no", "customer"],
        unique=False,
        sqlite_where=sa.text("outstanding != 0"),
        postgresql_where=sa.text("outstanding != 0"),
    )
    op.create_index(
        "ix_invoices_unsettled_split",
        "invoices",
        ["workspace", "direction"],
        unique=False,
        sqlite_where=sa.text("outstanding != 0 AND is_split = 1"),
        postgresql_where=sa.text("outstanding != 0 AND is_split = true"),
    )
    op.create_index(
        op.f("ix_invoices_workspace_issued_on"),
        "invoices",
        ["workspace", "issued_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invoices_workspace_partition_no_tail"),
        "invoices",
        ["workspace", "partition_no", "tail"],
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
        "ticket_threads",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("channel", Key, nullable=False),
        sa.Column("thread_ts", Key, nullable=False),
        sa.Column("ticket", Id, nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_ticket_threads_ticket")),
        sa.PrimaryKeyConstraint(
            "workspace", "channel", "thread_ts", "ticket", name=op.f("pk_ticket_threads")
        ),
    )
    op.create_index(op.f("ix_ticket_threads_ticket"), "ticket_threads", ["ticket"], unique=False)
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
    op.create_table(
        "corrections",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("by_invoice", Id, nullable=False),
        sa.Column("seller_tax", sa.String(length=64), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.Column("invoice", Id, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_invoice"], ["invoices.id"], name=op.f("fk_corrections_by_invoice")
        ),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_corrections_invoice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_by_invoice"), "corrections", ["by_invoice"], unique=False)
    op.create_index(op.f("ix_corrections_invoice"), "corrections", ["invoice"], unique=False)
    op.create_index(
        op.f("ix_corrections_workspace_seller_tax_folded"),
        "corrections",
        ["workspace", "seller_tax", "folded"],
        unique=False,
    )
    op.create_table(
        "instalments",
        sa.Column("id", Id, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_instalments_invoice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalments")),
    )
    op.create_index(op.f("ix_instalments_invoice"), "instalments", ["invoice"], unique=False)
    op.create_index(
        "ix_instalments_next_on",
        "instalments",
        ["next_on"],
        unique=False,
        sqlite_where=sa.text("next_on IS NOT NULL"),
        postgresql_where=sa.text("next_on IS NOT NULL"),
    )
    op.create_table(
        "invoice_originals",
        sa.Column("invoice", Id, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name=op.f("fk_invoice_originals_invoice")
        ),
        sa.PrimaryKeyConstraint("invoice", name=op.f("pk_invoice_originals")),
    )
    op.create_table(
        "invoice_watches",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name=op.f("fk_invoice_watches_invoice")
        ),
        sa.PrimaryKeyConstraint("workspace", "invoice", "person", name=op.f("pk_invoice_watches")),
    )
    op.create_table(
        "payments",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("reference", Key, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("taken_back_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_payments_invoice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint(
            "workspace",
            "source",
            "reference",
            "invoice",
            name=op.f("uq_payments_workspace_source_reference_invoice"),
        ),
    )
    op.create_index(op.f("ix_payments_invoice"), "payments", ["invoice"], unique=False)
    op.create_index(
        op.f("ix_payments_workspace_booked_on"),
        "payments",
        ["workspace", "booked_on"],
        unique=False,
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
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
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
        "write_offs",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("invoice", Id, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("undone_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_write_offs_invoice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_offs")),
    )
    op.create_index(op.f("ix_write_offs_invoice"), "write_offs", ["invoice"], unique=False)
    op.create_index(
        "uq_write_offs_standing",
        "write_offs",
        ["invoice"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
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
        sa.Column("message", Id, nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("approved_by", Key, nullable=True),
        sa.ForeignKeyConstraint(
            ["instalment"], ["instalments.id"], name=op.f("fk_reminders_instalment")
        ),
        sa.ForeignKeyConstraint(["invoice"], ["invoices.id"], name=op.f("fk_reminders_invoice")),
        sa.ForeignKeyConstraint(
            ["message"], ["reminder_messages.id"], name=op.f("fk_reminders_message")
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
    op.create_index(op.f("ix_reminders_message"), "reminders", ["message"], unique=False)
    op.create_index(
        op.f("ix_reminders_workspace_customer_audience_reason"),
        "reminders",
        ["workspace", "customer", "audience", "reason"],
        unique=False,
    )
    _begin_full_text()


def _begin_full_text() -> None:
    """Search in what people wrote: an index of the words on PostgreSQL, FTS5 on SQLite."""
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
