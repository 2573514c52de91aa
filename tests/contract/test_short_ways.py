"""Short ways: how many questions to the database and how many steps a request may cost."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Engine, event

from bot.edge.turns import HOME
from handlers.reminders.service import tick
from tests.books import books, desk, rules
from tests.driver import Office
from tests.reminders.books import Books
from tests.running import Running

__all__ = ["books", "desk", "rules"]
# These may become less, and none is added: the aim of a list is 10 too.
MOST_QUESTIONS, MOST_OF_A_LIST, MOST_OF_A_CLICK, MOST_STATEMENTS = 10, 18, 13, 35
MOST_OF_HOME = 13
_OF_THE_HOUSE = re.compile(r"\b(outbox|background_tasks)\b")
MONDAY = date(2026, 11, 23)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is said to the database meanwhile, by SQLAlchemy and by what is prepared."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    prepared = _Noted(asked)
    log = logging.getLogger("storage.statements")
    event.listen(engine, "before_cursor_execute", note)
    log.addHandler(prepared)
    log.setLevel(logging.DEBUG)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
        log.removeHandler(prepared)
        log.setLevel(logging.NOTSET)


class _Noted(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__()
        self.asked = asked

    def emit(self, record: logging.LogRecord) -> None:
        self.asked.append(record.getMessage())


def test_an_invoice_is_told_with_few_questions(desk: Office, engine: Engine) -> None:
    with statements(engine) as asked:
        desk.piotr.types("/invoice FV/2026/11/0042")
    assert "FV/2026/11/0042" in desk.piotr.notes("#general")[-1]
    questions = _by_people(asked)
    assert len(questions) <= MOST_QUESTIONS, "\n".join(questions)


def test_a_list_asks_the_same_however_long_it_is(desk: Office, engine: Engine) -> None:
    """What stands on the invoices of a page is read for all of them."""
    with statements(engine) as asked:
        desk.piotr.types("/invoice Kowalska")
    shown = desk.piotr.notes("#general")[-1]
    assert "FV/2026/03/0001" in shown
    assert "FV/2026/11/0042" in shown
    questions = _by_people(asked)
    assert len(questions) <= MOST_OF_A_LIST, "\n".join(questions)


def test_a_ticket_is_taken_with_few_questions(office: Office, engine: Engine) -> None:
    office.anna.types("/ticket printer").fills(type="it_help").submits()
    (card,) = office.tomasz.sees("#bo-it")
    with statements(engine) as asked:
        office.tomasz.clicks("Take", on=card)
    questions = _by_people(asked)
    assert len(questions) <= MOST_OF_A_CLICK, "\n".join(questions)


def test_home_asks_the_same_however_many_tickets_there_are(office: Office, engine: Engine) -> None:
    """Each list brings along how many it leaves out."""
    counts = []
    for more in (1, 6):
        for _ in range(more):
            office.anna.types("/ticket printer").fills(type="it_help").submits()
        with statements(engine) as asked:
            office.anna.opens_home()
        questions = _by_people(asked)
        counts.append(len(questions))
        assert len(questions) <= MOST_OF_HOME, "\n".join(questions)
    assert "… i jeszcze 2." in office.anna.home
    assert counts[0] == counts[1]


def test_a_round_with_two_messages_says_little(
    office: Office, bot: Running, engine: Engine
) -> None:
    open_items = Books(bot.turns)
    open_items.payments_known()
    office.beata.shortcut("reminders").clicks("reminders.switch_on:customers")
    office.beata.fills(overdue="done").submits()
    office.beata.closes(everything=True)
    open_items.invoice("FV/1", MONDAY, customer=open_items.customer())
    with bot.turns.turn(HOME) as turn:
        tick.sweep(turn)
    with statements(engine) as asked, bot.turns.turn(HOME) as turn:
        assert tick.tick(turn).sent == 2
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)


def _by_people(asked: list[str]) -> list[str]:
    """Without what the sender and the background tasks ask meanwhile."""
    return [statement for statement in asked if not _OF_THE_HOUSE.search(statement)]
