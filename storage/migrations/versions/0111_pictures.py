"""Where Slack keeps people's pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"


def upgrade() -> None:
    op.add_column("people", sa.Column("picture", sa.Text(), nullable=True))
