"""The ledger: customers, invoices, payments, entries of statements, who waits for what,
connections.
"""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment, Sorted

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "connections",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("read_until", Moment, nullable=True),
        sa.Column("compared_at", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "source", name=op.f("pk_connections")),
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
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
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
        "payment_sources",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("source", Key, nullable=False),
        sa.Column("known_until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "source", name=op.f("pk_payment_sources")),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_entries")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_statement_entries_workspace_key")),
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
        "invoices",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("seller_tax", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("folded", Sorted, nullable=False),
        sa.Column("bare", Sorted, nullable=False),
        sa.Column("tail", Sorted, nullable=False),
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
        sa.Column("known_at", Moment, nullable=False),
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
        "ix_invoices_unsettled",
        "invoices",
        ["workspace", "direction", "first_due_on"],
        unique=False,
        sqlite_where=sa.text("outstanding != 0"),
        postgresql_where=sa.text("outstanding != 0"),
    )
    op.create_index(
        op.f("ix_invoices_workspace_bare"), "invoices", ["workspace", "bare"], unique=False
    )
    op.create_index(
        op.f("ix_invoices_workspace_customer_first_due_on"),
        "invoices",
        ["workspace", "customer", "first_due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invoices_workspace_tail"), "invoices", ["workspace", "tail"], unique=False
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
