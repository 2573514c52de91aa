"""What the playground keeps between runs: everything as JSON rows in one SQLite file, files as
bytes.
"""

import json
import sqlite3
import weakref
from collections.abc import Iterator
from pathlib import Path

from bot.playground.slack.shapes import Json

_SCHEMA = """
create table if not exists thing (
    kind text, id text, body text not null, primary key (kind, id)
) without rowid;
create table if not exists content (id text primary key, bytes blob not null);
"""


class Store:
    """Rows by kind and id; without a path everything lives in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False
        )
        self.close = weakref.finalize(
            self, self._base.close
        )  # one that nobody closes is closed when nobody knows it
        self._base.executescript("pragma journal_mode=wal; pragma synchronous=off;" + _SCHEMA)

    def put(self, kind: str, id: str, body: Json) -> None:
        row = (kind, id, json.dumps(body, ensure_ascii=False))
        self._base.execute("insert or replace into thing values (?, ?, ?)", row)

    def drop(self, kind: str, id: str) -> None:
        self._base.execute("delete from thing where kind = ? and id = ?", (kind, id))

    def all(self, kind: str) -> Iterator[Json]:
        for (body,) in self._base.execute(
            "select body from thing where kind = ? order by id", (kind,)
        ):
            yield json.loads(body)

    def put_bytes(self, id: str, content: bytes) -> None:
        self._base.execute("insert or replace into content values (?, ?)", (id, content))

    def bytes_of(self, id: str) -> bytes | None:
        row = self._base.execute("select bytes from content where id = ?", (id,)).fetchone()
        return row[0] if row else None
