"""``python -m tests.bench.bench_tickets``: opening a queue, searching, finding due deadlines among many tickets."""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine, insert, text

from bot import catalogue
from bot.kit.stems import search_text
from bot.slack import HOME
from bot.turns import Turns
from storage import schema, ticket_deadlines, ticket_lists, ticket_search
from storage.base import open_engine
from storage.ticket_deadlines import deadlines
from storage.ticket_search import words
from storage.tickets import Viewer, tickets
from storage.turn import Turn
from tests import databases

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
AGENT = Viewer("U0AGENT", frozenset({"it", "hr"}))
REQUESTER = Viewer("U00042")
STATES = ("new", "in_progress", "waiting", "resolved", "closed", "closed", "closed", "closed")
DEPARTMENTS = ("it", "hr", "accounting", "logistics")
NOUNS = ("drukarka", "faktura", "monitor", "umowa", "paczka", "urlop", "szállítás", "számla", "invoice", "Łódź")
_TIMES, _CHUNK = 15, 10_000

Work = Callable[[Turn], object]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'zaplecze.sqlite3'}")
        _bench("SQLite", engine, count)
    with databases.postgres() as url:
        _bench("PostgreSQL", open_engine(url), count)


def _bench(name: str, engine: Engine, count: int) -> None:
    schema.upgrade(engine)
    turns = Turns(engine, lambda: MORNING, {"*": catalogue.load(None)})
    _say(f"{name}, {count:,} tickets")
    _fill(engine, count)
    for what, work in _questions(count).items():
        _say(f"  {what:<52} {_measured(turns, work) * 1000:8.2f} ms")
    for due in (0, 10, 100):
        _set_due(engine, due)
        _say(f"  {f'{due} deadlines are due':<52} {_measured(turns, _take_due) * 1000:8.2f} ms")
    engine.dispose()


def _questions(count: int) -> dict[str, Work]:
    return {
        "a department's queue": lambda turn: ticket_lists.queue(turn, AGENT, ["it"], most=9),
        "the queues of two departments": lambda turn: ticket_lists.queue(turn, AGENT, ["it", "hr"], most=9),
        "the same, page 20": lambda turn: ticket_lists.queue(turn, AGENT, ["it", "hr"], most=9, skip=160),
        "how long a queue is": lambda turn: ticket_lists.queue_length(turn, AGENT, ["it"]),
        "my own tickets": lambda turn: ticket_lists.mine(turn, REQUESTER, most=9),
        "a rare word": lambda turn: ticket_search.find(turn, AGENT, f"numer{count // 2}", most=9),
        "a word that every fifth has": lambda turn: ticket_search.find(turn, AGENT, "lodz", most=9),
        "two frequent words": lambda turn: ticket_search.find(turn, AGENT, "faktury łódź", most=9),
        "the beginning of a word": lambda turn: ticket_search.find(turn, AGENT, "druk", most=9),
        "a frequent word, by somebody who may see little": lambda turn: ticket_search.find(
            turn, REQUESTER, "drukarka", most=9
        ),
    }


def _take_due(turn: Turn) -> object:
    taken = ticket_deadlines.take_due(turn, 200)
    for deadline in taken:
        ticket_deadlines.change(turn, deadline, next_at=MORNING - timedelta(minutes=1))
    return taken


def _measured(turns: Turns, work: Work) -> float:
    """The best of some runs, in seconds; each in a turn of its own, its beginning and end not counted."""
    spans = []
    for _ in range(_TIMES):
        with turns.turn(HOME) as turn:
            began = perf_counter()
            work(turn)
            spans.append(perf_counter() - began)
    return min(spans)


def _fill(engine: Engine, count: int) -> None:
    for start in range(1, count + 1, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count + 1))
        with engine.begin() as db:
            db.execute(insert(tickets), [_ticket(n) for n in numbers])
            db.execute(insert(words), [_words(n) for n in numbers])
            db.execute(insert(deadlines), [_deadline(n) for n in numbers])
    with engine.begin() as db:
        db.execute(text("ANALYZE"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _ticket(n: int) -> dict[str, object]:
    state = STATES[n % len(STATES)]
    return {
        "id": n,
        "workspace": HOME,
        "number": n,
        "origin": f"bench:{n}",
        "request_type": "it_help",
        "department": DEPARTMENTS[n // 8 % len(DEPARTMENTS)],
        "subject": _subject(n),
        "description": "",
        "fields": {},
        "priority": n % 4,
        "state": state,
        "waiting_for": "requester" if state == "waiting" else None,
        "is_private": n % 10 == 0,
        "requester": f"U{n % 500:05}",
        "author": f"U{n % 500:05}",
        "assignee": None if state == "new" else f"U0AGENT{n % 20}",
        "desk": 0,
        "seat": 0,
        "rounds": 0,
        "created_at": MORNING - timedelta(minutes=n),
        "touched_at": MORNING,
    }


def _subject(n: int) -> str:
    return f"{NOUNS[n % len(NOUNS)]} {NOUNS[n // 7 % len(NOUNS)]} numer{n}"


def _words(n: int) -> dict[str, object]:
    return {"workspace": HOME, "ticket": n, "audience": "all", "words": search_text(f"BO-{n}", _subject(n))}


def _deadline(n: int) -> dict[str, object]:
    due = MORNING + timedelta(days=1, minutes=n)
    return {"workspace": HOME, "ticket": n, "kind": "resolution", "spent": 0, "due_at": due, "next_at": due}


def _set_due(engine: Engine, due: int) -> None:
    with engine.begin() as db:
        moments = {"past": MORNING - timedelta(minutes=1), "most": due}
        if due:
            db.execute(deadlines.update().where(deadlines.c.id <= moments["most"]).values(next_at=moments["past"]))


if __name__ == "__main__":
    main()
