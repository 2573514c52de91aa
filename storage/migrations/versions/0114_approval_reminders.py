"""When those who have not decided yet are reminded."""

import sqlalchemy as sa
from alembic import op

from storage.base import Moment

revision = "0114"
down_revision = "0113"


def upgrade() -> None:
    op.add_column("approval_votes", sa.Column("remind_at", Moment, nullable=True))
    op.create_index("ix_approval_votes_remind_at", "approval_votes", ["remind_at"])
