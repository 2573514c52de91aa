"""``python -m tests.bench.bench_tickets [COUNT]``: a queue of 100,000 tickets opened and searched;
deadlines due.

Each row is one question, each column a database; milliseconds at the database, the quickest of some
runs.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine, insert, text, update

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.kit.language.stems import search_text
from bot.slack import HOME
from handlers.people.model import permissions
from storage import bulk, schema
from storage.base import open_engine
from storage.tickets import deadlines as ticket_deadlines
from storage.tickets import lists, search
from storage.tickets.deadlines import deadlines
from storage.tickets.search import words
from storage.tickets.tickets import tickets
from storage.tickets.viewers import Viewer
from storage.turn import Turn
from tests import databases

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
_LATER = MORNING + timedelta(days=1)
TIES: dict[str, Any] = {
    "sees": permissions.holders("ticket", "see"),
    "changes": permissions.holders("ticket", "work on"),
}
AGENT = Viewer("U0AGENT", frozenset({"it", "hr"}), **TIES)
REQUESTER = Viewer("U00042", **TIES)
NOUNS = (
    "drukarka",
    "faktura",
    "monitor",
    "umowa",
    "paczka",
    "hasło",
    "urlop",
    "magazyn",
    "szállítás",
    "számla",
    "printer",
    "invoice",
    "Łódź",
    "Kraków",
)
_ENDED = ("resolved", "closed", "cancelled")
_OPEN = ("new", "in_progress", "waiting")
_TIMES, _CHUNK = 9, 10_000
_MOST_MS = 50.0

Work = Callable[[Turn], object]
Column = dict[str, float]


def main() -> None:
    """The table; exit status 1 when something takes longer than it may."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    columns = {name: _column(engine, count) for name, engine in engines()}
    sys.stdout.write(f"{count:,} open tickets in one queue, as many that have ended; ms\n\n")
    sys.stdout.write(f"| What | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}\n")
    for what in next(iter(columns.values())):
        cells = " | ".join(f"{column[what]:.2f}" for column in columns.values())
        sys.stdout.write(f"| {what} | {cells} |\n")
    slow = [what for column in columns.values() for what, ms in column.items() if ms > _MOST_MS]
    sys.exit(f"longer than {_MOST_MS:.0f} ms: {', '.join(slow)}" if slow else 0)


