"""A ticket is written into no index that cannot find it: what it seldom has is indexed where it has
it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_SELDOM = {
    "ix_tickets_linked_to": ("tickets", ["linked_to"]),
    "ix_tickets_workspace_channel_thread_ts": ("tickets", ["workspace", "channel", "thread_ts"]),
    "ix_tickets_state_resolved_at": ("tickets", ["state", "resolved_at"]),
    "ix_tickets_snoozed_until": ("tickets", ["snoozed_until"]),
    "ix_letters_workspace_channel_ts": ("letters", ["workspace", "channel", "ts"]),
}


def upgrade() -> None:
    op.drop_index("ix_ticket_deadlines_workspace_kind_ended_at", "ticket_deadlines")
    for name, (table, columns) in _SELDOM.items():
        there = sa.column(columns[-1]).is_not(None)
        op.drop_index(name, table)
        op.create_index(name, table, columns, sqlite_where=there, postgresql_where=there)
