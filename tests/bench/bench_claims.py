"""``python -m tests.bench.bench_claims [BIGGEST]``: a claim of 50 messages while many are due, beside
a window over all that is due; on SQLite and PostgreSQL, with the database's statistics and without.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, func, or_, select, text

from bot.slack import HOME
from storage import outbox, outbox_claims, schema
from storage.base import open_engine
from storage.outbox import Body, outbox_messages
from storage.statements import Writes
from tests import databases

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEASE = timedelta(seconds=45)
BATCH, PLACES, TIMES = 50, 200, 7
SIZES = (300, 3_000, 20_000)


def main() -> None:
    biggest = int(sys.argv[1]) if len(sys.argv) > 1 else max(SIZES)
    _say("due", "database", "statistics", "ms", "window over all, ms")
    with tempfile.TemporaryDirectory() as folder:
        _run(open_engine(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}"), biggest)
    with databases.postgres() as url:
        _run(open_engine(url), biggest)


def _run(engine: Engine, biggest: int) -> None:
    schema.upgrade(engine)
    with engine.begin() as db:
        if engine.dialect.name == "postgresql":
            db.execute(text("ALTER TABLE outbox SET (autovacuum_enabled = false)"))
    for size in (size for size in SIZES if size <= biggest):
        for statistics in ("none", "known"):
            _fill(engine, size, is_analysed=statistics == "known")
            ours, plain = _milliseconds(engine, _claim), _milliseconds(engine, _window_over_all)
            _say(f"{size:,}", engine.dialect.name, statistics, f"{ours:.1f}", f"{plain:.1f}")
    engine.dispose()


def _fill(engine: Engine, size: int, *, is_analysed: bool) -> None:
    """So many messages that are due, one in three of them a reply to one that was posted."""
    with engine.begin() as db:
        is_postgres = engine.dialect.name == "postgresql"
        db.execute(text("TRUNCATE outbox") if is_postgres else delete(outbox_messages))
        if is_postgres:
            db.execute(text("DELETE FROM pg_statistic WHERE starelid = 'outbox'::regclass"))
        writes = Writes(db)
        for n in range(size):
            under = outbox.Under(message=f"parent:{n % PLACES}") if n % 3 == 0 else None
            _plan(writes, f"message:{n}", n, under)
        for n in range(PLACES):
            _plan(writes, f"parent:{n}", n, None)
        posted = outbox_messages.update().where(outbox_messages.c.key.startswith("parent:"))
        writes.flushed().execute(posted.values(state="sent", ts="1.1"))
        if is_analysed:
            db.execute(text("ANALYZE outbox"))


def _plan(writes: Writes, key: str, n: int, under: outbox.Under | None) -> None:
    body = Body(text=f"Message {n} " + 20 * "of some words ")
    outbox.plan(writes, HOME, NOW, key, f"C{n % PLACES}", body, under=under, subject=None)


def _claim(db: Connection) -> int:
    return len(outbox_claims.claim(db, NOW, LEASE, BATCH))


def _window_over_all(db: Connection) -> int:
    """What one would write first: everybody's place in line, worked out anew for each batch."""
    ripe = _line().subquery()
    ids = (
        select(outbox_messages.c.id)
        .join(ripe, ripe.c.id == outbox_messages.c.id)
        .where(outbox_messages.c.state == "due", ripe.c.place_in_line <= 5)
        .order_by(ripe.c.place_in_line, outbox_messages.c.id)
        .limit(BATCH)
    )
    if db.dialect.name == "postgresql":
        ids = ids.with_for_update(skip_locked=True, of=outbox_messages)
    taken = outbox_messages.update().where(outbox_messages.c.id.in_(ids)).values(state="claimed")
    return len(db.execute(taken.returning(*outbox_messages.c)).all())


def _line() -> Any:
    o, parent = outbox_messages.c, outbox_messages.alias("parent")
    place = func.coalesce(o.channel, o.under_channel, o.addressee)
    line = func.row_number().over(partition_by=(o.workspace, place), order_by=o.id)
    of_reply = and_(parent.c.workspace == o.workspace, parent.c.key == o.under_key)
    may_go = or_(o.under_key.is_(None), parent.c.ts.is_not(None), parent.c.state == "failed")
    joined = select(o.id, line.label("place_in_line")).outerjoin(parent, of_reply)
    return joined.where(o.state == "due", o.next_at <= NOW, may_go)


def _milliseconds(engine: Engine, claim: Callable[[Connection], int]) -> float:
    taken = []
    for _ in range(TIMES):
        with engine.connect() as db:  # undone at its end: each claim meets the same queue
            begun = perf_counter()
            if claim(db) != BATCH:
                raise AssertionError("a claim has to be full")
            taken.append((perf_counter() - begun) * 1000)
            db.rollback()
    return median(taken)


def _say(*cells: str) -> None:
    sys.stdout.write("".join(f"{cell:>20}" for cell in cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
