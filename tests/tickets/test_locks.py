"""On PostgreSQL, where turns run side by side: several rows are taken in one order, so that nobody
deadlocks.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from bot.catalogue import loader
from bot.kit.catalogue import ApprovalStep, Catalogue
from bot.kit.errors import Problem
from bot.slack import HOME
from handlers.approvals.service import chain_state, votes
from handlers.tickets.service.work import actions, changes, merge_split, service_levels
from storage.tickets import tickets
from storage.turn import Turn
from tests import databases
from tests.tickets.catalogues import with_department, with_type
from tests.tickets.small import LEAD, Small

TOMASZ, DANIEL = "U0TOMASZ", "U0DANIEL"
LONG = 20.0  # seconds; a deadlock is told after one


@pytest.fixture
def small(postgres_engine: Engine) -> Small:
    rules = with_department(
        loader.load(None), "it", assignment="manual", lead="istvan@baltyk-balaton.example"
    )
    return Small(databases.emptied(postgres_engine), asking_the_lead(rules))


def asking_the_lead(rules: Catalogue) -> Catalogue:
    return with_type(rules, "equipment_purchase", approval=(ApprovalStep(approvers=("lead",)),))


def acts(small: Small, who: str, act: Callable[[Turn], object]) -> str:
    """What came of it: done, or the sentence that refused it."""
    try:
        with small.turns.turn(HOME, who) as turn:
            act(turn)
    except Problem as problem:
        return str(problem)
    return "done"


def wait_for(small: Small, waiting: int) -> None:
    """Until so many turns stand before a lock."""
    count = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
        "current_database()"
    )
    with small.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        while db.execute(text(count)).scalar_one() < waiting:
            pass


def while_held(
    small: Small, ticket: int, *acting: tuple[str, Callable[[Turn], object]]
) -> list[str]:
    """These act one after the other while somebody else holds the ticket; what came of each when it
    is free again.
    """
    with ThreadPoolExecutor(len(acting)) as pool:
        under_way: list[Future[str]] = []
        with small.turns.turn(HOME) as turn:
            tickets.of_system(turn, ticket)
            for who, act in acting:
                under_way.append(pool.submit(acts, small, who, act))
                wait_for(small, len(under_way))
        return [each.result(LONG) for each in under_way]


def test_opposite_merges_one_wins_and_the_other_reads_why(small: Small) -> None:
    one, other = small.asks(), small.asks("U0PIOTR")
    came = while_held(
        small,
        one.id,
        (TOMASZ, lambda turn: merge_split.merge(turn, one.id, other.number)),
        (DANIEL, lambda turn: merge_split.merge(turn, other.id, one.number)),
    )
    assert came[0] == "done"
    assert came[1] == "Choose an open ticket that you may work on."


def approves(turn: Turn, id: int) -> None:
    assert votes.decide(turn, id, "approved", votes.look(turn, id).digest)


def test_decision_and_resolution_at_once_wait_for_each_other(small: Small) -> None:
    ticket = small.asks(kind="equipment_purchase")
    with small.turns.turn(HOME) as turn:
        asked = chain_state.latest(turn, ticket.key)
    assert asked is not None
    came = while_held(
        small,
        ticket.id,
        (TOMASZ, lambda turn: actions.resolve(turn, ticket.id)),
        (LEAD, lambda turn: approves(turn, asked.id)),
    )
    assert came[0].startswith("BO-1 waits for the approval of")
    assert came[1] == "done"


def test_targets_leave_a_ticket_that_somebody_works_on_to_the_next_minute(small: Small) -> None:
    ticket = small.asks()
    small.later(days=30)
    with small.turns.turn(HOME, TOMASZ) as turn:
        tickets.of_system(turn, ticket.id)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(acts, small, "bot", service_levels.tell_due).result(LONG) == "done"
        changes.retype(turn, ticket.id, "it_help", "urgent")
    with small.turns.turn(HOME) as turn:
        service_levels.tell_due(turn)
        assert "ticket.target_missed" in events(turn)


def events(turn: Turn) -> list[str]:
    return list(turn.db.execute(text("SELECT event FROM events")).scalars())


def test_neighbours_of_linked_tickets_do_not_wait_for_each_other(small: Small) -> None:
    first = small.asks()
    with small.turns.turn(HOME, TOMASZ) as turn:
        part = merge_split.split(turn, first.id, "test:part", "it_help", "Part", "Part")
    with small.turns.turn(HOME, TOMASZ) as turn:
        tickets.of_system(turn, first.id)
        with ThreadPoolExecutor(1) as pool:
            assert (
                pool.submit(acts, small, DANIEL, lambda it: actions.take(it, part.id)).result(LONG)
                == "done"
            )
