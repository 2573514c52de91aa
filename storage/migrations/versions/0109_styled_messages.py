"""What people said about a ticket, with its formatting."""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"


def upgrade() -> None:
    op.add_column("ticket_messages", sa.Column("styled", sa.Text(), nullable=True))
