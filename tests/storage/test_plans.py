"""How PostgreSQL would answer, where it knows nothing of the rows.

The tests' database knows much by now: what others wrote, took away again, and had counted. So a
plan is asked for in one where nobody wrote yet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, create_engine, event, text

from bot.edge.turns import Turns
from bot.slack import HOME
from storage import schema
from storage.base import open_engine
from storage.invoices import balances
from storage.invoices.balances import Bounds, Question
from storage.reminders import messages, reminders

DAY = date(2026, 11, 23)

Statement = tuple[str, object]


@pytest.fixture(scope="module")
def untouched(postgres_engine: Engine) -> Iterator[Engine]:
    """An empty database of the newest shape, beside that of the tests on the same server."""
    server = create_engine(postgres_engine.url, isolation_level="AUTOCOMMIT")
    url = postgres_engine.url.set(database="untouched").render_as_string(hide_password=False)
    with server.connect() as db:
        db.execute(text("CREATE DATABASE untouched"))
    engine = open_engine(url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()
    server.dispose()


@pytest.fixture
def engine(untouched: Engine) -> Engine:
    """That database, for the turns too."""
    return untouched


def test_sums_of_everybody_are_told_by_the_index_alone(engine: Engine, turns: Turns) -> None:
    with noted(engine) as asked, turns.turn(HOME) as turn:
        question = Question("receivable", DAY, None)
        balances.sums(turn, question, Bounds(DAY, DAY, DAY), by_customer=False)
    sums = next(each for each in asked if "GROUP BY" in each[0])
    plan = plan_of(engine, sums, "seqscan", "bitmapscan")
    assert "Index Only Scan using ix_invoices_unsettled on invoices" in plan, plan


def test_first_that_are_due_or_ripe_are_found_without_sorting_the_rest(
    engine: Engine, turns: Turns
) -> None:
    with noted(engine) as asked, turns.turn(HOME) as turn:
        reminders.take_due(turn, DAY, 200)
        messages.ripe(turn, 8)
    limited = [each for each in asked if "LIMIT" in each[0]]
    assert len(limited) == 2
    for each in limited:
        plan = plan_of(engine, each, "sort", "incremental_sort", "hashjoin", "mergejoin")
        assert "Sort" not in plan, plan


def test_rows_that_postgresql_does_not_know_yet_are_not_compared_with_each_invoice(
    engine: Engine, turns: Turns
) -> None:
    """It would take all of the workspace, which it takes for few, as in an empty table."""
    with noted(engine) as asked, turns.turn(HOME) as turn:
        reminders.rows_of(turn, [1, 2])
    plan = plan_of(engine, asked[-1])
    assert "ix_reminders_workspace" not in plan, plan


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


def plan_of(engine: Engine, asked: Statement, *without: str) -> str:
    """The lines of its plan; ways are not taken (``seqscan``) where there are others."""
    statement, facts = asked
    with engine.begin() as db:
        for way in without:
            db.execute(text(f"SET LOCAL enable_{way} = off"))
        explained = db.exec_driver_sql(f"EXPLAIN {statement}", facts)  # type: ignore[arg-type]
        return "\n".join(explained.scalars())
