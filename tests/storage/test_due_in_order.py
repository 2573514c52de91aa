"""What is due and what is ripe is found in order, without sorting all of it for the first few."""

from datetime import date

import pytest
from sqlalchemy import Engine

from bot.edge.turns import Turns
from bot.slack import HOME
from storage.reminders import messages, reminders
from tests.storage.plans import noted, plan_of


def test_first_that_are_due_or_ripe_are_found_without_sorting_the_rest(
    engine: Engine, turns: Turns
) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has the id in every index")
    with noted(engine) as asked, turns.turn(HOME) as turn:
        reminders.take_due(turn, date(2026, 11, 23), 200)
        messages.ripe(turn, 8)
    limited = [each for each in asked if "LIMIT" in each[0]]
    assert len(limited) == 2
    with engine.begin() as db:
        for each in limited:
            plan = plan_of(db, each, "sort", "incremental_sort", "hashjoin", "mergejoin")
            assert not [line for line in plan if "Sort" in line], "\n".join(plan)


def test_rows_that_postgresql_does_not_know_yet_are_not_compared_with_each_invoice(
    engine: Engine, turns: Turns
) -> None:
    """It would take all of the workspace, which it takes for few, as in an empty table."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite plans without statistics")
    with noted(engine) as asked, turns.turn(HOME) as turn:
        reminders.rows_of(turn, [1, 2])
    with engine.begin() as db:
        plan = plan_of(db, asked[-1])
    assert not [line for line in plan if "ix_reminders_workspace" in line], "\n".join(plan)
