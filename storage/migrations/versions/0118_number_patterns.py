"""Invoices are found by what a payment names: by the patterns of their numbers, by what is
outstanding, by the amount of an instalment and by the KSeF number.
"""

import re
from collections.abc import Iterator
from itertools import product

import sqlalchemy as sa
from alembic import op

from storage.base import Key, Sorted

revision = "0118"
down_revision = "0117"

_AT_ONCE = 10_000
_YEAR = re.compile(r"20[0-4][0-9]")


def upgrade() -> None:
    op.drop_table("invoice_series")
    op.create_table(
        "invoice_number_patterns",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("pattern", Sorted, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "pattern", name=op.f("pk_invoice_number_patterns")),
    )
    _note_patterns()
    for name, columns, where in _INDEXES:
        of_those = sa.text(where)
        op.create_index(name, "invoices", columns, sqlite_where=of_those, postgresql_where=of_those)
    op.add_column(
        "instalments",
        sa.Column("is_one_of_several", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(
        "UPDATE instalments SET is_one_of_several = true WHERE invoice IN "
        "(SELECT invoice FROM instalments GROUP BY invoice HAVING count(*) > 1)"
    )
    op.create_index(
        "ix_instalments_amount",
        "instalments",
        ["amount"],
        sqlite_where=sa.text("is_one_of_several = 1"),
        postgresql_where=sa.text("is_one_of_several = true"),
    )


_INDEXES = (
    ("ix_invoices_unsettled_outstanding", ["partition_no", "outstanding"], "outstanding != 0"),
    ("ix_invoices_ksef_number", ["ksef_number"], "ksef_number IS NOT NULL"),
)


def _note_patterns() -> None:
    """A folded number does not say how wide its digits were written: all that may have been."""
    invoices = sa.table("invoices", sa.column("id"), sa.column("workspace"), sa.column("folded"))
    patterns = sa.table("invoice_number_patterns", sa.column("workspace"), sa.column("pattern"))
    db, last, noted = op.get_bind(), 0, set[tuple[str, str]]()
    query = sa.select(invoices).order_by(invoices.c.id).limit(_AT_ONCE)
    while some := db.execute(query.where(invoices.c.id > last)).all():
        last = some[-1].id
        for row in some:
            noted.update((row.workspace, pattern) for pattern in _patterns(row.folded))
    if noted:
        rows = [{"workspace": workspace, "pattern": pattern} for workspace, pattern in noted]
        db.execute(sa.insert(patterns), rows)


def _patterns(folded: str) -> Iterator[str]:
    yield from map(".".join, product(*map(_kinds, folded.split("."))))


def _kinds(word: str) -> tuple[str, ...]:
    if not word.isdigit() or _YEAR.fullmatch(word):
        return (word,)
    if len(word) > 2:
        return (word[:4] + "W", "W") if len(word) > 4 and _YEAR.match(word) else ("W",)
    return ("M" if int(word) <= 12 else "N", "W")
