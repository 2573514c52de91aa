"""An invoice is known by its number as it is written, and no longer by the folded one."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0115"
down_revision = "0114"

_AT_ONCE = 10_000


def upgrade() -> None:
    for table in ("invoices", "corrections"):
        _write_anew(table)
    with op.batch_alter_table("invoices") as invoices:
        invoices.drop_constraint("uq_invoices_workspace_folded_seller_tax", type_="unique")
        invoices.create_unique_constraint(
            "uq_invoices_workspace_folded_seller_tax_number",
            ["workspace", "folded", "seller_tax", "number"],
        )


def _write_anew(name: str) -> None:
    """Numbers without blanks around them, and composed: what comes from now on is kept so."""
    table = sa.table(name, sa.column("id"), sa.column("number"))
    changed = sa.update(table).where(table.c.id == sa.bindparam("of"))
    changed = changed.values(number=sa.bindparam("written"))
    db, last = op.get_bind(), 0
    query = sa.select(table.c.id, table.c.number).order_by(table.c.id).limit(_AT_ONCE)
    while some := db.execute(query.where(table.c.id > last)).all():
        last = some[-1].id
        written = [(row.id, row.number, _as_written(row.number)) for row in some]
        rows = [{"of": id_, "written": new} for id_, old, new in written if new != old]
        if rows:
            db.execute(changed, rows)


def _as_written(number: str) -> str:
    return " ".join(unicodedata.normalize("NFC", number).split())
