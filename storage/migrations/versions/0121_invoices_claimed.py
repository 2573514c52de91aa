"""An interest note tells which invoices it asks for; of earlier ones nobody knows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0121"
down_revision = "0120"


def upgrade() -> None:
    kind = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("documents", sa.Column("claimed", kind, nullable=True))
