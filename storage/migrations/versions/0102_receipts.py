"""Each handing over of a document leaves a receipt."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key, Moment

revision = "0102"
down_revision = "0101"


def upgrade() -> None:
    op.create_table(
        "document_receipts",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("document", Id, nullable=False),
        sa.Column("addressee", Key, nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("given_by", Key, nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.Column("received_at", Moment),
        sa.Column("message", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.id"], name=op.f("fk_document_receipts_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_receipts")),
    )
    op.create_index(
        op.f("ix_document_receipts_workspace_document"),
        "document_receipts",
        ["workspace", "document"],
    )
