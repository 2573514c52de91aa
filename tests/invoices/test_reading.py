"""Whoever only looks holds nobody up who writes, and is not held up."""

import pytest
from sqlalchemy.exc import DBAPIError

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.ledger.service import balances
from storage.dialect import must_write
from storage.invoices import customers
from storage.turn import Turn
from tests.driver import Office
from tests.invoices.test_conversation import OVERDUE, asks


def names(turn: Turn, name: str) -> list[str]:
    return [item.name for item in customers.search(turn, name, owner=None)]


def test_sums_are_read_while_somebody_else_writes(turns: Turns) -> None:
    with turns.turn(HOME, reads=True) as reading:
        day = balances.company_day(reading)
        assert balances.balance(reading, direction="receivable", day=day, customers=None) == []
        with turns.turn(HOME) as writing:
            customers.save(writing, {"name": "Kowalska"})
        assert balances.balance(reading, direction="receivable", day=day, customers=None) == []
    with turns.turn(HOME, reads=True) as reading:
        assert names(reading, "kowalska") == ["Kowalska"]


def test_an_answer_comes_while_somebody_else_is_writing(desk: Office, books: Turns) -> None:
    desk.settle = lambda: None  # what is to be carried waits
    with books.turn(HOME) as writing:
        customers.save(writing, {"name": "Not committed yet"})
        assert names(writing, "not committed yet")
        assert OVERDUE in asks(desk, "piotr", OVERDUE)
        assert "Kowalska" in asks(desk, "piotr", "kowalska")


def _writes_after_all(turns: Turns) -> None:
    with turns.turn(HOME, reads=True) as reading:
        assert names(reading, "kowalska") == []
        with turns.turn(HOME) as writing:
            customers.save(writing, {"name": "Kowalska"})
        customers.save(reading, {"name": "Nowak"})


def test_a_turn_that_writes_after_all_is_to_be_repeated_as_one_that_writes(turns: Turns) -> None:
    with pytest.raises(DBAPIError) as refused:
        _writes_after_all(turns)
    assert must_write(refused.value)
    with turns.turn(HOME) as turn:
        assert names(turn, "nowak") == []
        customers.save(turn, {"name": "Nowak"})  # the connection writes again
