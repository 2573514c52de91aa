"""Channels are found by what they are called and by what the catalogue calls them."""

import sqlalchemy as sa
from alembic import op

revision = "0124"
down_revision = "0123"


def upgrade() -> None:
    op.create_index("ix_channels_workspace_name", "channels", ["workspace", "name"])
    is_renamed = sa.text("known_as IS NOT NULL")
    op.create_index(
        "ix_channels_workspace_known_as",
        "channels",
        ["workspace", "known_as"],
        sqlite_where=is_renamed,
        postgresql_where=is_renamed,
    )
