"""Whether a ticket's type was guessed stands with the ticket, and not in what made it."""

import sqlalchemy as sa
from alembic import op

revision = "0117"
down_revision = "0116"


def upgrade() -> None:
    op.add_column(
        "tickets",
        sa.Column("is_type_guessed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    tickets = sa.table("tickets", sa.column("origin"), sa.column("is_type_guessed"))
    # By equality: SQLite's LIKE would take "click:" for a channel.
    by_a_message = sa.func.substr(tickets.c.origin, 1, 1).in_(("C", "D", "G"))
    op.execute(sa.update(tickets).where(by_a_message).values(is_type_guessed=sa.true()))
