"""On PostgreSQL, where turns run side by side: a round and the desk wait for each other in one
order.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from bot.demo import books as demo_books
from bot.edge.turns import Turns
from bot.kit.catalogue import Catalogue
from bot.playground.slack.clock import TurnedClock
from bot.slack import HOME
from handlers.documents.model.asked import Asked
from handlers.documents.service import direct_render, requests
from handlers.documents.service.rounds import balance_confirmations as rounds
from handlers.documents.service.rounds import orders
from storage import counters
from storage.documents import balance_rounds, register
from storage.documents.balance_rounds import KIND, Round
from storage.people import people
from storage.turn import Turn
from tests import databases
from tests.books import TODAY, rules
from tests.documents.test_balance_rounds import DAY, GIVEN
from tests.ledger.test_at_once import LONG, Act, wait_for_one_that_waits, while_open
from tests.ledger.test_places import FLAGS, PIOTR

__all__ = ["rules"]

LEAD = "U0MAREK"  # of finance, by the catalogue


@pytest.fixture
def side_by_side(postgres_engine: Engine, clock: TurnedClock, rules: Catalogue) -> Turns:
    turns = Turns(databases.emptied(postgres_engine), clock.now, {"*": rules, HOME: rules})
    demo_books.fill(turns, TODAY)
    return turns


def makes(turns: Turns, customer: int) -> str:
    """The command line makes a confirmation; the state that it is in then."""
    asked = Asked(KIND, customer, DAY, "en", GIVEN)
    with turns.turn(HOME) as turn:
        made, _ = direct_render.make(turn, asked, lambda *_: None)
    return made.state


def test_two_rounds_at_once_ask_nobody_twice(side_by_side: Turns) -> None:
    with side_by_side.turn(HOME) as turn:
        people.save_person(turn, {**PIOTR, **FLAGS, "id": LEAD})
    for origin in ("view:V1", "view:V2"):
        with side_by_side.turn(HOME, LEAD) as turn:
            orders.begin(turn, DAY, GIVEN, origin)
    with side_by_side.turn(HOME) as turn:
        first, second = balance_rounds.hold_of_day(turn, DAY)

    def goes_on(round_: Round) -> Act:
        return lambda turn: orders.order_some(turn, {"round": round_.id})

    assert while_open(side_by_side, goes_on(first), goes_on(second)) == "done"
    with side_by_side.turn(HOME) as turn:
        asked = [each.customer for each in balance_rounds.confirmations(turn, DAY)]
    assert len(asked) == len(set(asked)) > 3


def test_one_request_that_comes_twice_at_once_makes_one_paper(side_by_side: Turns) -> None:
    with side_by_side.turn(HOME) as turn:
        customer = rounds.addressees(turn, DAY)[0].id

    def asks(turn: Turn) -> None:
        requests.request(turn, Asked("account_statement", customer, DAY, "en", {}), "click:1")

    assert while_open(side_by_side, asks, asks) == "done"
    with side_by_side.turn(HOME) as turn:
        number = register.of_origin(turn, "click:1").number
        assert number == f"ZD-{counters.following(turn, 'document') - 1:06d}"


def test_desk_makes_a_paper_while_the_round_about_it_takes_numbers(side_by_side: Turns) -> None:
    with side_by_side.turn(HOME) as turn:
        orders.begin(turn, DAY, GIVEN, "view:V1")
        (round_,) = balance_rounds.hold_of_day(turn, DAY)
        customer = rounds.addressees(turn, DAY)[0].id
    with ThreadPoolExecutor(1) as pool:
        with side_by_side.turn(HOME) as turn:
            balance_rounds.hold(turn, round_.id)
            desk = pool.submit(makes, side_by_side, customer)
            wait_for_one_that_waits(side_by_side)
            counters.following(turn, "document")
        assert desk.result(LONG) == "made"
