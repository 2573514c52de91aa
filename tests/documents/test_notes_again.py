"""A second interest note asks for what the first did not: what came since, and what was left out."""

from datetime import date

import pytest
from sqlalchemy import null, update

from bot.edge.turns import Turns
from bot.slack import HOME
from handlers.documents.kinds import interest_note
from handlers.documents.model.asked import Asked
from storage.documents import register
from storage.turn import Turn
from tests.reminders.books import Books

DUE, FIRST, SECOND = date(2026, 8, 31), date(2026, 10, 31), date(2026, 11, 23)


@pytest.fixture
def books(turns: Turns) -> Books:
    return Books(turns)


def asked(customer: int, day: date) -> Asked:
    return Asked("interest_note", customer, day, "en", {})


def made(turn: Turn, customer: int) -> None:
    """The first note, as it stands in the register."""
    facts = {"kind": "interest_note", "customer": customer, "language": "en", "facts": {}}
    facts |= {"number": "ZD-000001", "as_of": FIRST, "origin": "test", "code": "A"}
    note = register.add(turn, template_version="1", **facts)
    assert note is not None
    values = interest_note.source(turn, asked(customer, FIRST))
    register.set_made(turn, note, "", 1, "", None, interest_note.claimed(values))


def first_days(turn: Turn, customer: int) -> dict[str, date]:
    """From which day the second note asks for each invoice."""
    lines = interest_note.source(turn, asked(customer, SECOND))["lines"]
    assert isinstance(lines, tuple)
    return {line.number: line.first_day for line in lines}


def test_what_was_disputed_or_not_known_is_asked_for_from_its_first_day(books: Books) -> None:
    customer = books.customer()
    books.invoice("A/1", DUE, customer=customer)
    disputed = books.invoice("A/2", DUE, customer=customer)
    books.says(disputed, disputed="Zła ilość")
    with books.turns.turn(HOME) as turn:
        made(turn, customer)
    books.says(disputed, disputed=None)
    books.invoice("A/3", DUE, customer=customer)
    with books.turns.turn(HOME) as turn:
        assert first_days(turn, customer) == {
            "A/1": date(2026, 11, 1),
            "A/2": date(2026, 9, 1),
            "A/3": date(2026, 9, 1),
        }
        fixed = interest_note.source(turn, asked(customer, SECOND))["compensation"]
        assert isinstance(fixed, tuple)
        assert [item.number for item in fixed] == ["A/2", "A/3"]


def test_note_that_does_not_say_what_it_asks_for_asks_for_everything(books: Books) -> None:
    customer = books.customer()
    books.invoice("A/1", DUE, customer=customer)
    with books.turns.turn(HOME) as turn:
        made(turn, customer)
        turn.db.execute(update(register.documents).values(claimed=null()))
    books.invoice("A/2", DUE, customer=customer)
    with books.turns.turn(HOME) as turn:
        day = date(2026, 11, 1)
        assert first_days(turn, customer) == {"A/1": day, "A/2": day}
