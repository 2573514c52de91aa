"""Files that somebody brings stand in the register of documents, and are found by their words."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.base import Id, Key

revision = "0101"
down_revision = "0100"


def upgrade() -> None:
    for column in _columns():
        op.add_column("documents", column)
    for indexed in ("series", "requester", "person"):
        op.create_index(
            op.f(f"ix_documents_workspace_{indexed}"), "documents", ["workspace", indexed]
        )
    op.create_table(
        "document_words",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace", Key, nullable=False),
        sa.Column("document", Id, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.id"], name=op.f("fk_document_words_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_words")),
        sa.UniqueConstraint("document", name=op.f("uq_document_words_document")),
    )
    _index_words()


def _columns() -> list[sa.Column[Any]]:
    texts = [("name", sa.Text()), ("note", sa.Text()), ("person", Key), ("department", Key)]
    return [
        *(sa.Column(name, type, nullable=False, server_default="") for name, type in texts),
        sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("retention", sa.String(16), nullable=False, server_default=""),
        sa.Column("series", Id),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("size", sa.Integer()),
    ]


def _index_words() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX ix_document_words_fts ON document_words "
            "USING gin (to_tsvector('simple', words))"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE document_fts USING fts5("
        "words, content='document_words', content_rowid='id', tokenize='unicode61', prefix='3')"
    )
    op.execute(
        "CREATE TRIGGER document_words_added AFTER INSERT ON document_words BEGIN "
        "INSERT INTO document_fts(rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER document_words_deleted AFTER DELETE ON document_words BEGIN "
        "INSERT INTO document_fts(document_fts, rowid, words) "
        "VALUES ('delete', old.id, old.words); END"
    )
    op.execute(
        "CREATE TRIGGER document_words_changed AFTER UPDATE ON document_words BEGIN "
        "INSERT INTO document_fts(document_fts, rowid, words) "
        "VALUES ('delete', old.id, old.words); "
        "INSERT INTO document_fts(rowid, words) VALUES (new.id, new.words); END"
    )
