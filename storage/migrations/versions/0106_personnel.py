"""Personnel files, and documents that are about a person or a ticket."""

import sqlalchemy as sa
from alembic import op

from storage.base import Json, Key, Moment

revision = "0106"
down_revision = "0105"


def upgrade() -> None:
    op.create_table(
        "personnel_files",
        sa.Column("workspace", Key, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("by_person", Key, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_personnel_files")),
    )
    op.add_column("documents", sa.Column("about", Key, nullable=True))
