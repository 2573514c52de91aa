"""What kind of debtor a customer is: a business, a public medical body, a consumer."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0109"


def upgrade() -> None:
    op.add_column(
        "customers", sa.Column("debtor", sa.String(16), nullable=False, server_default="")
    )
