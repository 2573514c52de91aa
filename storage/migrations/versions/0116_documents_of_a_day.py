"""Documents of a kind as of a day are found without reading those of every other day."""

from alembic import op

revision = "0116"
down_revision = "0115"


def upgrade() -> None:
    op.create_index(
        op.f("ix_documents_workspace_kind_as_of"), "documents", ["workspace", "kind", "as_of"]
    )
