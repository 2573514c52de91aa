"""Approvals know who asked in the requester's place: they do not approve it either."""

import sqlalchemy as sa
from alembic import op

from storage.base import Key

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("approvals", sa.Column("author", Key, nullable=True))
    op.execute(
        "UPDATE approvals SET author = (SELECT t.author FROM tickets t WHERE t.workspace = "
        "approvals.workspace"
        " AND approvals.subject = 'ticket:' || CAST(t.id AS TEXT))"
    )
