"""Channels go on under the name that the catalogue gave them, and may be archived; the threads in
which a ticket was followed once are remembered.
"""

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("channels") as table:
        table.add_column(sa.Column("known_as", Key))
        table.add_column(sa.Column("is_archived", sa.Boolean))
    op.create_table(
        "ticket_threads",
        sa.Column("workspace", Key, primary_key=True),
        sa.Column("channel", Key, primary_key=True),
        sa.Column("thread_ts", Key, primary_key=True),
        sa.Column("ticket", Id, sa.ForeignKey("tickets.id"), primary_key=True),
    )
    op.create_index("ix_ticket_threads_ticket", "ticket_threads", ["ticket"])
