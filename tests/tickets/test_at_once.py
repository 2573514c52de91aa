"""Several at the same moment: one wins, nothing is made twice, numbers stay without gaps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from bot.kit.catalogue import Catalogue
from bot.slack import HOME
from handlers.tickets import service
from handlers.tickets.service.work import actions
from handlers.tickets.service.work.actions import AlreadyTaken
from storage.tickets import tickets
from storage.tickets.tickets import Request
from tests.tickets.small import AGENTS, Small


@pytest.fixture
def small(engine: Engine, rules: Catalogue) -> Small:
    return Small(engine, rules)


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """What each gave, or the problem that it met."""

    def tried(deed: Callable[[], object]) -> object:
        try:
            return deed()
        except AlreadyTaken as problem:
            return problem

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(tried, deeds))


def test_of_two_agents_one_wins_and_the_other_is_told_who(small: Small) -> None:
    ticket = small.asks()

    def take(agent: str) -> Callable[[], object]:
        def deed() -> object:
            with small.turns.turn(HOME, agent) as turn:
                return actions.take(turn, ticket.id).assignee

        return deed

    results = at_once([take(agent) for agent in AGENTS])
    (winner,) = [result for result in results if isinstance(result, str)]
    (told,) = [result for result in results if isinstance(result, AlreadyTaken)]
    assert told.facts["agent"] == winner.removeprefix("U0").title()


def test_same_delivery_at_once_makes_one_ticket_and_leaves_no_gap(small: Small) -> None:
    def submit(origin: str) -> Callable[[], object]:
        def deed() -> object:
            request = Request(
                origin=origin, request_type="it_help", subject="Printer", description="Printer"
            )
            with small.turns.turn(HOME, "U0ANNA") as turn:
                return service.submit(turn, request).number

        return deed

    numbers = at_once(
        [submit(origin) for origin in ("view:1", "view:1", "view:2", "view:2", "view:1", "view:3")]
    )
    assert sorted(set(map(str, numbers))) == ["1", "2", "3"]
    with small.turns.turn(HOME) as turn:
        assert tickets.made_by(turn, "view:1") is not None
    assert small.asks().number == 4