def engines() -> Iterator[tuple[str, Engine]]:
    """Each kind of database, empty, of the newest shape."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _disposed(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}") as engine,
    ):
        yield "SQLite", engine
    with databases.postgres() as url, _disposed(url) as engine:
        yield "PostgreSQL", engine


@contextmanager
def _disposed(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()


def _column(engine: Engine, count: int) -> Column:
    turns = Turns(engine, lambda: MORNING, {"*": loader.load(None)})
    _fill(engine, count)
    asked = {what: measured(turns, work) for what, work in _questions(count).items()}
    return asked | _deadlines(engine, turns, count)


def _questions(count: int) -> dict[str, Work]:
    find, joinable = search.find, search.joinable
    return {
        "a page of the queue": lambda turn: lists.queue(turn, AGENT, ["it"], most=9),
        "of two queues": lambda turn: lists.queue(turn, AGENT, ["it", "hr"], most=9),
        "the twentieth page": lambda turn: lists.queue(turn, AGENT, ["it", "hr"], most=9, skip=160),
        "how long the queue is": lambda turn: lists.queue_length(turn, AGENT, ["it"]),
        "my own tickets": lambda turn: lists.mine(turn, REQUESTER, most=9),
        "a word that one has": lambda turn: find(turn, AGENT, f"numer{count // 2}", most=9),
        "a word that every seventh has": lambda turn: find(turn, AGENT, "lodz", most=9),
        "two such words": lambda turn: find(turn, AGENT, "faktury łódź", most=9),
        "the beginning of a word": lambda turn: find(turn, AGENT, "druk", most=9),
        "the same, among open ones to merge with": lambda turn: joinable(
            turn, AGENT, "druk", but=0, most=20
        ),
        "a frequent word, by somebody who sees little": lambda turn: find(
            turn, REQUESTER, "drukarka", most=9
        ),
        "tickets like this one": lambda turn: search.resembling(
            turn,
            REQUESTER.person,
            frozenset({frozenset({"drukarka"}), frozenset({"faktura"})}),
            most=2,
        ),
    }


def measured(turns: Turns, work: Work) -> float:
    """The quickest of some runs, the one least disturbed; each in a turn of its own, of which only
    this is counted.
    """
    spans = []
    for _ in range(_TIMES):
        with turns.turn(HOME) as turn:
            began = perf_counter()
            work(turn)
            spans.append(perf_counter() - began)
    return min(spans) * 1000


def _deadlines(engine: Engine, turns: Turns, count: int) -> Column:
    """What is due among ever more that is not."""
    found: Column = {}
    before = 0
    for clocks in (count // 10, count, count * 10):
        _wind_up(engine, range(before, clocks), count)
        before = clocks
        for due in (0, 20, 200):
            _set_due(engine, due)
            found[f"{due} due among {clocks:,} deadlines"] = measured(turns, _take_due)
    return found


def _take_due(turn: Turn) -> object:
    """Taken, and not kept: the next run finds the same."""
    nested = turn.db.begin_nested()
    taken = ticket_deadlines.take_due(turn, 200)
    nested.rollback()
    return taken


def _fill(engine: Engine, count: int) -> None:
    for start in range(1, 2 * count + 1, _CHUNK):
        numbers = range(start, min(start + _CHUNK, 2 * count + 1))
        with engine.begin() as db:
            db.execute(insert(tickets), [_ticket(n) for n in numbers])
            db.execute(insert(words), [_words(n) for n in numbers])
    _analyse(engine)


def _analyse(engine: Engine) -> None:
    """As PostgreSQL does by itself; SQLite is left as the product leaves it."""
    if engine.dialect.name == "sqlite":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("VACUUM ANALYZE"))


def _ticket(n: int) -> dict[str, object]:
    """Every second one is open."""
    state = _OPEN[n // 2 % len(_OPEN)] if n % 2 else _ENDED[n // 2 % len(_ENDED)]
    return {
        "id": n,
        "workspace": HOME,
        "number": n,
        "origin": f"bench:{n}",
        "request_type": "it_help",
        "department": "it" if n % 2 else ("it", "hr", "accounting", "logistics")[n // 2 % 4],
        "subject": _subject(n),
        "description": "",
        "fields": {},
        "priority": n // 2 % 4,
        "state": state,
        "waiting_for": "requester" if state == "waiting" else None,
        "is_private": n % 10 == 0,
        "requester": f"U{n % 500:05}",
        "author": f"U{n % 500:05}",
        "assignee": None if state == "new" else f"U0AGENT{n % 20}",
        "desk": 0,
        "requester_card_no": 0,
        "triage_card_no": 0,
        "resolve_count": 0,
        "created_at": MORNING - timedelta(minutes=n),
        "touched_at": MORNING,
    }


def _subject(n: int) -> str:
    return f"{NOUNS[n % len(NOUNS)]} {NOUNS[n // 7 % len(NOUNS)]} numer{n}"


def _words(n: int) -> dict[str, object]:
    return {
        "workspace": HOME,
        "ticket": n,
        "audience": "all",
        "words": search_text(f"BO-{n}", _subject(n)),
    }


def _wind_up(engine: Engine, clocks: range, count: int) -> None:
    """More deadlines, none of them due; more than two for a ticket, so that few tickets do."""
    names = ("id", "workspace", "ticket", "kind", "spent", "due_at", "next_at")
    for start in range(clocks.start, clocks.stop, _CHUNK):
        with engine.begin() as db:
            rows = [_deadline(db, n, count) for n in range(start, min(start + _CHUNK, clocks.stop))]
            bulk.insert(db, deadlines, names, rows)
    _analyse(engine)


def _deadline(db: Connection, n: int, count: int) -> tuple[object, ...]:
    due = bulk.moment(db, _LATER + timedelta(seconds=n))
    return (n + 1, HOME, n % count + 1, f"kind{n // count}", 0, due, due)


def _set_due(engine: Engine, due: int) -> None:
    with engine.begin() as db:
        db.execute(update(deadlines).where(deadlines.c.id <= 1000).values(next_at=_LATER))
        db.execute(
            update(deadlines)
            .where(deadlines.c.id <= due)
            .values(next_at=MORNING - timedelta(minutes=1))
        )


if __name__ == "__main__":
    main()
