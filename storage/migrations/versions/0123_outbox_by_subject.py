"""Messages are found by their subject first: an index that begins with the workspace is taken for
any of its messages while PostgreSQL knows nothing of the table.
"""

from alembic import op

revision = "0123"
down_revision = "0122"


def upgrade() -> None:
    op.drop_index("ix_outbox_workspace_subject", "outbox")
    op.create_index("ix_outbox_subject_workspace", "outbox", ["subject", "workspace"])
