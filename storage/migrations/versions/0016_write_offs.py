"""A write-off has its day, its note and whoever made it, and can be undone."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "write_offs",
        sa.Column("id", Id, primary_key=True),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("invoice", Id, sa.ForeignKey("invoices.id"), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("on_day", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("undone_at", Moment),
        sa.Column("undone_by", Key),
    )
    stands = sa.text("undone_at IS NULL")
    op.create_index("ix_write_offs_invoice", "write_offs", ["invoice"])
    op.create_index(
        "uq_write_offs_standing",
        "write_offs",
        ["invoice"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.execute(
        "INSERT INTO write_offs (workspace, invoice, amount, on_day, note, by_person, at)"
        " SELECT workspace, id, outstanding, date(known_at), '', '', known_at"
        " FROM invoices WHERE is_written_off"
    )
