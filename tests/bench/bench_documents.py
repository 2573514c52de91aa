"""``python -m tests.bench.bench_documents [COUNT]``: search among 20,000 stored documents of five
pages, beside the plainest SQL.

Each row is one question, each column a database; milliseconds at the database, the quickest of some
runs.
"""

import random
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine, insert, select

from bot.catalogue import loader
from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.people.model import permissions
from storage.documents import search
from storage.documents.readers import Reader, may_read
from storage.documents.register import documents
from storage.turn import Turn
from tests.bench.bench_tickets import MORNING, engines, measured

PAGES, WORDS_A_PAGE, VOCABULARY = 5, 250, 20_000
_MOST_MS, _CHUNK = 100.0, 500
_SEES = permissions.holders("document", "see")
CLERK = Reader("U0CLERK", frozenset({"archive"}), sees=_SEES)
COLLEAGUE = Reader("U00042", sees=_SEES)


def main() -> None:
    """The table; exit status 1 when a search takes longer than it may."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    columns = {name: _column(engine, count) for name, engine in engines()}
    size = PAGES * WORDS_A_PAGE
    sys.stdout.write(f"{count:,} documents of {PAGES} pages ({size:,} words each); ms\n\n")
    sys.stdout.write(f"| What | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}\n")
    for what in next(iter(columns.values())):
        cells = " | ".join(f"{column[what]:.2f}" for column in columns.values())
        sys.stdout.write(f"| {what} | {cells} |\n")
    ours = [(what, ms) for column in columns.values() for what, ms in column.items()]
    slow = [what for what, ms in ours if ms > _MOST_MS and not what.startswith("LIKE")]
    sys.exit(f"longer than {_MOST_MS:.0f} ms: {', '.join(slow)}" if slow else 0)


def _column(engine: Engine, count: int) -> dict[str, float]:
    turns = Turns(engine, lambda: MORNING, {"*": loader.load(None)})
    _fill(engine, count)
    return {what: measured(turns, ask) for what, ask in _questions(count).items()}


def _questions(count: int) -> dict[str, Callable[[Turn], object]]:
    def finding(reader: Reader, query: str) -> Callable[[Turn], object]:
        return lambda turn: search.find(turn, reader, query, most=9)

    return {
        "a word that one has": finding(CLERK, f"numer{count // 2}"),
        "a word that most have": finding(CLERK, "w1x"),
        "two such words": finding(CLERK, "w1x w2x"),
        "a rare and a frequent word": finding(CLERK, "w1x w15000x"),
        "the beginning of a word": finding(CLERK, "w150"),
        "a frequent word, by somebody who sees a hundredth": finding(COLLEAGUE, "w1x"),
        "no such word": finding(CLERK, "zzyzx"),
        "LIKE, the plainest SQL: a word that one has": lambda turn: _plainest(
            turn, CLERK, f"numer{count // 2}"
        ),
        "LIKE, the plainest SQL: a word that most have": lambda turn: _plainest(turn, CLERK, "w1x"),
    }


def _plainest(turn: Turn, reader: Reader, word: str) -> list[Any]:
    """Every text read for the word."""
    matching = (
        select(documents)
        .join(search.words, search.words.c.document == documents.c.id)
        .where(search.words.c.words.like(f"%{word}%"), may_read(reader))
        .order_by(documents.c.id.desc())
        .limit(9)
    )
    return list(turn.db.execute(matching))


def _fill(engine: Engine, count: int) -> None:
    """Words as often as in a language: the n-th about 1/n as often as the first. Each ends with a
    letter: few words are the beginning of many others.
    """
    rng = random.Random(1)
    weights = [1 / rank for rank in range(1, VOCABULARY + 1)]
    vocabulary = [f"w{rank}x" for rank in range(1, VOCABULARY + 1)]
    for start in range(1, count + 1, _CHUNK):
        ids = range(start, min(start + _CHUNK, count + 1))
        texts = (rng.choices(vocabulary, weights, k=PAGES * WORDS_A_PAGE) for _ in ids)
        told = [" ".join(dict.fromkeys(text)) for text in texts]
        with engine.begin() as db:
            db.execute(insert(documents), [_document(id) for id in ids])
            db.execute(
                insert(search.words),
                [
                    {"workspace": HOME, "document": id, "words": f"numer{id} {text}"}
                    for id, text in zip(ids, told, strict=True)
                ],
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("ANALYZE")


def _document(id: int) -> dict[str, Any]:
    return {
        "id": id,
        "workspace": HOME,
        "number": f"ZD-{id:06d}",
        "kind": "contract",
        "language": "",
        "as_of": date(2026, 11, 23),
        "requester": f"U{id % 100:05d}",
        "origin": f"file:{id}",
        "code": str(id),
        "template_version": "",
        "facts": {},
        "state": "kept",
        "sha256": f"{id:064x}",
        "asked_at": MORNING,
        "name": f"umowa-{id}.pdf",
        "department": "archive",
        "series": id,
    }


if __name__ == "__main__":
    main()
