"""A collective booking tells how many transfers it stands for."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("statement_entries", sa.Column("transfers", sa.BigInteger(), nullable=True))
