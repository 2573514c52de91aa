"""How PostgreSQL would answer what was asked of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event, text

Statement = tuple[str, object]


@contextmanager
def noted(engine: Engine) -> Iterator[list[Statement]]:
    """What SQLAlchemy says to the database meanwhile, with its parameters."""
    asked: list[Statement] = []

    def note(_: object, __: object, statement: str, facts: object, *___: object) -> None:
        asked.append((statement, facts))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan_of(db: Connection, asked: Statement, *without: str) -> list[str]:
    """The lines of its plan; ways are not taken (``seqscan``) where there are others."""
    for way in without:
        db.execute(text(f"SET LOCAL enable_{way} = off"))
    statement, facts = asked
    explained = db.exec_driver_sql(f"EXPLAIN {statement}", facts)  # type: ignore[arg-type]
    return list(explained.scalars())
