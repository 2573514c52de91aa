"""The queues are walked in their order: the head of one is found without sorting all of it."""

from alembic import op

revision = "0105"
down_revision = "0104"

_QUEUES = ("outbox", "background_tasks")


def upgrade() -> None:
    for table in _QUEUES:
        op.drop_index(f"ix_{table}_state_next_at", table)
        op.create_index(op.f(f"ix_{table}_state_next_at_id"), table, ["state", "next_at", "id"])
