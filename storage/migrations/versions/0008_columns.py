"""Columns: documents about one invoice."""

import sqlalchemy as sa
from alembic import op

from storage.base import Id

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("documents", sa.Column("invoice", Id, nullable=True))
