"""Planned messages stand in the index in the order in which they go: of thousands at one moment the
first few are found without sorting the rest.
"""

from alembic import op

revision = "0122"
down_revision = "0121"


def upgrade() -> None:
    op.drop_index("ix_reminder_messages_state_send_at", "reminder_messages")
    op.create_index(
        "ix_reminder_messages_state_send_at_id", "reminder_messages", ["state", "send_at", "id"]
    )
