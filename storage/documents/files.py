"""Files kept in the database: small (a document, an upload), with their content's digest."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Integer, LargeBinary, String, Table, delete, select

from storage.base import Key, Moment, metadata
from storage.dialect import upsert
from storage.turn import Turn

files = Table(
    "files",
    metadata,
    Column("workspace", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)


def keep(turn: Turn, key: str, content: bytes) -> str:
    """Keep bytes under a key, in place of what stood there; returns their SHA-256."""
    row, unique = _row(turn, key, content), ["workspace", "key"]
    turn.db.execute(
        upsert(turn.db, files).values(row).on_conflict_do_update(index_elements=unique, set_=row)
    )
    return str(row["sha256"])


def keep_new(turn: Turn, contents: Mapping[str, bytes]) -> None:
    """Keep bytes under each key; what stands there already stays."""
    rows = [_row(turn, key, content) for key, content in contents.items()]
    turn.db.execute(upsert(turn.db, files).on_conflict_do_nothing(), rows)


def _row(turn: Turn, key: str, content: bytes) -> dict[str, object]:
    return {
        "workspace": turn.workspace,
        "key": key,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "content": content,
        "at": turn.now,
    }


def forget(turn: Turn, prefix: str, before: datetime) -> None:
    """What is kept under keys that begin like this since long ago."""
    old = (
        files.c.workspace == turn.workspace,
        files.c.key.startswith(prefix, autoescape=True),
        files.c.at < before,
    )
    turn.db.execute(delete(files).where(*old))


def contents(turn: Turn, prefix: str) -> list[bytes]:
    """The bytes kept under keys that begin like this, the oldest first."""
    begun = (files.c.workspace == turn.workspace, files.c.key.startswith(prefix, autoescape=True))
    kept = select(files.c.content).where(*begun).order_by(files.c.at, files.c.key)
    return [bytes(each) for each in turn.db.execute(kept).scalars()]


def content(turn: Turn, key: str) -> bytes:
    """The bytes kept under a key; KeyError when there are none."""
    conditions = (files.c.workspace == turn.workspace, files.c.key == key)
    row = turn.db.execute(select(files.c.content).where(*conditions)).scalar()
    if row is None:
        raise KeyError(key)
    return bytes(row)
